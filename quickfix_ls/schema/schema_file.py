"""The schema in a file that a user names: JSON, DDL, an SQLite file; read again when the file has changed."""

from __future__ import annotations

import os
from functools import lru_cache
from pathlib import Path

from quickfix_ls.errors import SchemaError
from quickfix_ls.schema import ddl, json_file, sqlite_file
from quickfix_ls.schema.tables import Schema


def read_schema_file(path: str, dialect: str = "") -> Schema:
    """Return the schema in a file; `dialect` is that of DDL, empty if it is not known. Cached while the file is the
    same. Raises SchemaError if it can't be read."""
    try:
        status = os.stat(path)
    except OSError as error:
        raise SchemaError(f"{path}: can't be read as a schema: {error.strerror}") from error
    return _read(path, dialect, status.st_mtime_ns, status.st_size)


@lru_cache(maxsize=16)
def _read(path: str, dialect: str, modified: int, size: int) -> Schema:
    if sqlite_file.is_sqlite(path):
        return sqlite_file.read_sqlite(path)
    if path.lower().endswith(".json"):
        return json_file.read_json(path)
    try:
        text = Path(path).read_text(encoding="utf-8-sig", errors="replace")
    except OSError as error:
        raise SchemaError(f"{path}: can't be read as a schema: {error.strerror}") from error
    schema = ddl.schema_of_ddl([text], path, dialect)
    if not schema.tables:
        raise SchemaError(f"{path}: can't be read as a schema: no statement in it creates a table")
    return schema
