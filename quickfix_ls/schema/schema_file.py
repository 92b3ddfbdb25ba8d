"""The schema in a file that a user names: JSON, DDL, dbt's manifest, models, an SQLite or DuckDB file. It
is read again when it has changed."""

from __future__ import annotations

import os
from dataclasses import replace
from functools import lru_cache
from pathlib import Path

from quickfix_ls.errors import SchemaError
from quickfix_ls.schema import dbt, ddl, duckdb_file, json_file, orm_models, sqlite_file
from quickfix_ls.schema.tables import Schema


def read_schema_file(path: str, dialect: str = "") -> Schema:
    """Return the schema in a file; `dialect` is that of DDL, empty if it is not known. Cached while the file is the
    same. Raises SchemaError if it can't be read."""
    if os.path.exists(path) and not os.path.isfile(path):
        raise SchemaError(f"{path}: can't be read as a schema: it is no file")
    stamps = [_stamp(path), _stamp(f"{path}-wal")]
    return _read(path, dialect, tuple(stamps))


_Stamp = tuple[int, int] | None


def _stamp(path: str) -> _Stamp:
    """Return what changes with a file: its time of modification and its size; None if there is no such file."""
    try:
        status = os.stat(path)
    except OSError:
        return None
    return status.st_mtime_ns, status.st_size


@lru_cache(maxsize=32)
def _read(path: str, dialect: str, stamps: tuple[_Stamp, ...]) -> Schema:
    if sqlite_file.is_sqlite(path):
        return sqlite_file.read_sqlite(path)
    if duckdb_file.is_duckdb(path):
        return duckdb_file.read_duckdb(path)
    if path.lower().endswith(".json"):
        return _read_json(path)
    try:
        text = Path(path).read_text(encoding="utf-8-sig", errors="replace")
    except OSError as error:
        raise SchemaError(f"{path}: can't be read as a schema: {error.strerror}") from error
    schema = (
        orm_models.schema_of_models({path: text}) if path.endswith(".py") else ddl.schema_of_ddl([text], path, dialect)
    )
    if not schema.tables:
        raise SchemaError(f"{path}: can't be read as a schema: nothing in it defines a table")
    return replace(schema, closed=True)


def _read_json(path: str) -> Schema:
    """Return the schema in a JSON file of ours, or in dbt's manifest."""
    is_dbt = os.path.basename(path) in dbt.FILES
    return dbt.read_dbt(path) if is_dbt else json_file.read_json(path)
