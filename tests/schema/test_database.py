"""The schemas of real databases, PostgreSQL and DuckDB: what is read, how it is kept, and that no message tells a
password."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import duckdb
import keyring
import pytest
from keyring.backend import KeyringBackend

from quickfix_ls.errors import SchemaError
from quickfix_ls.schema import reflection, schema_cache
from quickfix_ls.schema.connection import connected, dialect_of_url, url_of, with_password
from quickfix_ls.schema.database import read_database
from quickfix_ls.schema.reflection import age_of, read_anew, reflected
from quickfix_ls.schema.schema_cache import Cached
from quickfix_ls.schema.schema_file import read_schema_file
from quickfix_ls.schema.sources import schema_for, url_for
from quickfix_ls.schema.tables import Column, ForeignKey, Schema
from quickfix_ls.settings import Settings
from tests.postgres_server import PostgresServer

SHOP = """
CREATE TABLE customers (id serial PRIMARY KEY, "fullName" varchar(20), tags text[]);
CREATE SCHEMA sales;
CREATE TABLE sales.orders (id integer, line integer, customer_id integer REFERENCES customers (id),
    PRIMARY KEY (id, line));
CREATE VIEW big AS SELECT id, customer_id AS customer FROM sales.orders;
CREATE MATERIALIZED VIEW counts AS SELECT count(*) AS n FROM customers;
CREATE FUNCTION Area_Of(a integer) RETURNS integer AS 'SELECT a' LANGUAGE sql;
INSERT INTO customers ("fullName") VALUES ('secret person');
"""
SECRET = "s3cr3t"


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A cache folder of the test's own, and no memory of what was read."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    reflection._values.cache_clear()
    reflection._changed.clear()
    return tmp_path / "cache" / "quickfix-ls" / "schemas"


@pytest.fixture
def shop(postgres: PostgresServer, cache: Path) -> Iterator[str]:
    yield postgres.url(postgres.new_database(SHOP), password=SECRET)
    reflection._values.cache_clear()


def names(schema: Schema) -> list[str]:
    return [f"{table.namespace}.{table.name}".strip(".") for table in schema.tables]


def test_postgres(shop: str) -> None:
    schema = read_database(shop)
    assert sorted(names(schema)) == ["big", "counts", "customers", "sales.orders"]
    customers, orders = schema.table("customers"), schema.table("orders", "sales")
    assert customers is not None
    assert orders is not None
    assert customers.columns == (Column("id", "INTEGER"), Column("fullName", "VARCHAR(20)"), Column("tags", "TEXT[]"))
    assert orders.primary_key == ("id", "line")
    assert orders.foreign_keys == (ForeignKey(("customer_id",), "customers", ("id",)),)
    assert (schema.functions, schema.dialect, schema.closed) == ({"area_of"}, "postgres", True)
    assert schema.read_at is not None
    assert "secret person" not in repr(schema)
    assert SECRET not in repr(schema)


def test_a_connection_cannot_write(shop: str) -> None:
    from sqlalchemy import text

    with pytest.raises(SchemaError, match="cannot execute INSERT in a read-only transaction"), connected(shop) as one:
        one.execute(text("INSERT INTO customers (id) VALUES (7)"))


def test_what_was_read_is_kept_for_the_user_alone_and_without_the_password(shop: str, cache: Path) -> None:
    schema = read_anew(shop)
    (file,) = cache.iterdir()
    assert SECRET not in file.read_text()
    assert os.name != "posix" or file.stat().st_mode & 0o077 == 0
    kept = schema_cache.cached(shop)
    assert kept is not None
    assert kept.schema == schema
    assert schema_cache.cached(shop + "&application_name=x") is None
    file.write_text("{}")
    assert schema_cache.cached(shop) is None


def test_a_database_that_cannot_be_reached_is_told_and_what_was_read_before_counts(shop: str, cache: Path) -> None:
    gone = shop.replace("@/test_", "@/gone_")
    assert reflected(gone, patient=True).schema is None
    assert "does not exist" in reflected(gone, patient=True).error
    schema = read_database(shop)
    for age, closed in ((60.0, True), (3 * 86400.0, False)):
        reflection._values.cache_clear()
        old = replace(schema, read_at=time.time() - age)
        schema_cache.keep(gone, Cached(old, 0.1))
        found = reflected(gone, patient=True)
        assert found.schema is not None
        assert "does not exist" in found.error
        assert SECRET not in found.error
        assert found.schema.closed == closed
        assert all(table.closed == closed for table in found.schema.tables)
    assert age_of(found.schema) == "3 days ago"


def test_in_an_editor_what_is_kept_counts_at_once_and_is_read_again_after_a_change(
    shop: str, postgres: PostgresServer
) -> None:
    schema = replace(read_anew(shop), tables=())
    schema_cache.keep(shop, Cached(schema, 0.1))
    assert reflected(shop, patient=False).schema == schema
    found = reflected(shop, patient=False, changed_at=time.time())
    deadline = time.monotonic() + 30
    while (found.schema is None or not found.schema.tables) and time.monotonic() < deadline:
        reflection._values(shop, False).now()
        found = reflected(shop, patient=False)
    assert found.schema is not None
    assert "customers" in names(found.schema)


def test_the_setting_and_the_comment_choose_the_database(
    shop: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "other.json").write_text('{"rooms": {"id": "INTEGER"}}')
    monkeypatch.setenv("SHOP_URL", shop)
    glob = f"{tmp_path}/reports/**"
    settings = Settings(databases=((glob, "SHOP_URL"), (f"{tmp_path}/**/rooms", str(tmp_path / "other.json"))))
    query = str(tmp_path / "reports" / "query.sql")
    assert "customers" in names(schema_for(query, settings=settings))
    assert url_for(query, settings) == shop
    assert names(schema_for(query, settings=settings, chosen="rooms")) == ["rooms"]
    assert names(schema_for(str(tmp_path / "query.sql"), settings=settings)) == []


def test_a_source_that_cannot_be_read_is_told_once(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    settings = Settings(databases=((f"{tmp_path}/**", f"postgresql://me:{SECRET}@127.0.0.1:1/shop"),))
    for _ in range(3):
        assert not schema_for(str(tmp_path / "query.sql"), settings=settings).tables
    assert caplog.text.count("postgresql://me:***@127.0.0.1:1/shop: connection failed") == 1
    assert SECRET not in caplog.text


def test_duckdb(tmp_path: Path) -> None:
    path = tmp_path / "shop.duckdb"
    with closing(duckdb.connect(str(path))) as connection:
        connection.execute(
            "CREATE TABLE customers (id INTEGER PRIMARY KEY, tags VARCHAR[]); CREATE SCHEMA sales;"
            "CREATE TABLE orders (id INTEGER, customer_id INTEGER REFERENCES customers (id));"
            "CREATE TABLE sales.lines (id INTEGER); CREATE MACRO Twice(x) AS 2 * x;"
            "CREATE VIEW big AS SELECT id AS number FROM orders; INSERT INTO customers VALUES (1, ['secret person']);"
        )
        with pytest.raises(SchemaError, match=r"shop\.duckdb: can't be read as a DuckDB database"):
            read_database(f"duckdb:///{path}")
    for schema in (read_database(f"duckdb:///{path}"), read_schema_file(str(path))):
        assert sorted(names(schema)) == ["big", "customers", "orders", "sales.lines"]
        customers, orders = schema.table("customers"), schema.table("orders")
        assert customers is not None
        assert orders is not None
        assert (customers.columns[1], customers.primary_key) == (Column("tags", "VARCHAR[]"), ("id",))
        assert orders.foreign_keys == (ForeignKey(("customer_id",), "customers", ("id",)),)
        assert (schema.functions, schema.dialect, schema.closed) == ({"twice"}, "duckdb", True)
        assert "secret person" not in repr(schema)


def test_a_view_of_duckdb_reads_nothing_outside_of_the_file(tmp_path: Path) -> None:
    (tmp_path / "rows.csv").write_text("a,b\n1,2\n")
    path = tmp_path / "shop.duckdb"
    with closing(duckdb.connect(str(path))) as connection:
        connection.execute(f"CREATE VIEW v AS SELECT * FROM read_csv('{tmp_path / 'rows.csv'}')")
    (tmp_path / "rows.csv").unlink()
    assert names(read_database(f"duckdb:///{path}")) == ["v"]


# -- URLs ----------------------------------------------------------------------------------------------------


def test_the_parts_of_a_url_in_the_environment() -> None:
    environ = {"SHOP": "mysql://${ME}:${WORD}@host/shop", "ME": "me", "WORD": "a/b@c"}
    assert url_of("SHOP", environ) == "mysql://me:a%2Fb%40c@host/shop"
    assert url_of("sqlite:///x.db", environ) == "sqlite:///x.db"


@pytest.mark.parametrize(
    ("environ", "reason"),
    [
        ({}, "the environment variable SHOP, which is to hold a database's URL, is not set"),
        ({"SHOP": SECRET}, "the environment variable SHOP, which is to hold a database's URL, holds no URL"),
        ({"SHOP": f"mysql://${{ME}}:{SECRET}@host/shop"}, "the environment variable ME is not set"),
    ],
)
def test_a_variable_that_is_missing_is_told(environ: dict[str, str], reason: str) -> None:
    with pytest.raises(SchemaError, match=reason) as told:
        url_of("SHOP", environ)
    assert SECRET not in str(told.value)


class Keyring(KeyringBackend):
    """A keyring in memory."""

    priority = 1

    def __init__(self, passwords: dict[tuple[str, str], str]) -> None:
        self.passwords = passwords

    def get_password(self, service: str, username: str) -> str | None:
        return self.passwords.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self.passwords[service, username] = password


def test_a_password_of_the_keyring() -> None:
    before = keyring.get_keyring()
    keyring.set_keyring(Keyring({("quickfix-ls", "mysql://me@host/shop"): "a b/c"}))
    try:
        with_password.cache_clear()
        assert with_password("mysql://me@host/shop") == "mysql://me:a%20b%2Fc@host/shop"
        for url in ("mysql://you@host/shop", "mysql://me:x@host/shop", "sqlite:///x.db", "mysql://host/shop@x"):
            assert with_password(url) == url
    finally:
        keyring.set_keyring(before)
        with_password.cache_clear()


@pytest.mark.parametrize(
    ("url", "dialect"),
    [
        ("postgresql+psycopg://host/x", "postgres"),
        ("postgres://host/x", "postgres"),
        ("mariadb+pymysql://host/x", "mysql"),
        ("mssql+pyodbc://host/x", "tsql"),
        ("snowflake://x", "snowflake"),
        ("bigquery://x", "bigquery"),
    ],
)
def test_the_dialect_of_a_url(url: str, dialect: str) -> None:
    assert dialect_of_url(url) == dialect


@pytest.mark.parametrize(
    ("url", "reason"),
    [
        (f"nonsense://me:{SECRET}@host/x", "SQLAlchemy's dialect nonsense is not installed$"),
        (f"snowflake://me:{SECRET}@host/x", "pip install snowflake-sqlalchemy"),
        (f"mysql://me:{SECRET}@host/x", "pymysql is not installed: pip install pymysql"),
        (f"postgresql://me:{SECRET}@127.0.0.1:1/x", "connection failed"),
        (f"postgresql://me:{SECRET}@[/x", "host"),
        (f"postgresql://me:{SECRET}@host:port/x", "port"),
        (f"postgresql://host/x?nonsense={SECRET}&password={SECRET}", "nonsense"),
    ],
)
def test_what_is_missing_is_told_without_the_password(url: str, reason: str) -> None:
    with pytest.raises(SchemaError, match=reason) as told:
        read_database(url)
    assert SECRET not in str(told.value).replace(f"nonsense={SECRET}", "")
    assert "\n" not in str(told.value)
