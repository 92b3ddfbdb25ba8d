"""The schema that is found for a query without any setting, and whether it is the whole one."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from quickfix_ls.schema import found
from quickfix_ls.schema.sources import schema_for
from quickfix_ls.schema.tables import NO_SCHEMA, Schema
from quickfix_ls.schema.workspace import MAX_BYTES, candidates

ROOMS = "CREATE TABLE rooms (id INTEGER PRIMARY KEY, house_id INTEGER);\n"
HOUSES = "CREATE TABLE houses (id INTEGER PRIMARY KEY, street TEXT);\n"
MODELS = """
from django.db import models

class House(models.Model):
    street = models.CharField(max_length=9)
"""


@pytest.fixture
def top(tmp_path: Path) -> Path:
    folder = tmp_path / "top"
    folder.mkdir()
    return folder


def put(path: Path, text: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)
    return path


def database(path: Path, text: str) -> Path:
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript(text)
    return path


def schema_at(top: Path, query: str = "query.sql", *, patient: bool = True) -> Schema:
    found._search.cache_clear()
    return schema_for(str(top / query), (str(top),), patient=patient)


def columns(schema: Schema, table: str) -> list[str]:
    known = schema.table(table)
    return [column.name for column in known.columns] if known else []


def test_nothing_is_found(top: Path) -> None:
    put(top / "query.sql", "SELECT 1")
    assert schema_at(top) == NO_SCHEMA


@pytest.mark.parametrize("place", ["schema.sql", "db/schema.sql", "migrations/001_first.sql", "sql/tables.ddl"])
@pytest.mark.parametrize("query", ["query.sql", "reports/deep/query.sql"])
def test_a_single_ddl_file_is_the_whole_schema(top: Path, place: str, query: str) -> None:
    put(top / place, ROOMS)
    schema = schema_at(top, query)
    assert columns(schema, "rooms") == ["id", "house_id"]
    assert schema.closed
    assert schema.origin == str(top / place)


def test_ddl_elsewhere_may_be_a_part(top: Path) -> None:
    put(top / "examples" / "schema.sql", ROOMS)
    assert not schema_at(top, "reports/query.sql").closed
    assert schema_at(top, "examples/query.sql").closed


@pytest.mark.parametrize(
    "text",
    [
        "CREATE TABLE rooms (id INT, house_id INT REFERENCES houses (id));",
        "CREATE TABLE rooms (id INT, house_id INT);\nCREATE TABLE broken (x int y z;",
    ],
)
def test_ddl_that_is_not_all_of_it_is_not_closed(top: Path, text: str) -> None:
    put(top / "schema.sql", text)
    schema = schema_at(top)
    assert columns(schema, "rooms") == ["id", "house_id"]
    assert not schema.closed


def test_several_ddl_files_are_joined_and_prove_nothing(top: Path) -> None:
    put(top / "a" / "rooms.sql", ROOMS)
    put(top / "b" / "houses.sql", HOUSES)
    put(top / "c" / "more.sql", "CREATE TABLE rooms (id INT, colour TEXT);")
    schema = schema_at(top)
    assert columns(schema, "rooms") == ["id", "house_id", "colour"]
    assert columns(schema, "houses") == ["id", "street"]
    assert not schema.closed


def test_migrations_run_in_the_order_of_their_numbers_without_those_that_undo(top: Path) -> None:
    folder = top / "migrations"
    put(folder / "2_add.sql", "ALTER TABLE rooms ADD COLUMN floor INTEGER;")
    put(folder / "1_rooms.up.sql", ROOMS)
    put(folder / "1_rooms.down.sql", "DROP TABLE rooms;")
    put(folder / "10_rename.sql", "ALTER TABLE rooms RENAME COLUMN floor TO level;")
    schema = schema_at(top)
    assert columns(schema, "rooms") == ["id", "house_id", "level"]
    assert schema.closed


def test_a_query_file_is_no_ddl_of_its_own_but_of_its_neighbours(top: Path) -> None:
    put(top / "query.sql", ROOMS + "SELECT id FROM rooms;")
    assert schema_at(top) == NO_SCHEMA
    assert columns(schema_at(top, "other.sql"), "rooms") == ["id", "house_id"]


def test_an_sqlite_file_beside_the_query_comes_before_that_of_the_workspace(top: Path) -> None:
    database(top / "all.db", HOUSES)
    (top / "reports").mkdir()
    assert columns(schema_at(top, "reports/query.sql"), "houses") == ["id", "street"]
    database(top / "reports" / "rooms.sqlite3", ROOMS)
    schema = schema_at(top, "reports/query.sql")
    assert [table.name for table in schema.tables] == ["rooms"]
    assert (schema.dialect, schema.closed) == ("sqlite", True)


def test_an_sqlite_file_and_the_ddl_it_was_made_of(top: Path) -> None:
    database(top / "shop.db", ROOMS + HOUSES)
    put(top / "schema.sql", ROOMS)
    schema = schema_at(top)
    assert (schema.closed, schema.dialect, len(schema.tables)) == (True, "sqlite", 2)
    put(top / "schema.sql", "CREATE TABLE other (id INT);")
    assert not schema_at(top).closed


def test_what_is_no_database_and_what_is_empty_is_left_out(top: Path) -> None:
    put(top / "a.db", "no database")
    database(top / "b.db", "")
    database(top / "c.db", ROOMS)
    assert [table.name for table in schema_at(top).tables] == ["rooms"]


def test_a_locked_file_is_left_out_and_told(top: Path, caplog: pytest.LogCaptureFixture) -> None:
    path = database(top / "a.db", ROOMS)
    with closing(sqlite3.connect(path, isolation_level=None)) as writer:
        writer.execute("BEGIN EXCLUSIVE")
        assert schema_at(top) == NO_SCHEMA
    assert f"{path}: can't be read as an SQLite database: database is locked" in caplog.text
    assert [table.name for table in schema_at(top).tables] == ["rooms"]


def test_models_are_found_and_prove_nothing_about_other_tables(top: Path) -> None:
    put(top / "shop" / "models.py", MODELS)
    schema = schema_at(top)
    assert columns(schema, "shop_house") == ["id", "street"]
    assert not schema.closed


def test_folders_of_others_are_not_searched_and_files_that_are_too_large_are_not_read(top: Path) -> None:
    for folder in (".git", "node_modules/x", ".venv/lib", "venv", "site-packages"):
        put(top / folder / "schema.sql", ROOMS)
    put(top / "large.sql", ROOMS + "-" * MAX_BYTES)
    put(top / "/".join("abcdefghij") / "deep.sql", ROOMS)
    put(top / "template.sql", "CREATE TABLE {{ name }} (id INT)")
    assert schema_at(top) == NO_SCHEMA
    assert [os.path.basename(file.path) for file in candidates(str(top))] == ["template.sql"]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no named pipes here")
def test_pipes_links_and_folders_are_left_out(top: Path) -> None:
    for name in ("pipe.sql", "pipe.db", "manifest.json"):
        os.mkfifo(top / name)
    (top / "loop").symlink_to(top)
    (top / "gone.sql").symlink_to(top / "nowhere")
    (top / "folder.sql").mkdir()
    (top / "folder.db").mkdir()
    (top / "bytes.sql").write_bytes(b"CREATE TABLE \x00\xff (\xfe int")
    put(top / "schema.sql", ROOMS)
    assert columns(schema_at(top), "rooms") == ["id", "house_id"]


def test_the_higher_folders_are_searched_first(top: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for number in range(20):
        put(top / "a" / f"{number}.txt", "")
    put(top / "z.sql", ROOMS)
    monkeypatch.setattr("quickfix_ls.schema.workspace.MAX_FILES", 5)
    assert columns(schema_at(top), "rooms") == ["id", "house_id"]


def test_on_the_command_line_the_repository_is_searched(top: Path) -> None:
    (top / ".git").mkdir()
    put(top / "schema.sql", ROOMS)
    query = top / "reports" / "query.sql"
    assert columns(schema_for(str(query), (str(query.parent),)), "rooms") == ["id", "house_id"]
    assert schema_for(str(query), (str(query.parent),), patient=False) == NO_SCHEMA


def test_an_unchanged_workspace_gives_the_same_object_and_a_changed_one_another(top: Path) -> None:
    path, roots = put(top / "schema.sql", ROOMS), (str(top),)
    query = str(top / "query.sql")
    found._search.cache_clear()
    first = schema_for(query, roots, patient=False)
    assert schema_for(query, roots, patient=False) is first
    path.write_text(ROOMS.replace("house_id", "home"))
    assert columns(schema_for(query, roots, patient=False), "rooms") == ["id", "home"]
