"""Valid queries over many databases, for the benchmarks of SQL.

The queries of `sql_valid.jsonl` are over few databases. So some are carried over to others: the tables and columns of a
query are replaced by those of another schema, with the same types, consistently; what SQLite then accepts is kept.
"""

from __future__ import annotations

import json
import re
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, suppress
from functools import cache
from pathlib import Path
from random import Random
from typing import Any, NamedTuple

from sqlglot import exp, parse_one
from sqlglot.errors import SqlglotError

Columns = Mapping[str, Mapping[str, str]]
"""The tables of a database, with the types of their columns."""

_PLAIN = re.compile(r"[A-Za-z_]\w*\Z")
_RESERVED_WORDS = "asc by case check desc end from group in index is match on order rank references to year"
_RESERVED = frozenset(_RESERVED_WORDS.split())
_TRIES = 12


class Query(NamedTuple):
    """A valid query of a database; `columns` are its tables."""

    text: str
    database: str
    columns: Columns


def queries(folder: Path, databases: int, seed: int) -> Iterator[Query]:
    """Yield valid queries, in rounds over so many databases: the real ones first, each query once."""
    schemas: dict[str, Columns] = json.loads((folder / "sql_schemas.json").read_text(encoding="utf-8"))
    rng = Random(seed)
    own = list(valid_queries(folder))
    rng.shuffle(own)
    real = sorted({query.database for query in own})
    others = sorted(name for name in schemas if name not in real and schemas[name])
    rng.shuffle(others)
    pools = {name: [query for query in own if query.database == name] for name in real}
    carried = {name: _carried_over(own, name, schemas[name], Random(f"{seed} {name}")) for name in others}
    streams: dict[str, Iterator[Query]] = {**{name: iter(pool) for name, pool in pools.items()}, **carried}
    names = [*real, *others][:databases]
    while names:
        for name in list(names):
            query = next(streams[name], None)
            if query is None:
                names.remove(name)
            else:
                yield query


def valid_queries(folder: Path) -> Iterator[Query]:
    """Yield the rows of `sql_valid.jsonl`."""
    schemas = json.loads((folder / "sql_schemas.json").read_text(encoding="utf-8"))
    for line in (folder / "sql_valid.jsonl").read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        yield Query(row["text"], row["schema_id"], schemas[row["schema_id"]])


def prepares(text: str, columns: Columns) -> bool:
    """Return whether SQLite prepares a statement in a database with these tables."""
    return _message(text, _ddl(columns)) is None


def definitions(columns: Columns, types: Mapping[str, str] | None = None) -> str:
    """Return the CREATE TABLE statements of a database; `types` replaces types."""
    tables = (
        f"CREATE TABLE {_quoted(table)} ("
        + ", ".join(f"{_quoted(name)} {(types or {}).get(type_, type_)}" for name, type_ in named.items())
        + ");\n"
        for table, named in columns.items()
    )
    return "".join(tables)


def _quoted(name: str) -> str:
    is_plain = _PLAIN.match(name) and name.lower() not in _RESERVED
    return name if is_plain else '"' + name.replace('"', '""') + '"'


@cache
def _ddl_of(tables: tuple[tuple[str, tuple[tuple[str, str], ...]], ...]) -> str:
    return definitions({table: dict(columns) for table, columns in tables})


def _ddl(columns: Columns) -> str:
    return _ddl_of(tuple((table, tuple(named.items())) for table, named in columns.items()))


@cache
def _database(ddl: str) -> sqlite3.Connection:
    connection = sqlite3.connect(":memory:")
    connection.executescript(ddl)
    return connection


def _message(text: str, ddl: str) -> str | None:
    try:
        with closing(_database(ddl).execute(f"EXPLAIN {text}")):
            return None
    except sqlite3.Error as error:
        return str(error)


def _carried_over(own: Sequence[Query], name: str, columns: Columns, rng: Random) -> Iterator[Query]:
    """Yield the queries of other databases that can be carried over to a database."""
    seen = set()
    for query in rng.sample(own, len(own)):
        text = _carried(query, columns, rng)
        if text is not None and text not in seen:
            seen.add(text)
            yield Query(text, name, columns)


def _carried(query: Query, columns: Columns, rng: Random) -> str | None:
    """Return a query with the names of another database; None if none fits, or it has names that can't be replaced."""
    with suppress(SqlglotError):
        uses = _uses(query)
        if not uses or len(uses) > len(columns):
            return None
        for _ in range(_TRIES):
            renamed = _renaming(query, uses, columns, rng)
            text = _replaced(query.text, renamed) if renamed else None
            if text is not None and prepares(text, columns) and _is_faithful(text, columns):
                return text
    return None


class _Use(NamedTuple):
    """A place where a query names a `table` (then `column` is empty) or a column of a table."""

    table: str
    column: str
    start: int
    end: int


def _uses(query: Query) -> list[_Use]:
    """Return all places that name tables and columns; none if one of them is not understood."""
    tree = parse_one(query.text, dialect="sqlite")
    if tree.find(exp.CTE) is not None:
        return []
    by_name = {table.lower(): table for table in query.columns}
    aliases: dict[str, str] = {}
    found = []
    for node in tree.find_all(exp.Table):
        table = by_name.get(node.name.lower())
        if table is None or not isinstance(node.this, exp.Identifier):
            return []
        if node.alias and aliases.setdefault(node.alias.lower(), table) != table:
            return []
        found.append(_use(table, "", node.this))
    named = {use.table for use in found}
    results = {alias.alias.lower() for alias in tree.find_all(exp.Alias)}
    for column in tree.find_all(exp.Column):
        if isinstance(column.this, exp.Star):
            return []
        owners = [table for table in named if _spelling(query.columns[table], column.name)]
        if column.table:
            of = aliases.get(column.table.lower()) or by_name.get(column.table.lower())
            if column.table.lower() not in aliases and of is not None:
                found.append(_use(of, "", column.args["table"]))
        elif column.name.lower() in results or (column.this.quoted and not owners):
            continue
        else:
            of = owners[0] if len(owners) == 1 else None
        if of is None:
            return []
        found.append(_use(of, _spelling(query.columns[of], column.name), column.this))
    return found if all(use.start >= 0 for use in found) else []


def _use(table: str, column: str, node: Any) -> _Use:
    return _Use(table, column, node.meta.get("start", -1), node.meta.get("end", -2) + 1)


def _spelling(named: Mapping[str, str], column: str) -> str:
    return next((name for name in named if name.lower() == column.lower()), "")


def _renaming(query: Query, uses: Sequence[_Use], columns: Columns, rng: Random) -> dict[_Use, str] | None:
    """Return another name for each place, chosen at random among those with the same type."""
    tables = {use.table for use in uses}
    targets = dict(zip(sorted(tables), rng.sample(sorted(columns), len(tables)), strict=True))
    names: dict[tuple[str, str], str] = {}
    for table, target in targets.items():
        free = [name for name in columns[target] if _PLAIN.match(name) and name.lower() not in _RESERVED]
        rng.shuffle(free)
        for column in sorted({use.column for use in uses if use.table == table and use.column}):
            type_ = query.columns[table][column]
            # Columns with one name in two tables are usually those that join them.
            shared = [names[key] for key in names if key[1].lower() == column.lower() and names[key] in free]
            fitting = shared or [name for name in free if columns[target][name] == type_] or free
            if not fitting:
                return None
            names[table, column] = fitting[0]
            free.remove(fitting[0])
    return {use: names[use.table, use.column] if use.column else targets[use.table] for use in uses}


def _replaced(text: str, renamed: Mapping[_Use, str]) -> str:
    for use, name in sorted(renamed.items(), key=lambda item: -item[0].start):
        text = text[: use.start] + name + text[use.end :]
    return text


def _is_faithful(text: str, columns: Columns) -> bool:
    """Return whether each column exists: SQLite takes an unknown name in double quotes for a string."""
    names = {name.lower() for named in columns.values() for name in named}
    tree = parse_one(text, dialect="sqlite")
    results = {alias.alias.lower() for alias in tree.find_all(exp.Alias)}
    return all(
        column.this.quoted or column.name.lower() in names | results
        for column in tree.find_all(exp.Column)
        if isinstance(column.this, exp.Identifier)
    )
