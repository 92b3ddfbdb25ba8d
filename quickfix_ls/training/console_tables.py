"""Print the tables and the progress bar of an evaluation to a terminal."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, TypeVar

from rich import box
from rich.console import Console
from rich.progress import track
from rich.table import Table

_T = TypeVar("_T")

_SHARES = {
    "offered": "offered",
    "well_formed": "well formed",
    "exact": "exact",
    "exact_within_3": "exact within 3",
    "abstained": "abstained",
    "preferred": "preferred",
    "preferred_precision": "preferred: precision",
}
_WIDTH = 150
"""The number of columns if the output is a file, which has no width of its own."""


def progress_over(items: Iterable[_T], total: int, title: str) -> Iterator[_T]:
    """Yield the items, and show a progress bar on the error stream if that is a terminal."""
    console = Console(stderr=True)
    yield from track(items, title, total=total, console=console, transient=True, disable=not console.is_terminal)


def print_tables(summaries: Sequence[dict[str, Any]]) -> None:
    """Print a table for each source; see `summary.summarise` for the structure of `summaries`."""
    console = Console(width=None if sys.stdout.isatty() else _WIDTH, highlight=False)
    for summary in summaries:
        if summary["groups"]:
            console.print(_table(summary))
        if summary["names"]:
            console.print(_names(summary["name"], summary["names"]))
        if summary["verdicts"]:
            console.print(_verdicts(summary["name"], summary["verdicts"]))
        if summary["cases"]:
            console.print(_cases(summary["name"], summary["cases"]))
            for miss in summary["cases"]["misses"]:
                console.print(f"{miss['id']}: {miss['first']} {miss['offer']}", markup=False)
        if summary["behaviour"]:
            console.print(_behaviour(summary["name"], summary["behaviour"]))
        if summary["winners"]:
            console.print(_winners(summary["winners"]))
        if summary["texts"]:
            console.print(_texts(summary["name"], summary["texts"]))
        if summary["unsupported"]:
            counted = ", ".join(f"{kind} {count}" for kind, count in summary["unsupported"].items())
            console.print(f"Not supported yet, not run: {counted}", markup=False)
        for crash in summary["crashes"]:
            console.print(f"Raised in {crash['id']}: {crash['error']}", style="bold red", markup=False)
    console.print("Shares are of all n rows, abstentions included; below each its 95 % interval.")


def _table(summary: dict[str, Any]) -> Table:
    table = Table(title=summary["name"], box=box.SIMPLE_HEAD, pad_edge=False)
    for title in ("kind", "tokens changed", "n", *_SHARES.values(), "ms p50", "ms p95"):
        table.add_column(title, justify="left" if title == "kind" else "right", overflow="fold")
    for group in summary["groups"]:
        cells = [group["kind"], group["edit_tokens"], str(group["n"])]
        cells += [_share(group[key]) for key in _SHARES]
        cells += [_time(group["ms"][key]) for key in ("p50", "p95")]
        table.add_row(*cells, style="bold" if group["edit_tokens"] == "all" else "")
    return table


def _names(name: str, groups: Sequence[dict[str, Any]]) -> Table:
    table = Table(title=f"{name}: undefined names by what the person did", box=box.SIMPLE_HEAD, pad_edge=False)
    titles = ("the person's fix", "n", "offered", "right", "of offered", "preferred", "wrong, preferred", "quiet")
    for title in titles:
        table.add_column(title, justify="left" if title == titles[0] else "right")
    keys = ("offered", "right", "right_of_offered", "preferred", "wrong_preferred", "quiet")
    for group in groups:
        table.add_row(group["how"], str(group["n"]), *(_share(group[key]) for key in keys))
    return table


def _verdicts(name: str, groups: Sequence[dict[str, Any]]) -> Table:
    table = Table(title=f"{name}: first offers by the type of error", box=box.SIMPLE_HEAD, pad_edge=False)
    for title in ("type of error", "n", "offered", *groups[0]["passed"], "ms p50", "ms p95"):
        table.add_column(title, justify="left" if title == "type of error" else "right", overflow="fold")
    for group in groups:
        cells = [group["error_type"], str(group["n"]), *map(_share, (group["offered"], *group["passed"].values()))]
        cells += [_time(group["ms"][key]) for key in ("p50", "p95")]
        table.add_row(*cells, style="bold" if group["error_type"] == "all" else "")
    return table


def _cases(name: str, figures: dict[str, Any]) -> Table:
    table = Table(title=f"{name}: {figures['n']} cases", show_header=False, box=box.SIMPLE_HEAD)
    table.add_column()
    table.add_column(justify="right")
    for title, key in (
        ("right first", "right"),
        ("right in the first three", "in_three"),
        ("wrong first", "wrong"),
        ("  one that must never be first", "never"),
        ("preferred and wrong", "harmful"),
        ("`fix --write` leaves one of these", "writes_never"),
        ("`fix --write` loses words", "loses"),
        ("valid texts with an alarm", "alarms"),
    ):
        table.add_row(title, _share(figures[key]))
    return table


def _behaviour(name: str, kinds: Sequence[dict[str, Any]]) -> Table:
    table = Table(title=f"{name}: programs run on their tests, first offer", box=box.SIMPLE_HEAD, pad_edge=False)
    for title in ("kind", "n", "offered", "error gone", "tests pass", "of"):
        table.add_column(title, justify="left" if title == "kind" else "right")
    for kind in kinds:
        shares = [_share(kind[key]) for key in ("offered", "error_gone", "tests_pass")]
        table.add_row(kind["kind"], str(kind["n"]), *shares, str(kind["tests_pass"]["of"]))
    return table


def _winners(winners: Sequence[dict[str, Any]]) -> Table:
    table = Table(title="whose first offer it was", box=box.SIMPLE_HEAD, pad_edge=False)
    for title in ("source", "wins", "right", "preferred", "preferred and right"):
        table.add_column(title, justify="left" if title == "source" else "right")
    for winner in winners:
        table.add_row(*(str(value) for value in winner.values()))
    return table


def _texts(name: str, figures: dict[str, Any]) -> Table:
    table = Table(title=f"{name}: texts without a fix", show_header=False, box=box.SIMPLE_HEAD)
    table.add_column()
    table.add_column(justify="right")
    for title, value in (
        ("texts", str(figures["n"])),
        ("known to be broken", str(figures["known_broken"])),
        ("  of them, a problem found", _share(figures["found_in_known_broken"])),
        ("  of them, a fix offered", _share(figures["offered_in_known_broken"])),
        ("not known to be broken", str(figures["not_known_broken"])),
        ("  of them, a syntax error found", _share(figures["syntax_alarms"])),
        ("  of them, an undefined name found", _share(figures["name_alarms"])),
        ("  of them, any problem found", _share(figures["alarms"])),
        ("problems found", str(figures["problems"])),
        ("problems with an offer", str(figures["offers"])),
        ("ms p50", _time(figures["ms"]["p50"])),
        ("ms p95", _time(figures["ms"]["p95"])),
    ):
        table.add_row(title, value)
    return table


def _share(figure: dict[str, Any]) -> str:
    if figure["share"] is None:
        return "-"
    return f"{100 * figure['share']:.1f} %\n{100 * figure['low']:.1f}-{100 * figure['high']:.1f}"


def _time(figure: dict[str, float]) -> str:
    return f"{figure['value']:.1f}\n{figure['low']:.1f}-{figure['high']:.1f}"
