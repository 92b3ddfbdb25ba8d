"""Schemas in JSON: what is read, what is refused, and that what is written is read again as it was."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quickfix_ls.errors import SchemaError
from quickfix_ls.schema.json_file import as_json, read_json, schema_from
from quickfix_ls.schema.schema_file import read_schema_file
from quickfix_ls.schema.tables import Column, ForeignKey, Schema, Table

ROOMS = {"id": "INTEGER", "house_id": "INTEGER"}


def test_the_short_form() -> None:
    schema = schema_from({"rooms": ROOMS, "sales.orders": {}}, "tables.json")
    rooms, orders = schema.tables
    assert rooms == Table("rooms", (Column("id", "INTEGER"), Column("house_id", "INTEGER")))
    assert (orders.name, orders.namespace, schema.closed) == ("orders", "sales", True)


def test_a_table_with_keys() -> None:
    keys = [{"columns": ["house_id"], "table": "houses", "referred": ["id"]}]
    value = {"rooms": {"columns": ROOMS, "primaryKey": ["id"], "foreignKeys": keys}}
    (rooms,) = schema_from({"dialect": "Postgres", "functions": ["Area_Of"], "tables": value}, "").tables
    assert rooms.primary_key == ("id",)
    assert rooms.foreign_keys == (ForeignKey(("house_id",), "houses", ("id",)),)
    assert schema_from(value, "").tables == (rooms,)


def test_the_dialect_and_the_functions_are_in_lower_case() -> None:
    schema = schema_from({"dialect": "Postgres", "functions": ["Area_Of"], "tables": {}}, "")
    assert (schema.dialect, schema.functions) == ("postgres", {"area_of"})


def test_a_table_may_be_called_tables() -> None:
    (table,) = schema_from({"tables": {"id": "INTEGER"}}, "").tables
    assert (table.name, table.columns) == ("tables", (Column("id", "INTEGER"),))


NAMES = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=6)
TABLES = st.builds(
    Table,
    NAMES,
    st.lists(st.builds(Column, NAMES, NAMES), unique_by=lambda column: column.name).map(tuple),
    st.just("") | NAMES,
    st.lists(NAMES).map(tuple),
    st.lists(st.builds(ForeignKey, st.tuples(NAMES), NAMES, st.tuples(NAMES))).map(tuple),
    st.booleans(),
)


@given(st.lists(TABLES, unique_by=lambda table: f"{table.namespace}.{table.name}"), st.none() | st.floats(0, 2e9))
def test_what_is_written_is_read_again_as_it_was(tables: list[Table], read_at: float | None) -> None:
    schema = Schema(tuple(tables), frozenset({"f"}), "duckdb", "here", False, read_at)
    assert schema_from(json.loads(json.dumps(as_json(schema))), "here") == schema


def test_a_file_is_read_anew_when_it_changes(tmp_path: Path) -> None:
    path = tmp_path / "schema.json"
    path.write_text(json.dumps({"rooms": ROOMS}))
    assert read_schema_file(str(path)).table("ROOMS") is not None
    path.write_text(json.dumps({"houses": ROOMS}))
    assert [table.name for table in read_schema_file(str(path)).tables] == ["houses"]


@pytest.mark.parametrize(
    "content",
    [
        "",
        "[]",
        '{"rooms": ["id"]}',
        '{"rooms": {"id": 1}}',
        "[" * 100_000,
        '{"rooms": {"columns": {}, "primaryKey": 1}}',
    ],
)
def test_a_file_that_is_no_schema_is_told_by_name(tmp_path: Path, content: str) -> None:
    path = tmp_path / "schema.json"
    path.write_text(content)
    with pytest.raises(SchemaError, match=r"schema\.json"):
        read_json(str(path))


def test_a_missing_file_is_told_by_name(tmp_path: Path) -> None:
    with pytest.raises(SchemaError, match=r"missing\.json: can't be read as a schema: No such file"):
        read_schema_file(str(tmp_path / "missing.json"))
