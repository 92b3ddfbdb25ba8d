"""One error planted in a valid query, over a hundred databases: how often the first offer restores the query.

    python benchmarks/quality/sql_typos.py --data FOLDER [--rows 200] [--seed 0] [--databases 100] [--misses]

FOLDER has `sql_valid.jsonl` and `sql_schemas.json`. The kinds of errors are misspelled columns, tables, aliases,
functions and keywords, and columns with the qualifier of another table. An offer is exact if the query after it differs
from the valid one in the case of names and keywords only. The server knows the schema, and the dialect is SQLite's.
False alarms are problems found in all queries of `sql_valid.jsonl` as they are.
"""

from __future__ import annotations

import argparse
import asyncio
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Literal, NamedTuple

from benchmarks.quality.sql_planted import KINDS, Planted, planted, same_code
from benchmarks.quality.sql_queries import Columns, queries, valid_queries
from quickfix_ls import languages
from quickfix_ls.documents.snapshot import Snapshot
from quickfix_ls.index.index import Index
from quickfix_ls.languages.sql.environment import SqlEnvironment
from quickfix_ls.pipeline import Budget, Pipeline
from quickfix_ls.problems import find_all
from quickfix_ls.schema.tables import Column, Schema, Table
from quickfix_ls.training.statistics import wilson
from quickfix_ls.values import Offer, apply_edits

SQL = languages.of("sql")

Outcome = Literal["silent", "none", "wrong", "exact"]
"""No problem is found; one is, but nothing is offered; something else is offered first; or the valid query."""

SECONDS = 2.0


class Asked(NamedTuple):
    """What was offered for a planted error."""

    row: Planted
    outcome: Outcome
    offers: tuple[Offer, ...]
    found: str

    @property
    def preferred(self) -> bool:
        return bool(self.offers) and self.offers[0].preferred


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--data", type=Path, required=True, help="the folder of sql_valid.jsonl")
    arguments.add_argument("--rows", type=int, default=200, help="errors of each kind")
    arguments.add_argument("--databases", type=int, default=100)
    arguments.add_argument("--seed", type=int, default=0)
    arguments.add_argument("--kind", action="append", choices=KINDS, help="only this kind (may be repeated)")
    arguments.add_argument("--misses", action="store_true", help="print each row that is not exact at 1")
    arguments.add_argument("--without-alarms", action="store_true", help="leave out the false alarms")
    asyncio.run(_measure(arguments.parse_args()))


async def _measure(options: argparse.Namespace) -> None:
    pipeline = Pipeline.load(SQL)
    asked: list[Asked] = []
    print(
        "| kind | rows | databases | found | exact at 1 | preferred | of these exact |\n|---|---|---|---|---|---|---|"
    )
    for kind in options.kind or KINDS:
        valid = queries(options.data, options.databases, options.seed)
        found = [await ask(pipeline, row) for row in planted(valid, kind, options.rows, options.seed)]
        print(_line(kind, found), flush=True)
        asked += found
    print(_line("all typos", [one for one in asked if one.row.kind != "qualifier"]))
    for way in sorted({one.row.way for one in asked}):
        print(_line(way, [one for one in asked if one.row.way == way]))
    if options.misses:
        _print_misses(asked)
    if not options.without_alarms:
        _alarms(options.data, options.misses)


def _line(name: str, asked: Sequence[Asked]) -> str:
    exact, preferred = [one for one in asked if one.outcome == "exact"], [one for one in asked if one.preferred]
    cells = (
        str(len(asked)),
        str(len({one.row.query.database for one in asked})),
        share(sum(one.outcome != "silent" for one in asked), len(asked)),
        share(len(exact), len(asked)),
        share(len(preferred), len(asked)),
        share(sum(one.outcome == "exact" for one in preferred), len(preferred)),
    )
    return f"| {name} | {' | '.join(cells)} |"


def share(part: int, whole: int) -> str:
    """Return a share in percent with its 95 % interval."""
    if not whole:
        return "-"
    low, high = wilson(part, whole)
    return f"{100 * part / whole:.1f} % ({100 * low:.1f} to {100 * high:.1f})"


async def ask(pipeline: Pipeline, row: Planted, dialect: str = "sqlite") -> Asked:
    """Return what is offered for a planted error. Cancellable."""
    index = index_of(row.broken, row.query.columns, dialect)
    found = sorted(find_all(index), key=lambda problem: abs(problem.span.start - row.start))
    offers = await pipeline.final_offers(index, found[0], Budget(SECONDS, 3)) if found else ()
    is_exact = bool(offers) and same_code(apply_edits(row.broken, offers[0].candidate.edits), row.fixed)
    outcome: Outcome = "silent" if not found else "none" if not offers else "exact" if is_exact else "wrong"
    return Asked(row, outcome, offers, "; ".join(f"{one.code}: {one.message}" for one in found))


def index_of(text: str, columns: Columns, dialect: str) -> Index:
    """Return the index of a query of a database with these tables."""
    return SQL.index(Snapshot.of(text), SqlEnvironment(dialect, schema_of(columns)))


def schema_of(columns: Columns) -> Schema:
    """Return the schema with these tables."""
    return Schema(tuple(Table(name, tuple(Column(*item) for item in named.items())) for name, named in columns.items()))


def _print_misses(asked: Sequence[Asked]) -> None:
    for one in asked:
        if one.outcome == "exact":
            continue
        row = one.row
        print(f"\n{row.kind} ({row.way}), {row.query.database}: {one.outcome}: `{row.right}` as `{row.wrong}`")
        print(f"    {' '.join(row.broken.split())[:300]}\n    {one.found[:200] or 'nothing'}")
        for offer in one.offers:
            mark = " preferred" if offer.preferred else ""
            print(f"    {offer.candidate.source}: {offer.candidate.title} ({offer.probability:.2f}{mark})")


def _alarms(data: Path, is_told: bool) -> None:
    alarms: Counter[str] = Counter()
    valid = list(valid_queries(data))
    for query in valid:
        found = find_all(index_of(query.text, query.columns, "sqlite"))
        alarms.update({problem.code for problem in found[:1]})
        if found and is_told:
            print(f"\nfalse alarm, {query.database}: {found[0].message}\n    {' '.join(query.text.split())[:300]}")
    print(f"false alarms on valid queries: {share(alarms.total(), len(valid))} of {len(valid)} {dict(alarms)}")


if __name__ == "__main__":
    main()
