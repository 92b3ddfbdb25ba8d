"""The tables that the YAML files of a dbt project document: its models, seeds, snapshots and sources.

They are read if PyYAML is installed. What is documented need not be all, so that neither tables nor the schema are
closed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from quickfix_ls.schema.tables import Column, Schema, Table

SUFFIXES = (".yml", ".yaml")
PROJECT = "dbt_project.yml"

_RELATIONS = ("models", "seeds", "snapshots")


def schema_of_yaml(texts: Iterable[str], origin: str) -> Schema:
    """Return the schema that some files document; files that can't be read are skipped."""
    tables: dict[tuple[str, str], Table] = {}
    for text in texts:
        for table in _tables(_parsed(text)):
            tables.setdefault((table.namespace, table.name), table)
    return Schema(tuple(tables.values()), origin=origin, closed=False)


def _parsed(text: str) -> Mapping[str, Any]:
    try:
        import yaml
    except ImportError:
        return {}
    try:
        value = yaml.safe_load(text)
    except (yaml.YAMLError, ValueError, RecursionError):
        return {}
    return value if isinstance(value, Mapping) else {}


def _tables(value: Mapping[str, Any]) -> Iterator[Table]:
    for kind in _RELATIONS:
        for model in _objects(value.get(kind)):
            yield from _table(model, "alias", "")
    for source in _objects(value.get("sources")):
        namespace = str(source.get("schema") or source.get("name") or "")
        for table in _objects(source.get("tables")):
            yield from _table(table, "identifier", namespace)


def _table(described: Mapping[str, Any], other_name: str, namespace: str) -> Iterator[Table]:
    name = described.get(other_name) or described.get("name")
    if isinstance(name, str):
        columns = (column for column in _objects(described.get("columns")) if isinstance(column.get("name"), str))
        made = tuple(Column(column["name"], str(column.get("data_type") or "")) for column in columns)
        yield Table(name, made, "" if "{" in namespace else namespace, closed=False)


def _objects(value: object) -> list[Mapping[str, Any]]:
    return [item for item in value if isinstance(item, Mapping)] if isinstance(value, list) else []
