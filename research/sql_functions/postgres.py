"""PostgreSQL's functions, from `pg_proc` of one or more servers, those of the extensions that they can install, and
those that only its parser knows."""

from __future__ import annotations

import contextlib
from typing import Any

import psycopg

from research.sql_functions.table import ANY, FunctionTable, unlisted

_FUNCTIONS = """
    SELECT proname, prokind, proretset, pronargs - pronargdefaults, pronargs, provariadic <> 0,
        prorettype = 'internal'::regtype OR prorettype = 'cstring'::regtype OR prorettype = 'trigger'::regtype
        OR 'internal'::regtype = ANY (proargtypes) OR 'cstring'::regtype = ANY (proargtypes)
        OR oid IN (SELECT oprcode FROM pg_operator) OR oid IN (SELECT amproc FROM pg_amproc)
        OR oid IN (SELECT castfunc FROM pg_cast WHERE castfunc <> 0 AND NOT castcontext = 'e')
        OR oid IN (SELECT oprrest FROM pg_operator) OR oid IN (SELECT oprjoin FROM pg_operator)
        OR oid IN (SELECT aggtransfn FROM pg_aggregate) OR oid IN (SELECT aggfinalfn FROM pg_aggregate)
    FROM pg_proc
    WHERE prokind <> 'p' AND pronamespace <> 'information_schema'::regnamespace
"""
_KINDS = {"f": "scalar", "a": "aggregate", "w": "window"}
_USEFUL = frozenset(
    {
        "array_append",
        "array_cat",
        "array_prepend",
        "bool",
        "date",
        "float8",
        "int4",
        "int8",
        "json_extract_path",
        "json_extract_path_text",
        "jsonb_contains",
        "jsonb_exists",
        "numeric",
        "starts_with",
        "text",
        "time",
        "timestamp",
        "timestamptz",
    }
)
"""Functions that are behind an operator or a cast and are called by name too."""
_SCALARS = (
    ("coalesce", 1, ANY),
    ("greatest", 1, ANY),
    ("least", 1, ANY),
    ("nullif", 2, 2),
    ("grouping", 1, ANY),
    ("row", 0, ANY),
    ("array", 1, 1),
    ("extract", 1, 1),
    ("trim", 1, 2),
    ("cast", 1, 1),
    ("treat", 1, 1),
    ("position", 1, 2),
    ("overlay", 1, 4),
    ("normalize", 1, 2),
    ("merge_action", 0, 0),
    ("current_schema", 0, 0),
    ("current_time", 0, 1),
    ("current_timestamp", 0, 1),
    ("localtime", 0, 1),
    ("localtimestamp", 0, 1),
    ("xmlconcat", 1, ANY),
    ("xmlelement", 1, ANY),
    ("xmlforest", 1, ANY),
    ("xmlparse", 1, 1),
    ("xmlpi", 1, 2),
    ("xmlroot", 1, 3),
    ("xmlserialize", 1, 1),
    ("json", 1, 1),
    ("json_array", 0, ANY),
    ("json_exists", 1, ANY),
    ("json_object", 0, ANY),
    ("json_query", 1, ANY),
    ("json_scalar", 1, 1),
    ("json_serialize", 1, 1),
    ("json_value", 1, ANY),
)
_AGGREGATES = (("json_arrayagg", 1, 1), ("json_objectagg", 1, 2))
_TABLES = (("json_table", 1, ANY), ("xmltable", 1, ANY), ("rows", 1, ANY))


def postgres_functions(addresses: list[str]) -> FunctionTable:
    """Return the functions that any of the servers has. An address is one of libpq's (`host=... user=...`)."""
    table = FunctionTable()
    for address in addresses:
        with psycopg.connect(address, autocommit=True) as connection:
            connection.prepare_threshold = None
            major = connection.execute("SHOW server_version").fetchone()
            table.engines.append(f"PostgreSQL {major[0].split()[0] if major else ''}")
            _read(table, connection)
            for (name,) in connection.execute("SELECT name FROM pg_available_extensions").fetchall():
                with contextlib.suppress(psycopg.Error):  # some need a language or a library that is not installed
                    connection.execute(f'CREATE EXTENSION "{name}" CASCADE')
            _read(table, connection)
    unlisted(table, "scalar", _SCALARS)
    unlisted(table, "aggregate", _AGGREGATES)
    unlisted(table, "table", _TABLES)
    return table


def _read(table: FunctionTable, connection: psycopg.Connection[Any]) -> None:
    for name, kind, is_set, fewest, most, is_open, is_internal in connection.execute(_FUNCTIONS).fetchall():
        if is_internal and name not in _USEFUL and not any(name in names for names in table.kinds.values()):
            table.hidden.add(name)
        elif not is_internal:
            table.hidden.discard(name)
        # A function that returns a set can be called in a query's list of columns too.
        for chosen in (_KINDS[kind], *(["table"] if is_set else [])):
            table.add(chosen, name, fewest, ANY if is_open else most)
