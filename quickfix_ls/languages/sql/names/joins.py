"""How two tables can be joined: by a foreign key, or, where the schema has none, by columns that are named alike."""

from __future__ import annotations

from collections.abc import Iterator

from quickfix_ls.languages.sql.names.similarity import words_of
from quickfix_ls.schema.tables import Table

_KEY_WORDS = frozenset({"id", "code", "cd", "key", "no", "uid", "uuid", "iso", "sku"})

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
    """Yield the columns that are named after the other table and what identifies its rows (`customer_id` after the `id`
    or `customer_id` of `customers`, `CountryCode` after the `Code` of `country`), then those with the same name."""
    for one, two, is_turned in ((table, other, False), (other, table, True)):
        for column in one.columns:
            key = _referred_by(column.name, two)
            if key is not None and not _referred_by(column.name, one):
                yield (key, column.name) if is_turned else (column.name, key)
    for column in table.columns:
        counterpart = other.column(column.name)
        if counterpart is not None and _is_key(column.name) and column.name.lower() != "id":
            yield column.name, counterpart.name


def _referred_by(column: str, table: Table) -> str | None:
    """Return the column of a table to which another column refers by its name; None if it does not."""
    words, named = words_of(column), words_of(table.name)
    if len(words) < 2 or words[-1] not in _KEY_WORDS or not named:
        return None
    if "".join(words[:-1]).rstrip("s") != "".join(named).rstrip("s"):
        return None
    found = table.column(words[-1]) or table.column(column)
    return found.name if found is not None else None


def _is_key(name: str) -> bool:
    words = words_of(name)
    return bool(words) and words[-1] in _KEY_WORDS
