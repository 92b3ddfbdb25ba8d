"""One-edit typos by kind, planted in whole files of packages that no training saw: how many are found, and how often
the first offer is the right one.

    python benchmarks/quality/typos.py [--rows 200] [--seed 0] [--without-types] [--unbroken 0]

Local names that are mistyped are nearly always undefined then. For members, arguments and imported names, somebody asks
at their line: found are those that our analysis knows to be wrong, those that it suspects, and those of which ty or
jedi knows the type (not with `--without-types`). The shares are of all rows. `--unbroken` asks at so many lines of the
same files as they are, and counts what is offered there, which is wrong.
"""

from __future__ import annotations

import argparse
import ast
import asyncio
import math
import sysconfig
from collections.abc import Iterator
from random import Random
from typing import Literal, NamedTuple

from quickfix_ls.commands.types import Types, types_of
from quickfix_ls.documents.snapshot import Snapshot
from quickfix_ls.pipeline import Budget, Pipeline
from quickfix_ls.problems import find_at
from quickfix_ls.training.corpus import HELD_OUT, MEMBER_WAYS, parsed_files, source_files, typos_in
from quickfix_ls.training.member_typos import imported_keyword, imported_member
from quickfix_ls.training.typos import WAYS, Way
from quickfix_ls.values import apply_edits
from tests.kit_python import PYTHON, python_index

WAYS_MEASURED = {
    **{name: WAYS[name][0] for name in ("local_name", *MEMBER_WAYS)},
    **{one.__name__: one for one in (imported_member, imported_keyword)},
}

Outcome = Literal["silent", "none", "wrong", "exact"]
"""No problem is found; one is, but nothing is offered; something else is offered first; or what stood there."""


class Planted(NamedTuple):
    """A file with one typo; `line` counts from 1, `right` is the name that stood there."""

    path: str
    broken: str
    fixed: str
    line: int
    right: str


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--rows", type=int, default=200, help="typos of each kind")
    arguments.add_argument("--seed", type=int, default=0)
    arguments.add_argument("--way", action="append", choices=WAYS_MEASURED, help="only this kind (may be repeated)")
    arguments.add_argument("--without-types", action="store_true", help="as where neither is installed")
    arguments.add_argument("--unbroken", type=int, default=0, help="how many unbroken lines to ask at")
    arguments.add_argument("--misses", action="store_true", help="print each row that is not exact at 1")
    asyncio.run(_measure(arguments.parse_args()))


async def _measure(options: argparse.Namespace) -> None:
    pipeline = Pipeline.load(PYTHON)
    root = sysconfig.get_path("purelib")
    async with types_of([root], math.inf) as types:
        asked = None if options.without_types else types
        print("| kind | typos | found | exact at 1 | exact at 1 of those found |\n|---|---|---|---|---|")
        for way in options.way or WAYS_MEASURED:
            rows = list(planted(WAYS_MEASURED[way], options.rows, options.seed))
            outcomes = [await _outcome(pipeline, asked, row, options.misses) for row in rows]
            found = sum(one != "silent" for one in outcomes)
            exact = sum(one == "exact" for one in outcomes)
            shares = _share(found, len(rows)), _share(exact, len(rows)), _share(exact, found)
            print(f"| {way.replace('_', ' ')} | {len(rows)} | {' | '.join(shares)} |", flush=True)
        if options.unbroken:
            lines = list(unbroken(options.unbroken, options.seed))
            outcomes = [await _outcome(pipeline, asked, line, options.misses) for line in lines]
            print(f"unbroken lines with an offer: {_share(sum(one == 'wrong' for one in outcomes), len(lines))}")


async def _outcome(pipeline: Pipeline, types: Types | None, row: Planted, is_told: bool) -> Outcome:
    """What is offered first, when somebody asks at the row's line."""
    index = python_index(Snapshot.of(row.broken))
    span = index.snapshot.line_span(row.line - 1)
    found = await types.found_at(index, row.path, span) if types else find_at(index, span)
    offers = await pipeline.final_offers(index, found[0], Budget(2.0, 3)) if found else ()
    fixed = [apply_edits(row.broken, offer.candidate.edits) for offer in offers]
    outcome: Outcome = "silent" if not found else "exact" if fixed[:1] == [row.fixed] else "wrong" if offers else "none"
    if is_told and outcome != "exact" and (offers or row.broken != row.fixed):
        line = index.snapshot.line_text(row.line - 1).strip()
        said = "; ".join(f"{one.origin}: {one.message} {one.hints}" for one in found)
        print(f"{row.path}:{row.line}: {outcome}: {row.right}: {line[:110]}\n    {said or 'nothing'}")
        print("".join(f"    {offer.candidate.title} ({offer.probability:.2f})\n" for offer in offers), end="")
    return outcome


def unbroken(n: int, seed: int) -> Iterator[Planted]:
    """Lines, as they are, that ask a member of something or give an argument by its name; one to a file."""
    rng = Random(seed)
    made = 0
    for source, file in parsed_files(source_files(HELD_OUT), rng):
        text = file.text
        asking = [one for one in file.nodes if isinstance(one, (ast.Attribute, ast.keyword))]
        if not asking:
            continue
        made += 1
        if made > n:
            return
        node = rng.choice(asking)
        yield Planted(str(source.path), text, text, node.end_lineno or node.lineno, "")


def planted(way: Way, n: int, seed: int) -> Iterator[Planted]:
    """Typos wherever such a name is used, whether or not we can find them."""
    for source, file, typo in typos_in(source_files(HELD_OUT), n, seed, way):
        right = file.text[typo.start : typo.end]
        yield Planted(str(source.path), typo.applied(file.text), file.text, typo.line, right)


def _share(part: int, whole: int) -> str:
    return f"{part} ({100 * part / whole:.0f} %)" if whole else "0"


if __name__ == "__main__":
    main()
