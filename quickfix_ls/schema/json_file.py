"""Schemas in JSON: a file that a user writes, and the form in which schemas of databases are cached.

The short form has the columns of each table: `{"rooms": {"id": "INTEGER", "area": "REAL"}}`. A table can also be an
object with keys, `{"rooms": {"columns": {"id": "INTEGER"}, "primaryKey": ["id"], "foreignKeys": [{"columns":
["house_id"], "table": "houses", "referred": ["id"]}]}}`, and the whole can be an object
`{"dialect": "postgres", "functions": ["area_of"], "tables": {...}}`. The name of a table in a namespace is written
`sales.orders`. There are no rows in it.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from sys import intern
from typing import Any

from quickfix_ls.errors import SchemaError
from quickfix_ls.schema.tables import Column, ForeignKey, Schema, Table

_SHAPE = 'a schema is an object like {"table": {"column": "TYPE"}}'


class _ShapeError(ValueError):
    """A value has another shape than a schema's."""


def read_json(path: str) -> Schema:
    """Return the schema in a JSON file. Raises SchemaError if it can't be read or has another shape."""
    try:
        value = json.loads(Path(path).read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise SchemaError(f"{path}: can't be read as a schema: {error.strerror}") from error
    except (ValueError, RecursionError) as error:
        raise SchemaError(f"{path}: can't be read as a schema: {error}") from error
    try:
        return schema_from(value, path)
    except _ShapeError as error:
        raise SchemaError(f"{path}: {_SHAPE}{error}") from error


def schema_from(value: object, origin: str) -> Schema:
    """Return the schema that a JSON value describes. Raises ValueError if it has another shape."""
    wrapper = _object(value, "")
    tables = wrapper.get("tables")
    if not (isinstance(tables, Mapping) and all(isinstance(table, Mapping) for table in tables.values())):
        wrapper, tables = {}, wrapper
    read_at = wrapper.get("readAt")
    return Schema(
        tuple(_table(name, table) for name, table in tables.items()),
        frozenset(name.lower() for name in _texts(wrapper.get("functions", []), "`functions`")),
        _text(wrapper.get("dialect", ""), "`dialect`").lower(),
        origin,
        wrapper.get("closed") is not False,
        float(read_at) if isinstance(read_at, (int, float)) else None,
    )


def as_json(schema: Schema) -> dict[str, Any]:
    """Return the JSON value of a schema, from which `schema_from` makes the same schema."""
    return {
        "dialect": schema.dialect,
        "functions": sorted(schema.functions),
        "closed": schema.closed,
        "readAt": schema.read_at,
        "tables": {_full_name(table): _table_as_json(table) for table in schema.tables},
    }


def _full_name(table: Table) -> str:
    return f"{table.namespace}.{table.name}" if table.namespace else table.name


def _table_as_json(table: Table) -> dict[str, Any]:
    value: dict[str, Any] = {"columns": {column.name: column.type for column in table.columns}}
    if table.namespace or "." in table.name:
        value["namespace"] = table.namespace
    if table.primary_key:
        value["primaryKey"] = list(table.primary_key)
    if table.foreign_keys:
        value["foreignKeys"] = [
            {"columns": list(key.columns), "table": key.table, "referred": list(key.referred)}
            for key in table.foreign_keys
        ]
    if not table.closed:
        value["closed"] = False
    return value


def _table(name: str, value: Mapping[str, Any]) -> Table:
    value = _object(value, f"`{name}`")
    has_keys = isinstance(value.get("columns"), Mapping)
    columns = _object(value["columns"], f"`{name}`") if has_keys else value
    rest = value if has_keys else {}
    namespace, _, own = name.rpartition(".")
    if "namespace" in rest:
        namespace = _text(rest["namespace"], f"`namespace` of `{name}`")
        own = name.removeprefix(f"{namespace}.") if namespace else name
    return Table(
        intern(own),
        tuple(Column(intern(column), intern(_text(kind, f"`{name}.{column}`"))) for column, kind in columns.items()),
        intern(namespace),
        tuple(_texts(rest.get("primaryKey", []), f"`primaryKey` of `{name}`")),
        tuple(_foreign_key(key, name) for key in _list(rest.get("foreignKeys", []), f"`foreignKeys` of `{name}`")),
        rest.get("closed") is not False,
    )


def _foreign_key(value: object, name: str) -> ForeignKey:
    where = f"`foreignKeys` of `{name}`"
    key = _object(value, where)
    columns, referred = _texts(key.get("columns"), where), _texts(key.get("referred", []), where)
    return ForeignKey(tuple(columns), _text(key.get("table"), where), tuple(referred))


def _object(value: object, where: str) -> Mapping[str, Any]:
    if not isinstance(value, Mapping):
        raise _ShapeError(f", but {where} is none" if where else "")
    return value


def _list(value: object, where: str) -> list[Any]:
    if not isinstance(value, list):
        raise _ShapeError(f"; {where} must be a list")
    return value


def _texts(value: object, where: str) -> list[str]:
    return [_text(item, where) for item in _list(value, where)]


def _text(value: object, where: str) -> str:
    if not isinstance(value, str):
        raise _ShapeError(f"; {where} must be a text, not {value!r:.40}")
    return value
