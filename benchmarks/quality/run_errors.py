"""The recorded run-time errors: how often the first offer is what a person would write, or leaves no error.

    python benchmarks/quality/run_errors.py --python PYTHON [--held-out] [--misses]

PYTHON is an interpreter that has pandas, polars and numpy; it runs the programs after their fix. Without `--held-out`,
only the half is measured by which fixers are made. An offer is exact if the program after it has the syntax tree of the
recorded fix, wherever its imports are.
"""

from __future__ import annotations

import argparse
import ast
import asyncio
import tempfile
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from benchmarks.quality.recorded_errors import Recorded, in_folder, recorded, run, write
from benchmarks.quality.sql_typos import share
from quickfix_ls.commands.choices import Choices
from quickfix_ls.commands.tracebacks import fixes_of
from quickfix_ls.values import Offer, apply_edits

_SHOWN = 3


@dataclass(frozen=True)
class Asked:
    """What was offered for a recorded error, and whether the first offer is the recorded fix, or leaves no error."""

    row: Recorded
    offers: tuple[Offer, ...]
    exact: bool
    gone: bool

    @property
    def preferred(self) -> bool:
        return bool(self.offers) and self.offers[0].preferred


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--python", required=True, help="the interpreter that runs the programs")
    arguments.add_argument("--held-out", action="store_true", help="measure the held-out half, too")
    arguments.add_argument("--misses", action="store_true", help="print each error whose first offer is not exact")
    arguments.add_argument("--only", default="", help="only the programs whose names begin so")
    options = arguments.parse_args()
    rows = [row for row in recorded() if row.program.name.startswith(options.only)]
    print("| half | errors | offered | exact at 1 | error gone at 1 | preferred | preferred and wrong |")
    print("|---|---|---|---|---|---|---|")
    asked: list[Asked] = []
    for held_out in (False, True)[: 1 + options.held_out]:
        half = [asyncio.run(ask(row, options.python)) for row in rows if row.program.held_out == held_out]
        print(_line("held out" if held_out else "first", half), flush=True)
        asked += half
    if options.misses:
        _print_misses(asked)


def _line(name: str, asked: Sequence[Asked]) -> str:
    counts = Counter[str]()
    for one in asked:
        counts["exact"] += one.exact
        counts["gone"] += one.gone
        counts["preferred"] += one.preferred
        counts["wrong"] += one.preferred and not one.exact
        counts["offered"] += bool(one.offers)
    shares = [share(counts[key], len(asked)) for key in ("offered", "exact", "gone")]
    return f"| {name} | {len(asked)} | {' | '.join(shares)} | {counts['preferred']} | {counts['wrong']} |"


async def ask(row: Recorded, python: str) -> Asked:
    """Return what is offered for a recorded error. The program is run with the first offer. Cancellable."""
    program = row.program
    with tempfile.TemporaryDirectory() as folder:
        write(program, program.broken, folder)
        (found,) = await fixes_of([in_folder(row.error, folder)], Choices(), _SHOWN)
    offers = found.found.offers if found is not None else ()
    if not offers:
        return Asked(row, (), exact=False, gone=False)
    text = apply_edits(program.broken, offers[0].candidate.edits)
    code, _, _ = run(python, program, text)
    return Asked(row, offers, _shape(text) == _shape(program.fixed), code == 0)


def _shape(text: str) -> tuple[str, ...]:
    """Return the syntax trees of a program's statements, its imports sorted before all others."""
    try:
        body = ast.parse(text).body
    except SyntaxError:
        return (text,)
    imports = sorted(ast.dump(node) for node in body if isinstance(node, (ast.Import, ast.ImportFrom)))
    return (*imports, *(ast.dump(node) for node in body if not isinstance(node, (ast.Import, ast.ImportFrom))))


def _print_misses(asked: Sequence[Asked]) -> None:
    for one in asked:
        if one.exact:
            continue
        program = one.row.program
        print(f"\n{program.name}: {one.row.error.said[:120]}{' (error gone)' if one.gone else ''}")
        print(f"    {one.row.error.frames[-1].text}")
        for offer in one.offers:
            mark = " preferred" if offer.preferred else ""
            print(f"    {offer.candidate.source}: {offer.candidate.title} ({offer.probability:.2f}{mark})")


if __name__ == "__main__":
    main()
