"""The schema of a DuckDB file, read with the package `duckdb` from the database's own catalogue. The file is opened
read-only and without access to anything outside of it, and no row of a table is read."""

from __future__ import annotations

import os
from collections import defaultdict
from contextlib import closing
from sys import intern

from quickfix_ls.errors import SchemaError
from quickfix_ls.schema.ddl import DEFAULT_NAMESPACES
from quickfix_ls.schema.tables import Column, ForeignKey, Schema, Table

READ_ONLY: dict[str, str | bool | int | float | list[str]] = {
    "enable_external_access": "false",
    "autoinstall_known_extensions": "false",
    "threads": "1",
}
"""The configuration under which a file of someone else can be opened: what a view names outside of it is not read."""

_COLUMNS = """
SELECT schema_name, table_name, column_name, data_type FROM duckdb_columns() WHERE NOT internal
ORDER BY table_oid, column_index"""
_KEYS = """
SELECT schema_name, table_name, constraint_type, constraint_column_names, referenced_table, referenced_column_names
FROM duckdb_constraints() WHERE constraint_type IN ('PRIMARY KEY', 'FOREIGN KEY')"""
_FUNCTIONS = "SELECT DISTINCT lower(function_name) FROM duckdb_functions() WHERE NOT internal"

_Key = tuple[str, str]


def is_duckdb(path: str) -> bool:
    """Return whether a file is a DuckDB database, by its first bytes."""
    if not os.path.isfile(path):
        return False
    try:
        with open(path, "rb") as file:
            return file.read(12)[8:] == b"DUCK"
    except OSError:
        return False


def read_duckdb(path: str) -> Schema:
    """Return the schema of a DuckDB file. Raises SchemaError if it can't be read, is locked by a process that writes to
    it, or the package is not installed."""
    try:
        import duckdb
    except ImportError:
        raise SchemaError(f"{path}: duckdb is not installed: pip install 'quickfix-ls[sql]'") from None
    if not os.path.exists(path):
        raise SchemaError(f"{path}: there is no such file")
    try:
        with closing(duckdb.connect(path, read_only=True, config=READ_ONLY)) as connection:
            columns = connection.execute(_COLUMNS).fetchall()
            keys = connection.execute(_KEYS).fetchall()
            functions = frozenset(name for (name,) in connection.execute(_FUNCTIONS).fetchall())
    except duckdb.Error as error:
        raise SchemaError(f"{path}: can't be read as a DuckDB database: {error}") from error
    of_table: dict[_Key, list[Column]] = defaultdict(list)
    for namespace, table, column, kind in columns:
        of_table[namespace, table].append(Column(intern(column), intern(kind)))
    primary: dict[_Key, tuple[str, ...]] = {}
    foreign: dict[_Key, list[ForeignKey]] = defaultdict(list)
    for namespace, table, constraint, names, referred, referred_names in keys:
        if constraint == "PRIMARY KEY":
            primary[namespace, table] = tuple(names)
        else:
            foreign[namespace, table].append(ForeignKey(tuple(names), referred, tuple(referred_names)))
    tables = (
        Table(
            key[1],
            tuple(named),
            "" if key[0] in DEFAULT_NAMESPACES else key[0],
            primary.get(key, ()),
            tuple(foreign.get(key, ())),
        )
        for key, named in of_table.items()
    )
    return Schema(tuple(tables), functions, "duckdb", path)
