"""The first offer beside the engines' own suggestions: DuckDB's first candidate and PostgreSQL's hint, in one run.

    python benchmarks/peers/sql_engines.py --data FOLDER [--rows 150] [--seed 0] [--databases 100] [--misses]

One name is misspelled in queries that both engines accept in a database with empty tables, or a column gets another
table's qualifier (see benchmarks/quality/sql_planted.py). An engine is right if the first name that its message
suggests is what stood there, and a hint with a qualifier must have the right one. We see the text and the schema, as
each engine spells its names, without the engines' messages. PostgreSQL is started from the system's package, in a
temporary folder.
"""

from __future__ import annotations

import argparse
import asyncio
import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, suppress
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from sqlglot import exp, parse_one
from sqlglot.errors import SqlglotError

from benchmarks.quality.sql_planted import Planted, planted
from benchmarks.quality.sql_queries import Query, definitions, queries
from benchmarks.quality.sql_typos import SQL, ask, share
from quickfix_ls.pipeline import Pipeline
from tests.postgres_server import PostgresServer, running

KINDS = ("column", "table", "alias", "function", "qualifier")
_TYPES = {"NUMERIC": "DOUBLE PRECISION", "REAL": "DOUBLE PRECISION", "DATETIME": "TIMESTAMP"}
_DUCKDB = re.compile(r'(?:Candidate (?:bindings|tables): :? ?|Did you mean )"(?P<name>[^"]+)"')
_POSTGRES = re.compile(r'the (?:column|table alias) "(?P<name>[^"]+)"')

Message = Callable[[Query, str], str | None]
"""What an engine says about a statement in a database of its own; None if it accepts it."""


class Result(NamedTuple):
    """Whether each of them suggests what stood there, by its name."""

    row: Planted
    right: dict[str, bool]
    said: dict[str, str]


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--data", type=Path, required=True, help="the folder of sql_valid.jsonl")
    arguments.add_argument("--rows", type=int, default=150, help="errors of each kind")
    arguments.add_argument("--databases", type=int, default=100)
    arguments.add_argument("--seed", type=int, default=0)
    arguments.add_argument("--misses", action="store_true", help="print each row on which we are wrong")
    options = arguments.parse_args()
    with ExitStack() as stack:
        server = stack.enter_context(running())
        asyncio.run(_measure(options, _duckdb_message, _postgres_of(server, stack)))


async def _measure(options: argparse.Namespace, duckdb: Message, postgres: Message) -> None:
    pipeline = Pipeline.load(SQL)
    results: list[Result] = []
    names = ("ours, duckdb", "DuckDB's first", "ours, postgres", "PostgreSQL's hint")
    print(f"| kind | rows | databases | {' | '.join(names)} |\n|---|---|---|---|---|---|---|")
    for kind in KINDS:
        accepted = _accepted(queries(options.data, options.databases, options.seed), duckdb, postgres)
        found = []
        for row in planted(accepted, kind, options.rows, options.seed):
            said = {
                "DuckDB's first": duckdb(row.query, row.broken),
                "PostgreSQL's hint": postgres(row.query, row.broken),
            }
            if None not in said.values():
                found.append(await _result(pipeline, row, {name: message or "" for name, message in said.items()}))
        print(_line(kind, found, names), flush=True)
        results += found
    print(_line("all", results, names))
    for result in results if options.misses else ():
        if not all(result.right[name] for name in names if name.startswith("ours")):
            row = result.row
            print(
                f"\n{row.kind} `{row.right}` as `{row.wrong}`: {' '.join(row.broken.split())[:300]}\n    {result.said}"
            )


async def _result(pipeline: Pipeline, row: Planted, said: dict[str, str]) -> Result:
    """Judge all about one planted error. Cancellable."""
    right = {
        "DuckDB's first": _is_right(row, _DUCKDB.search(said["DuckDB's first"])),
        "PostgreSQL's hint": _is_right(row, _POSTGRES.search(said["PostgreSQL's hint"])),
    }
    for dialect in ("duckdb", "postgres"):
        asked = await ask(pipeline, _folded(row) if dialect == "postgres" else row, dialect)
        right[f"ours, {dialect}"] = asked.outcome == "exact"
        said[f"ours, {dialect}"] = f"{asked.found}: {[offer.candidate.title for offer in asked.offers]}"
    return Result(row, right, said)


def _folded(row: Planted) -> Planted:
    """Return a row with its schema as PostgreSQL has it: it folds names without quotes to lower case."""
    columns = {
        table.lower(): {name.lower(): type_ for name, type_ in named.items()}
        for table, named in row.query.columns.items()
    }
    return row._replace(query=row.query._replace(columns=columns))


def _is_right(row: Planted, found: re.Match[str] | None) -> bool:
    if found is None:
        return False
    qualifier, _, name = found["name"].lower().rpartition(".")
    before = re.search(r"(\w+)\s*\.\s*$", row.fixed[: row.start])
    if row.kind == "qualifier":
        column = re.match(r"\s*\.\s*(\w+)", row.fixed[row.start + len(row.right) :])
        return bool(column) and (qualifier, name) == (row.right.lower(), column[1].lower())
    return name == row.right.lower() and (not qualifier or not before or qualifier == before[1].lower())


def _line(kind: str, results: Sequence[Result], names: Sequence[str]) -> str:
    shares = [share(sum(result.right[name] for result in results), len(results)) for name in names]
    databases = len({result.row.query.database for result in results})
    return f"| {kind} | {len(results)} | {databases} | {' | '.join(shares)} |"


def _accepted(found: Iterator[Query], *engines: Message) -> Iterator[Query]:
    """Yield the queries that all engines accept, with their strings in single quotes."""
    for query in found:
        text = _standard(query)
        if all(engine(query, text) is None for engine in engines):
            yield query._replace(text=text)


def _standard(query: Query) -> str:
    """Return a query with single quotes around the strings that SQLite takes in double quotes."""
    text = query.text
    names = {name.lower() for columns in query.columns.values() for name in columns}
    with suppress(SqlglotError):
        tree = parse_one(text, dialect="sqlite")
        strings = [
            column.this.meta
            for column in tree.find_all(exp.Column)
            if isinstance(column.this, exp.Identifier) and column.this.quoted and column.name.lower() not in names
        ]
        for meta in sorted(strings, key=lambda meta: -int(meta["start"])):
            start, end = int(meta["start"]), int(meta["end"]) + 1
            inner = text[start + 1 : end - 1].replace("'", "''")
            text = f"{text[:start]}'{inner}'{text[end:]}"
    return text


@cache
def _duckdb_of(ddl: str) -> Any:
    import duckdb

    connection = duckdb.connect()
    connection.execute(ddl)
    return connection


def _duckdb_message(query: Query, text: str) -> str | None:
    import duckdb

    try:
        _duckdb_of(definitions(query.columns, _TYPES)).execute(f"EXPLAIN {text}")
    except duckdb.Error as error:
        return str(error)
    return None


def _postgres_of(server: PostgresServer, stack: ExitStack) -> Message:
    """Return PostgreSQL as an engine; each database of the queries is a schema of one database."""
    import psycopg

    connection = stack.enter_context(psycopg.connect(server.url(server.new_database()).replace("+psycopg", "")))
    connection.autocommit = True
    known: set[str] = set()

    def message(query: Query, text: str) -> str | None:
        if query.database not in known:
            known.add(query.database)
            connection.execute(f'CREATE SCHEMA "{query.database}"')
            connection.execute(f'SET search_path = "{query.database}"')
            connection.execute(definitions(query.columns, _TYPES).encode())
        connection.execute(f'SET search_path = "{query.database}"')
        try:
            connection.execute(f"EXPLAIN {text}".encode())
        except psycopg.Error as error:
            return error.diag.message_hint or ""
        return None

    return message


if __name__ == "__main__":
    main()
