"""How two tables can be joined: by a foreign key, or, where the schema has none, by columns that are named alike."""

from __future__ import annotations

from collections.abc import Iterator

from quickfix_ls.languages.sql.names.similarity import words_of
from quickfix_ls.schema.tables import Table

Pair = tuple[str, str]
"""A column of one table, and the column of the other one that equals it in a join."""


def join_columns(table: Table, other: Table) -> Iterator[Pair]:
    """Yield the pairs of columns by which two tables can be joined, the most certain first."""
    found = list(_by_key(table, other)) or [(b, a) for a, b in _by_key(other, table)]
    yield from found or _by_name(table, other)


def _by_key(table: Table, other: Table) -> Iterator[Pair]:
    for key in table.foreign_keys:
        referred = key.referred or other.primary_key
        if key.table.lower() == other.name.lower() and len(key.columns) == len(referred) == 1:
            yield key.columns[0], referred[0]


def _by_name(table: Table, other: Table) -> Iterator[Pair]:
    for one, two, is_turned in ((table, other, False), (other, table, True)):
        key = _own_key(two)
        reference = next((c.name for c in one.columns if _refers(c.name, two.name)), None)
        if key is not None and reference is not None:
            yield (key, reference) if is_turned else (reference, key)
    for column in table.columns:
        counterpart = other.column(column.name)
        if counterpart is not None and _is_key(column.name) and column.name.lower() != "id":
            yield column.name, counterpart.name


def _own_key(table: Table) -> str | None:
    """Return the column that identifies the rows of a table: its primary key, else `id` or `<table>_id`."""
    if len(table.primary_key) == 1:
        return table.primary_key[0]
    named = table.column("id") or next((c for c in table.columns if _refers(c.name, table.name)), None)
    return named.name if named is not None else None


def _is_key(name: str) -> bool:
    words = words_of(name)
    return bool(words) and words[-1] in ("id", "code", "cd", "key", "no", "uid", "uuid", "iso", "sku")


def _refers(column: str, table: str) -> bool:
    """Return whether a column is named after a table: `customer_id` after `customers`."""
    words, named = words_of(column), words_of(table)
    if len(words) < 2 or words[-1] != "id" or not named:
        return False
    return "".join(words[:-1]).rstrip("s") == "".join(named).rstrip("s")
