"""The schema of an SQLite file, read with the standard library. The file is opened read-only, and no row is read."""

from __future__ import annotations

import os
import sqlite3
from collections import defaultdict
from contextlib import closing
from pathlib import Path
from sys import intern

from quickfix_ls.errors import SchemaError
from quickfix_ls.schema.tables import Column, ForeignKey, Schema, Table

SUFFIXES = (".db", ".sqlite", ".sqlite3", ".db3")

_MAGIC = b"SQLite format 3\0"
_LOCK_SECONDS = 0.05
_TABLES = "SELECT name FROM sqlite_master WHERE type IN ('table', 'view') AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\'"
_COLUMNS = "SELECT name, type, pk FROM pragma_table_xinfo(?) WHERE hidden <> 1 ORDER BY cid"
_FOREIGN_KEYS = 'SELECT id, "table", "from", "to" FROM pragma_foreign_key_list(?) ORDER BY id, seq'


def is_sqlite(path: str) -> bool:
    """Return whether a file is an SQLite database, by its first bytes."""
    if not os.path.isfile(path):
        return False
    try:
        with open(path, "rb") as file:
            return file.read(len(_MAGIC)) == _MAGIC
    except OSError:
        return False


def read_sqlite(path: str) -> Schema:
    """Return the schema of an SQLite file. Raises SchemaError if it can't be read, is locked or is no such file."""
    if not os.path.exists(path):
        raise SchemaError(f"{path}: there is no such file")
    try:
        with closing(sqlite3.connect(read_only_uri(path), uri=True, timeout=_LOCK_SECONDS)) as connection:
            connection.text_factory = _decoded
            names = [name for (name,) in connection.execute(_TABLES)]
            tables = tuple(_table(connection, name) for name in names)
    except sqlite3.Error as error:
        raise SchemaError(f"{path}: can't be read as an SQLite database: {error}") from error
    return Schema(tables, dialect="sqlite", origin=path)


def read_only_uri(path: str) -> str:
    """Return the URI by which `sqlite3.connect(..., uri=True)` opens a file and can't write to it."""
    return f"{Path(path).absolute().as_uri()}?mode=ro"


def _decoded(data: bytes) -> str:
    return data.decode("utf-8", "replace")


def _table(connection: sqlite3.Connection, name: str) -> Table:
    """Return a table or view; one whose columns SQLite can't tell (a view of a table that is gone) is not closed."""
    try:
        columns = connection.execute(_COLUMNS, (name,)).fetchall()
    except sqlite3.Error:
        return Table(name, (), closed=False)
    keys: dict[int, list[tuple[str, str, str | None]]] = defaultdict(list)
    for number, table, column, referred in connection.execute(_FOREIGN_KEYS, (name,)):
        keys[number].append((table, column, referred))
    return Table(
        name,
        tuple(Column(intern(column), intern(kind)) for column, kind, _ in columns),
        primary_key=tuple(column for _, column in sorted((place, column) for column, _, place in columns if place)),
        foreign_keys=tuple(_foreign_key(rows) for rows in keys.values()),
        closed=bool(columns),
    )


def _foreign_key(rows: list[tuple[str, str, str | None]]) -> ForeignKey:
    referred = tuple(column for _, _, column in rows if column is not None)
    return ForeignKey(tuple(column for _, column, _ in rows), rows[0][0], referred)
