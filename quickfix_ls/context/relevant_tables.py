"""The tables of a database that source text mentions, or nearly mentions, as a prompt describes them."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

from rapidfuzz import process
from rapidfuzz.distance import Indel

from quickfix_ls.schema.tables import Schema, Table

_WORD = re.compile(r"\w+")
_MIN_COLUMNS = 2
_MIN_LENGTH = 4
_MIN_SIMILARITY = 0.75


def relevant_tables(schema: Schema, text: str) -> Iterator[str]:
    """Yield `table(column type, ...)` for each table that the text names, or nearly names, or of which it names several
    columns.

    The tables that are named come first, then those with a similar name, then those with the most columns named.
    """
    words = {word.lower() for word in _WORD.findall(text)}
    similar = _similar({table.name.lower() for table in schema.tables} - words, words)
    mentioned = _mentioned(schema, words)
    scored = []
    for number, table in enumerate(schema.tables):
        name, columns = table.name.lower(), mentioned.get(id(table), 0)
        if name in words or name in similar or columns >= _MIN_COLUMNS:
            scored.append((name not in words, name not in similar, -columns, name, number))
    for *_, number in sorted(scored):
        yield _shown(schema.tables[number])


def _mentioned(schema: Schema, words: Collection[str]) -> dict[int, int]:
    """Return how many columns of each table are among the words, by the table's identity."""
    found: dict[int, int] = {}
    for word in words:
        for table in schema.with_column.get(word, ()):
            found[id(table)] = found.get(id(table), 0) + 1
    return found


def _similar(names: Collection[str], words: Collection[str]) -> set[str]:
    """Return the names that resemble one of the words."""
    long = [name for name in names if len(name) >= _MIN_LENGTH]
    return {
        name
        for word in words
        if len(word) >= _MIN_LENGTH
        for name, _, _ in process.extract(
            word, long, scorer=Indel.normalized_similarity, score_cutoff=_MIN_SIMILARITY, limit=None
        )
    }


def _shown(table: Table) -> str:
    name = f"{table.namespace}.{table.name}" if table.namespace else table.name
    return f"{name}({', '.join(f'{column.name} {column.type}'.strip() for column in table.columns)})"
