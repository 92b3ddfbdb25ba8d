"""The schema of a database, reflected by SQLAlchemy's inspector: names, types and keys, never a row."""

from __future__ import annotations

import time
from collections.abc import Iterable
from sys import intern
from typing import TYPE_CHECKING, Any

from quickfix_ls.schema.connection import connected, dialect_of_url
from quickfix_ls.schema.duckdb_file import read_duckdb
from quickfix_ls.schema.sqlite_file import read_sqlite
from quickfix_ls.schema.tables import Column, ForeignKey, Schema, Table
from quickfix_ls.settings.databases import file_of, redacted

if TYPE_CHECKING:
    from sqlalchemy import Connection, Inspector

MAX_TABLES = 20_000

_SYSTEM_NAMESPACES = frozenset(
    (
        *("information_schema", "pg_catalog", "pg_toast", "performance_schema", "mysql", "sys", "crdb_internal"),
        *("guest", "db_owner", "db_accessadmin", "db_securityadmin", "db_ddladmin", "db_backupoperator"),
        *("db_datareader", "db_datawriter", "db_denydatareader", "db_denydatawriter", "pg_extension"),
    )
)
_FUNCTIONS = {
    "postgresql": "SELECT DISTINCT proname FROM pg_proc JOIN pg_namespace n ON n.oid = pronamespace "
    "WHERE nspname NOT IN ('pg_catalog', 'information_schema')",
    "mysql": "SELECT DISTINCT routine_name FROM information_schema.routines WHERE routine_type = 'FUNCTION' "
    "AND routine_schema NOT IN ('sys', 'mysql')",
}
_FUNCTIONS["mariadb"] = _FUNCTIONS["mysql"]


def read_database(url: str) -> Schema:
    """Return the schema of a database now. Files of SQLite and DuckDB are read without SQLAlchemy. Raises SchemaError
    if it can't be read in time, or what that needs is not installed."""
    if path := file_of(url):
        return (read_sqlite if url.startswith("sqlite") else read_duckdb)(path)
    with connected(url) as connection:
        tables, is_whole = _tables(connection)
        functions = _functions(connection)
    return Schema(tables, functions, dialect_of_url(url), redacted(url), is_whole, time.time())


def _tables(connection: Connection) -> tuple[tuple[Table, ...], bool]:
    """Return the tables and views of all namespaces that are not the system's own, and whether these are all."""
    from sqlalchemy import inspect

    inspector = inspect(connection)
    default = inspector.default_schema_name
    found: list[Table] = []
    for namespace in _namespaces(inspector, default):
        found += _tables_in(inspector, namespace, "" if namespace == default else namespace or "")
        if len(found) > MAX_TABLES:
            return tuple(found[:MAX_TABLES]), False
    return tuple(found), True


def _namespaces(inspector: Inspector, default: str | None) -> Iterable[str | None]:
    names = [name for name in inspector.get_schema_names() if name.lower() not in _SYSTEM_NAMESPACES]
    return sorted(names, key=lambda name: name != default) if names else [default]


def _tables_in(inspector: Inspector, namespace: str | None, shown: str) -> list[Table]:
    """Return the tables and views of a namespace, which is `shown` under this name."""
    from sqlalchemy.engine.reflection import ObjectKind

    columns = inspector.get_multi_columns(schema=namespace, kind=ObjectKind.ANY)
    primary = inspector.get_multi_pk_constraint(schema=namespace)
    foreign = inspector.get_multi_foreign_keys(schema=namespace)
    return [
        Table(
            intern(key[1]),
            tuple(
                Column(intern(str(column["name"])), intern(_type(inspector, column["type"]))) for column in described
            ),
            intern(shown),
            tuple(primary[key]["constrained_columns"]) if primary.get(key) else (),
            tuple(
                ForeignKey(tuple(one["constrained_columns"]), one["referred_table"], tuple(one["referred_columns"]))
                for one in foreign.get(key) or ()
            ),
            closed=bool(described),
        )
        for key, described in columns.items()
    ]


def _type(inspector: Inspector, kind: Any) -> str:
    """Return a type as the database spells it; empty if SQLAlchemy does not know it."""
    from sqlalchemy.exc import SQLAlchemyError

    try:
        text = str(kind.compile(dialect=inspector.dialect))
    except (SQLAlchemyError, NotImplementedError, AttributeError):
        return ""
    return "" if text == "NULL" else text


def _functions(connection: Connection) -> frozenset[str]:
    """Return the functions that users have defined, in lower case; none where the database does not tell."""
    from sqlalchemy import text
    from sqlalchemy.exc import SQLAlchemyError

    query = _FUNCTIONS.get(connection.dialect.name)
    if query is None:
        return frozenset()
    try:
        return frozenset(str(name).lower() for (name,) in connection.execute(text(query)))
    except SQLAlchemyError:
        connection.rollback()
        return frozenset()
