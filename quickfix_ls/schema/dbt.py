"""The tables of a dbt project: of its `manifest.json`, with the columns of the `catalog.json` beside it."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from quickfix_ls.errors import SchemaError
from quickfix_ls.schema.tables import Column, Schema, Table

FILES = frozenset({"manifest.json"})
MAX_BYTES = 200_000_000

_RELATIONS = ("model", "seed", "snapshot", "source")
_DIALECTS = {"postgres": "postgres", "athena": "athena", "sqlserver": "tsql", "synapse": "tsql", "fabric": "fabric"}


def is_manifest(value: object) -> bool:
    """Return whether a JSON value is dbt's manifest."""
    return isinstance(value, Mapping) and all(isinstance(value.get(key), Mapping) for key in ("nodes", "metadata"))


def read_dbt(path: str) -> Schema:
    """Return the schema of a manifest. A table is closed if dbt's catalog, which is made of the database, has it: the
    columns in a manifest are those that are documented. Raises SchemaError if it is no manifest of dbt."""
    manifest = _json(path)
    if not is_manifest(manifest):
        raise SchemaError(f"{path}: can't be read as dbt's manifest: it has no `nodes`")
    catalog_path = os.path.join(os.path.dirname(path), "catalog.json")
    catalog = _json(catalog_path) if os.path.exists(catalog_path) else {}
    adapter = str(manifest["metadata"].get("adapter_type") or "")
    tables = {(table.namespace, table.name): table for table in _tables(manifest, catalog)}
    return Schema(tuple(tables.values()), dialect=_DIALECTS.get(adapter, adapter), origin=path)


def _tables(manifest: Mapping[str, Any], catalog: Mapping[str, Any]) -> Iterator[Table]:
    measured = {**catalog.get("nodes", {}), **catalog.get("sources", {})}
    for key, node in {**manifest.get("nodes", {}), **manifest.get("sources", {})}.items():
        materialized = (node.get("config") or {}).get("materialized")
        if node.get("resource_type") not in _RELATIONS or materialized == "ephemeral":
            continue
        known = measured.get(key, {}).get("columns")
        columns = known or node.get("columns") or {}
        made = tuple(
            Column(str(column.get("name", name)), str(column.get("type") or column.get("data_type") or ""))
            for name, column in columns.items()
        )
        name = str(node.get("alias") or node.get("identifier") or node.get("name"))
        yield Table(name, made, str(node.get("schema") or ""), closed=bool(known))


def _json(path: str) -> Any:
    try:
        return json.loads(Path(path).read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError) as error:
        raise SchemaError(f"{path}: can't be read as a file of dbt: {error}") from error
