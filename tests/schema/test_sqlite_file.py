"""The schema of an SQLite file: tables, views and keys; nothing is written, and what is no database is told."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from quickfix_ls.errors import SchemaError
from quickfix_ls.schema.sqlite_file import is_sqlite, read_only_uri, read_sqlite
from quickfix_ls.schema.tables import Column, ForeignKey

SHOP = """
CREATE TABLE customers (id INTEGER PRIMARY KEY, "full name" TEXT NOT NULL);
CREATE TABLE orders (
    id INTEGER, line INTEGER, customer_id INTEGER REFERENCES customers, total REAL,
    doubled REAL GENERATED ALWAYS AS (total * 2), PRIMARY KEY (line, id));
CREATE TABLE notes (a INTEGER, b INTEGER, FOREIGN KEY (b, a) REFERENCES orders (line, id));
CREATE VIEW big AS SELECT id, total AS amount FROM orders WHERE total > 100;
CREATE VIEW broken AS SELECT x FROM gone;
CREATE VIRTUAL TABLE texts USING fts5 (title, body);
INSERT INTO customers VALUES (1, 'secret person');
"""


@pytest.fixture
def shop(tmp_path: Path) -> Path:
    path = tmp_path / "shop #1?.db"
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript(SHOP)
    return path


def test_tables_views_and_keys(shop: Path) -> None:
    schema = read_sqlite(str(shop))
    tables = {table.name: table for table in schema.tables}
    assert (schema.dialect, schema.closed, schema.origin) == ("sqlite", True, str(shop))
    assert tables["customers"].columns == (Column("id", "INTEGER"), Column("full name", "TEXT"))
    orders = tables["orders"]
    assert [column.name for column in orders.columns] == ["id", "line", "customer_id", "total", "doubled"]
    assert orders.primary_key == ("line", "id")
    assert orders.foreign_keys == (ForeignKey(("customer_id",), "customers"),)
    assert tables["notes"].foreign_keys == (ForeignKey(("b", "a"), "orders", ("line", "id")),)
    assert [column.name for column in tables["big"].columns] == ["id", "amount"]
    assert [column.name for column in tables["texts"].columns][:2] == ["title", "body"]


def test_a_view_that_does_not_work_proves_nothing(shop: Path) -> None:
    broken = read_sqlite(str(shop)).table("broken")
    assert broken is not None
    assert not broken.closed


def test_no_row_is_read_and_nothing_is_written(shop: Path) -> None:
    before = shop.read_bytes()
    assert "secret person" not in repr(read_sqlite(str(shop)))
    assert shop.read_bytes() == before
    assert [path.name for path in shop.parent.iterdir()] == [shop.name]


def test_an_opened_file_cannot_be_written(shop: Path) -> None:
    with (
        closing(sqlite3.connect(read_only_uri(str(shop)), uri=True)) as connection,
        pytest.raises(sqlite3.OperationalError, match="readonly"),
    ):
        connection.execute("CREATE TABLE t (x)")


def test_a_locked_file_is_told(shop: Path) -> None:
    with closing(sqlite3.connect(shop, isolation_level=None)) as writer:
        writer.execute("BEGIN EXCLUSIVE")
        with pytest.raises(SchemaError, match=r"shop #1\?\.db: .*locked"):
            read_sqlite(str(shop))


@pytest.mark.parametrize("content", [b"no database", b"SQLite format 3\0" + b"\xff" * 200])
def test_a_file_that_is_no_database_is_told(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "x.db"
    path.write_bytes(content)
    assert is_sqlite(str(path)) == content.startswith(b"SQLite")
    with pytest.raises(SchemaError, match=r"x\.db: can't be read as an SQLite database"):
        read_sqlite(str(path))


def test_a_missing_file_is_told_and_not_made(tmp_path: Path) -> None:
    with pytest.raises(SchemaError, match="there is no such file"):
        read_sqlite(str(tmp_path / "missing.db"))
    assert not list(tmp_path.iterdir())
