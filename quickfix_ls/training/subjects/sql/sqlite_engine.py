"""SQLite itself as the judge of statements: it prepares them against the empty tables of a schema, in memory.

Nothing here uses the analysis of `languages/sql`, so that what is measured is not what measures.
"""

from __future__ import annotations

import sqlite3
from functools import lru_cache

from quickfix_ls.schema.tables import Schema
from quickfix_ls.training.subjects.sql.sql_tokens import SqlToken, statements, tokens_of


def refusal(schema: Schema, text: str) -> str:
    """Return SQLite's error message for the first statement of a text that it can't prepare; empty if it prepares
    all of them, or there is none. It runs none."""
    database = _database(schema)
    parts = statements(text)
    if not parts:
        return "no statement"
    for part in parts:
        try:
            # Nothing runs: EXPLAIN prepares a statement and lists its program.
            database.execute(f"EXPLAIN {part}").close()
        except (sqlite3.Error, sqlite3.Warning) as error:
            return str(error)
        except (UnicodeError, ValueError) as error:
            return f"{type(error).__name__}: {error}"
    return ""


def is_accepted(schema: Schema, text: str, known_texts: frozenset[str] = frozenset()) -> bool:
    """Return whether SQLite prepares a text, and no name in it is taken for a string.

    SQLite takes a name in double quotes that it doesn't know for a string. Such a word only counts as a string if it is
    one of `known_texts`, words in double quotes that were in the text before it was fixed.
    """
    return not refusal(schema, text) and not refusal(schema, _with_names(text, known_texts))


def _with_names(text: str, known_texts: frozenset[str]) -> str:
    """Return the text with brackets around its names in double quotes, since SQLite takes these for nothing but
    names."""
    pieces, end = [], 0
    for token in tokens_of(text):
        if token.kind == "quoted" and token.text[0] == '"' and token.text not in known_texts:
            pieces += [text[end : token.start], _bracketed(token)]
            end = token.end
    return "".join([*pieces, text[end:]])


def _bracketed(token: SqlToken) -> str:
    return "`" + token.text[1:-1].replace('""', '"').replace("`", "``") + "`"


@lru_cache(maxsize=64)
def _database(schema: Schema) -> sqlite3.Connection:
    database = sqlite3.connect(":memory:", check_same_thread=False)
    for table in schema.tables:
        columns = ", ".join(f"{_name(column.name)} {column.type}" for column in table.columns)
        database.execute(f"CREATE TABLE {_name(table.name)} ({columns})")
    return database


def _name(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'
