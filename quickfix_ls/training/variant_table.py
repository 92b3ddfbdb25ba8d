"""Print the table of prompt variants, for choosing among them."""

from __future__ import annotations

import sys
from typing import Any

from rich import box
from rich.console import Console
from rich.table import Table

from quickfix_ls.training.console_tables import progress_over

__all__ = ["print_table", "progress_over"]

_WIDTH = 150
_COLUMNS = (
    "variant", "asked", "answered", "coverage", "exact", "gain", "pass@", "tokens sent", "cached", "received",
    "first token s", "complete s",
)  # fmt: skip
_LINES = {
    "pass_at_k": "some answer is the human's fix (pass@k)",
    "picked": "the reward model's pick of the answers is",
    "voted": "what most answers say is",
    "tied": "  of all rows, several texts had as many votes",
    "alone": "the first offer is, without the model",
    "together": "the first offer is, with the model",
    "requests_saved": "rows where a fix is sure, so that no model is asked",
    "tokens_saved": "tokens that this saves",
}


def print_table(summary: dict[str, Any]) -> None:
    """Print the figures of `variant_figures.figures`."""
    console = Console(width=None if sys.stdout.isatty() else _WIDTH, highlight=False)
    table = Table(title=f"ways to ask, {summary['rows']} rows", box=box.SIMPLE_HEAD, pad_edge=False)
    for title in _COLUMNS:
        table.add_column(title, justify="left" if title == "variant" else "right")
    for variant in summary["variants"]:
        table.add_row(
            variant["variant"], str(variant["asked"]),
            *(_share(variant[key]) for key in ("answered", "coverage", "exact")),
            f"+{variant['gain']}", _share(variant["pass_at"]),
            *(f"{variant[key]:.0f}" for key in ("sent", "cached", "received")),
            *("-" if variant[key] is None else f"{variant[key]:.2f}" for key in ("first_token_p50", "complete_p50")),
        )  # fmt: skip
    console.print(table)
    lines = Table(show_header=False, box=box.SIMPLE_HEAD)
    lines.add_column()
    lines.add_column(justify="right")
    for key, title in _LINES.items():
        lines.add_row(title, _share(summary[key]))
    console.print(lines)
    counted = ", ".join(f"{reason}: {count}" for reason, count in summary["refusals"].items())
    console.print(f"What became of the answers: {counted}", markup=False)
    console.print("Variants stand in the order in which adding them gains most; times and tokens are for one answer.")


def _share(figure: dict[str, Any]) -> str:
    if figure["share"] is None:
        return "-"
    return f"{100 * figure['share']:.1f} %\n{100 * figure['low']:.1f}-{100 * figure['high']:.1f}"
