"""Make valid queries over a schema from patterns, for databases of which no queries of people are known."""

from __future__ import annotations

import re
from collections.abc import Sequence
from random import Random
from typing import NamedTuple

from quickfix_ls.languages.sql.lexer import WORDS
from quickfix_ls.schema.tables import Column, Schema, Table

_NUMBERS = re.compile(r"int|num|real|float|double|dec", re.I)
_STRINGS = ("Paris", "active", "2019-05-01", "USA", "open", "New York", "A%", "O''Brien", "yes")


class _Source(NamedTuple):
    """A table with the qualifier of its columns, empty if they need none."""

    table: Table
    qualifier: str


def made_query(schema: Schema, rng: Random) -> str | None:
    """Return a query over one or two tables; None if the schema has none with columns."""
    tables = [table for table in schema.tables if table.columns]
    if not tables:
        return None
    first = rng.choice(tables)
    join = _join(first, tables, rng) if rng.random() < 0.55 else None
    text = _joined(first, *join, rng) if join else _plain(first, rng)
    return text if rng.random() < 0.7 else _in_lower_case(text)


def _plain(table: Table, rng: Random) -> str:
    source = _Source(table, _named(table.name) if rng.random() < 0.15 else "")
    return _query([source], f"FROM {_named(table.name)}", rng)


def _joined(first: Table, second: Table, key: str, other_key: str, rng: Random) -> str:
    style = rng.choice(("T", "letters", "names"))
    names = {
        "T": ("T1", "T2"),
        "letters": (first.name[0].lower(), second.name[0].lower() + "2"),
        "names": (_named(first.name), _named(second.name)),
    }[style]
    sources = [_Source(first, names[0]), _Source(second, names[1])]
    word = rng.choice((" AS ", " AS ", " "))
    spelt = [_named(source.table.name) + ("" if style == "names" else word + source.qualifier) for source in sources]
    kind = rng.choice(("JOIN", "JOIN", "INNER JOIN", "LEFT JOIN"))
    on = f"{names[0]}.{_named(key)} = {names[1]}.{_named(other_key)}"
    return _query(sources, f"FROM {spelt[0]} {kind} {spelt[1]} ON {on}", rng)


def _query(sources: Sequence[_Source], from_clause: str, rng: Random) -> str:
    chosen = [_column(sources, rng) for _ in range(rng.choice((1, 1, 2, 2, 3)))]
    where = f" WHERE {_conditions(sources, rng)}" if rng.random() < 0.7 else ""
    grouped, tail = rng.random() < 0.3, ""
    columns = [text for text, _ in chosen]
    if grouped:
        key = columns[0]
        columns = [key, rng.choice(("COUNT(*)", f"AVG({columns[-1]})", f"MAX({columns[-1]})", f"SUM({columns[-1]})"))]
        tail = f" GROUP BY {key}"
        tail += f" HAVING COUNT(*) > {rng.randint(1, 9)}" if rng.random() < 0.5 else ""
    elif rng.random() < 0.2:
        columns = [
            rng.choice(("COUNT(*)", f"COUNT(DISTINCT {columns[0]})", f"MIN({columns[0]})", f"UPPER({columns[0]})"))
        ]
    if rng.random() < 0.35:
        order = "COUNT(*)" if grouped else _column(sources, rng)[0]
        tail += f" ORDER BY {order}{rng.choice(('', ' DESC', ' ASC'))}"
        tail += f" LIMIT {rng.randint(1, 10)}" if rng.random() < 0.6 else ""
    distinct = "DISTINCT " if not grouped and rng.random() < 0.15 else ""
    return f"SELECT {distinct}{', '.join(columns)} {from_clause}{where}{tail}"


def _conditions(sources: Sequence[_Source], rng: Random) -> str:
    return rng.choice((" AND ", " OR ")).join(_condition(sources, rng) for _ in range(rng.choice((1, 1, 2))))


def _condition(sources: Sequence[_Source], rng: Random) -> str:
    text, column = _column(sources, rng)
    if _NUMBERS.search(column.type):
        number = rng.choice((1, 5, 10, 100, 1990, 2015, 3.5))
        return rng.choice(
            (f"{text} {rng.choice(('=', '>', '<', '>=', '<=', '!='))} {number}", f"{text} BETWEEN 1 AND {number}")
        )
    string = rng.choice(_STRINGS)
    form = rng.choice(("{0} = '{1}'", "{0} = '{1}'", "{0} LIKE '%{1}%'", "{0} IS NOT NULL", "{0} IN ('{1}', 'x')"))
    return form.format(text, string)


def _column(sources: Sequence[_Source], rng: Random) -> tuple[str, Column]:
    source = rng.choice(sources)
    column = rng.choice(source.table.columns)
    name = _named(column.name)
    return (f"{source.qualifier}.{name}" if source.qualifier else name), column


def _join(first: Table, tables: Sequence[Table], rng: Random) -> tuple[Table, str, str] | None:
    """Return another table, and the names of the columns of both that likely refer to each other."""
    found = []
    for other in tables:
        for column in first.columns if other is not first else ():
            same = other.column(column.name)
            if same and re.search(r"id$|code$|no$|key$|num", column.name, re.I):
                found.append((other, column.name, same.name))
            target = other.column("id")
            if target and re.fullmatch(re.escape(other.name.rstrip("s")) + r"s?_?id", column.name, re.I):
                found.append((other, column.name, target.name))
    return rng.choice(found) if found else None


def _named(name: str) -> str:
    """Return a name, in quotes if it needs them."""
    is_plain = re.fullmatch(r"[A-Za-z_]\w*", name) and name.lower() not in WORDS
    return name if is_plain else f"`{name}`"


def _in_lower_case(text: str) -> str:
    """Return a query with its keywords in lower case."""
    return re.sub(r"'[^']*'|`[^`]*`|\b[A-Z]{2,}\b", lambda word: _lowered(word.group()), text)


def _lowered(word: str) -> str:
    return word.lower() if word.lower() in WORDS or word in ("COUNT", "AVG", "MAX", "MIN", "SUM") else word
