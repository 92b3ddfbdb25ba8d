"""How long a fix of a query takes, and what a large schema costs.

    python benchmarks/speed/sql_latency.py --data FOLDER [--requests 100]

1. A file of 500 lines of real queries (of the database with most of them in `sql_valid.jsonl`), with a misspelled
column in its middle, and its schema in a file beside it: a change of one character in the broken query, then a request
for code actions; p50 and p95 of the request, until the answer with the first offer.
2. A schema of 5,000 tables with 50 columns each: the memory that it takes, and how long look-ups in it take: of a name,
of the problem of a query with a misspelled column or table, and of its offers.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import tempfile
import time
from collections import Counter
from pathlib import Path
from random import Random

from benchmarks.quality.sql_queries import Query, valid_queries
from benchmarks.speed.latency import CAPABILITIES, WARM_UP, summary
from quickfix_ls import languages
from quickfix_ls.documents.snapshot import Snapshot
from quickfix_ls.languages.sql.environment import SqlEnvironment
from quickfix_ls.pipeline import Budget, Pipeline
from quickfix_ls.problems import find_all
from quickfix_ls.schema.tables import Column, Schema, Table
from tests.kit import Buffer, RawClient

LINES = 500
TABLES, COLUMNS = 5_000, 50
_VOCABULARY = "account address amount category city code country customer date item name order payment price state"
_WORDS = _VOCABULARY.split()


async def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True, help="the folder of sql_valid.jsonl")
    parser.add_argument("--requests", type=int, default=100)
    arguments = parser.parse_args()
    await first_offer(arguments.data, arguments.requests)
    await large_schema(arguments.requests)


async def first_offer(data: Path, requests: int) -> None:
    found = list(valid_queries(data))
    database = Counter(query.database for query in found).most_common(1)[0][0]
    own = [query for query in found if query.database == database and "\n" not in query.text]
    with tempfile.TemporaryDirectory() as folder:
        Path(folder, "schema.json").write_text(json.dumps(own[0].columns), encoding="utf-8")
        text, name = _file_of(own)
        client = await RawClient.start()
        settings = {"dialect": "sqlite", "schemaFile": str(Path(folder, "schema.json"))}
        await client.initialize(CAPABILITIES, initializationOptions=settings)
        buffer = Buffer(client, text, Path(folder, "queries.sql").as_uri(), language="sql")
        await client.notification("textDocument/publishDiagnostics", uri=buffer.uri)
        place = text.index(name)
        times, offers = [], 0
        for number in range(requests + WARM_UP):
            buffer.replace(place + len(name), place + len(name) + number % 2, "" if number % 2 else " ")
            began = time.perf_counter()
            actions = await buffer.actions(place, only=["quickfix"])
            if number >= WARM_UP:
                times.append((time.perf_counter() - began) * 1000)
                offers += any("edit" in action for action in actions)
        await client.stop()
    lines = text.count("\n")
    print(f"first offer, {lines} lines of queries, ms: {summary(times)}, {offers} of {requests} with a quick fix")


def _file_of(own: list[Query]) -> tuple[str, str]:
    """Return the text of a file of queries, and the column that is misspelled in its middle."""
    texts = [f"{query.text.strip().rstrip(';')};" for query in own][:LINES]
    table, columns = next(iter(own[0].columns.items()))
    column = max(columns, key=len)
    wrong = column[:2] + column[3:]
    texts[len(texts) // 2] = f"SELECT {wrong} FROM {table} WHERE {column} IS NOT NULL;"
    return "\n".join(texts) + "\n", wrong


async def large_schema(requests: int) -> None:
    before = _resident()
    schema = _schema(Random(0))
    # The look-ups' tables of names are made when they are first needed.
    schema.table("none")
    schema.with_column.get("none")
    for table in schema.tables:
        table.column("none")
    print(f"{TABLES} tables of {COLUMNS} columns: {(_resident() - before) / 2**20:.0f} MB")
    language = languages.of("sql")
    pipeline = Pipeline.load(language)
    rng = Random(1)
    looked: list[float] = []
    found: list[float] = []
    offered: list[float] = []
    for number in range(requests):
        table = rng.choice(schema.tables)
        name, column = table.name, rng.choice(table.columns).name
        wrong = (name, column[:2] + column[3:]) if number % 2 else (name[:2] + name[3:], column)
        began = time.perf_counter()
        schema.table(wrong[0])
        schema.with_column.get(wrong[1].lower())
        looked.append((time.perf_counter() - began) * 1000)
        began = time.perf_counter()
        index = language.index(Snapshot.of(f"SELECT {wrong[1]} FROM {wrong[0]};\n"), SqlEnvironment("sqlite", schema))
        problems = find_all(index)
        found.append((time.perf_counter() - began) * 1000)
        if problems:
            await pipeline.final_offers(index, problems[0], Budget(2.0, 3))
        offered.append((time.perf_counter() - began) * 1000)
    print(f"  a look-up of a table and a column, ms: {summary(looked)}")
    print(f"  the problem of a query, ms: {summary(found)}; with its offers: {summary(offered)}")


def _schema(rng: Random) -> Schema:
    tables = []
    for number in range(TABLES):
        words = [f"{rng.choice(_WORDS)}_{rng.choice(_WORDS)}_{at}" for at in range(COLUMNS)]
        columns = tuple(Column(word, rng.choice(("INTEGER", "TEXT", "REAL"))) for word in words)
        tables.append(Table(f"{rng.choice(_WORDS)}_{rng.choice(_WORDS)}_{number}", columns))
    return Schema(tuple(tables), dialect="sqlite")


def _resident() -> int:
    """Return the memory of this process, in bytes; its highest where the present one is not known."""
    try:
        return int(Path("/proc/self/statm").read_text().split()[1]) * 4096
    except OSError:
        import resource

        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


if __name__ == "__main__":
    asyncio.run(main())
