"""The tables of a dbt project, from its manifest and its catalog."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from quickfix_ls.errors import SchemaError
from quickfix_ls.schema.found import _search
from quickfix_ls.schema.schema_file import read_schema_file
from quickfix_ls.schema.sources import schema_for
from quickfix_ls.schema.tables import Column, Table


def node(kind: str, name: str, **more: Any) -> dict[str, Any]:
    return {"resource_type": kind, "name": name, "schema": "analytics", "config": {"materialized": "view"}, **more}


MANIFEST = {
    "metadata": {"adapter_type": "postgres"},
    "nodes": {
        "model.shop.orders": node("model", "orders", columns={"id": {"name": "id", "data_type": "integer"}}),
        "model.shop.people": node("model", "people", alias="persons", columns={}),
        "model.shop.step": node("model", "step", config={"materialized": "ephemeral"}),
        "seed.shop.countries": node("seed", "countries"),
        "test.shop.unique": node("test", "unique"),
    },
    "sources": {"source.shop.raw.events": node("source", "events", identifier="events_v2", schema="raw")},
}
CATALOG = {"nodes": {"model.shop.people": {"columns": {"ID": {"name": "ID", "type": "int4"}}}}, "sources": {}}


def test_models_seeds_and_sources(tmp_path: Path) -> None:
    path = tmp_path / "manifest.json"
    path.write_text(json.dumps(MANIFEST))
    (tmp_path / "catalog.json").write_text(json.dumps(CATALOG))
    schema = read_schema_file(str(path))
    assert (schema.dialect, schema.closed) == ("postgres", True)
    assert schema.tables == (
        Table("orders", (Column("id", "integer"),), "analytics", closed=False),
        Table("persons", (Column("ID", "int4"),), "analytics", closed=True),
        Table("countries", (), "analytics", closed=False),
        Table("events_v2", (), "raw", closed=False),
    )


@pytest.mark.parametrize("text", ["", "{}", '{"manifest_version": 3}', "[]", '{"nodes": 1, "metadata": 2}'])
def test_a_manifest_of_something_else_is_told(tmp_path: Path, text: str) -> None:
    path = tmp_path / "manifest.json"
    path.write_text(text)
    with pytest.raises(SchemaError, match=r"manifest\.json: can't be read as"):
        read_schema_file(str(path))


YAML = """
version: 2
models:
  - name: orders
    columns: [{name: id, data_type: integer}, {name: total}, 3]
  - 7
sources:
  - name: raw
    schema: raw_data
    tables:
      - {name: events, identifier: events_v2}
  - {name: shop, schema: "{{ target.schema }}", tables: [{name: people}]}
"""


def test_what_yaml_documents_is_found_where_there_is_no_manifest(tmp_path: Path) -> None:
    query, models = tmp_path / "models" / "query.sql", tmp_path / "models"
    models.mkdir()
    (models / "schema.yml").write_text(YAML)
    (models / "broken.yml").write_text("a: [")
    assert not schema_for(str(query), (str(tmp_path),)).tables
    (tmp_path / "dbt_project.yml").write_text("name: shop\n")
    _search.cache_clear()
    schema = schema_for(str(query), (str(tmp_path),))
    assert not schema.closed
    assert schema.tables == (
        Table("orders", (Column("id", "integer"), Column("total")), closed=False),
        Table("events_v2", (), "raw_data", closed=False),
        Table("people", (), closed=False),
    )
    (tmp_path / "manifest.json").write_text(json.dumps(MANIFEST))
    _search.cache_clear()
    assert schema_for(str(query), (str(tmp_path),)).closed
