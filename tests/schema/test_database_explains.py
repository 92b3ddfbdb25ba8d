"""A database is asked about queries that can only read; nothing else is sent, and would leave no trace if it was."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from quickfix_ls.schema.explain import engine_of, explain
from quickfix_ls.schema.explain.harmless import refusal
from tests.postgres_server import PostgresServer

HOSTILE = json.loads(Path(__file__).with_name("hostile_sql.json").read_text(encoding="utf-8"))
TABLES = """
CREATE TABLE customers (id integer PRIMARY KEY, name varchar(20));
CREATE TABLE orders (id integer PRIMARY KEY, customer_id integer, total integer);
INSERT INTO customers VALUES (1, 'Ada');
INSERT INTO orders VALUES (1, 1, 5), (2, 1, 7);
"""
SEQUENCE = "CREATE SEQUENCE numbers; SELECT nextval('numbers');"
WRECKING = """
CREATE FUNCTION wreck() RETURNS integer LANGUAGE plpgsql AS $$ BEGIN DELETE FROM orders; RETURN 1; END $$;
CREATE FUNCTION wreck(orders) RETURNS integer LANGUAGE plpgsql AS $$ BEGIN DELETE FROM orders; RETURN 1; END $$;
CREATE FUNCTION steady() RETURNS integer LANGUAGE plpgsql IMMUTABLE
    AS $$ BEGIN PERFORM nextval('numbers'); RETURN 1; END $$;
CREATE FUNCTION lower(integer) RETURNS integer LANGUAGE plpgsql IMMUTABLE
    AS $$ BEGIN PERFORM nextval('numbers'); RETURN 1; END $$;
CREATE DOMAIN wrecking AS integer CHECK (steady() > value);
CREATE PROCEDURE wrecker() LANGUAGE plpgsql AS $$ BEGIN DELETE FROM orders; END $$;
"""
SECONDS = 5.0

hostile_frame = [1, 2, 3]

Trace = dict[str, Any]
"""All that a statement could have changed."""


class Database:
    """A database in a folder: its `url`, and `state()`, all of its contents."""

    def __init__(self, url: str, folder: Path, state: Callable[[], Trace], run: Callable[[str], None]) -> None:
        self.url, self.folder, self._state, self.run = url, folder, state, run

    def state(self) -> Trace:
        return {**self._state(), "files": sorted(one.name for one in self.folder.iterdir())}


def _folder(tmp_path: Path) -> Path:
    tmp_path.joinpath("secret.csv").write_text("a\n1\n")
    tmp_path.chmod(0o777)
    return tmp_path


@pytest.fixture
def sqlite(tmp_path: Path) -> Database:
    path = _folder(tmp_path) / "shop.db"

    def run(statements: str) -> None:
        with closing(sqlite3.connect(path)) as connection:
            connection.executescript(statements)

    run(TABLES)
    return Database(f"sqlite:///{path}", tmp_path, lambda: {"bytes": path.read_bytes()}, run)


@pytest.fixture
def duckdb(tmp_path: Path) -> Database:
    engine = pytest.importorskip("duckdb", reason="the package duckdb is not installed")
    path = _folder(tmp_path) / "shop.duckdb"

    def run(statements: str) -> None:
        with engine.connect(str(path)) as connection:
            connection.execute(statements).fetchall()

    def state() -> Trace:
        with engine.connect(str(path), read_only=True) as connection:
            rows = [connection.execute(f"SELECT * FROM {table}").fetchall() for table in ("orders", "customers")]
            numbers = connection.execute("SELECT last_value FROM duckdb_sequences()").fetchall()
            objects = connection.execute("SELECT table_name, column_name FROM duckdb_columns()").fetchall()
            macros = connection.execute("SELECT function_name FROM duckdb_functions() WHERE NOT internal").fetchall()
        return {"rows": rows, "numbers": numbers, "objects": sorted(objects), "macros": macros}

    run(TABLES + SEQUENCE + "CREATE MACRO wreck_macro() AS nextval('numbers');")
    return Database(f"duckdb:///{path}", tmp_path, state, run)


@pytest.fixture
def postgres_shop(postgres: PostgresServer, tmp_path: Path) -> Database:
    psycopg = pytest.importorskip("psycopg")
    name = postgres.new_database(TABLES + SEQUENCE + WRECKING)
    for folder in (_folder(tmp_path), *list(tmp_path.parents)[:2]):
        folder.chmod(0o777)

    def ask(query: str) -> list[Any]:
        with psycopg.connect(postgres.url(name).replace("+psycopg", "")) as connection:
            rows: list[Any] = connection.execute(query).fetchall()
        return rows

    def state() -> Trace:
        objects = "SELECT relname, relkind FROM pg_class WHERE relnamespace = 'public'::regnamespace ORDER BY 1"
        return {
            "rows": ask("SELECT * FROM orders ORDER BY id"),
            "numbers": ask("SELECT last_value FROM numbers"),
            "objects": ask(objects),
            "columns": ask("SELECT attname FROM pg_attribute WHERE attrelid = 'orders'::regclass ORDER BY attnum"),
            "functions": ask("SELECT proname FROM pg_proc WHERE pronamespace = 'public'::regnamespace ORDER BY 1"),
            "large": ask("SELECT count(*) FROM pg_largeobject_metadata"),
            "grants": ask("SELECT relacl::text FROM pg_class WHERE relname = 'orders'"),
            "transactions": ask("SELECT xact_commit >= 0 FROM pg_stat_database LIMIT 1"),
        }

    return Database(postgres.url(name), tmp_path, state, lambda text: postgres.execute(name, text))


@pytest.fixture
def shop(request: pytest.FixtureRequest) -> Database:
    database: Database = request.getfixturevalue(request.param)
    return database


FIXTURES = {"sqlite": "sqlite", "duckdb": "duckdb", "postgres": "postgres_shop"}
EACH = pytest.mark.parametrize("shop", FIXTURES.values(), ids=FIXTURES, indirect=True)


def _hostile_to(database: Database) -> list[tuple[str, bool]]:
    """The hostile statements for a database, and whether they can be recognized without it."""
    engine = engine_of(database.url)
    assert engine is not None
    rows = [row for row in HOSTILE if row["engine"] == engine.dialect]
    assert len(rows) >= 50
    return [(row["sql"].replace("{folder}", str(database.folder)), row.get("recognizable", True)) for row in rows]


def test_the_list_is_long() -> None:
    assert len({row["sql"] for row in HOSTILE}) >= 150


@pytest.mark.parametrize("row", HOSTILE, ids=lambda row: f"{row['engine']}: {row['sql'][:60]}")
def test_hostile_statements_are_recognized_by_their_text(row: dict[str, Any]) -> None:
    assert bool(refusal(row["sql"], row["engine"])) == row.get("recognizable", True)


@EACH
def test_hostile_statements_are_refused(shop: Database) -> None:
    before = shop.state()
    for statement, is_recognizable in _hostile_to(shop):
        found = explain(shop.url, statement, SECONDS)
        assert found.state == "refused" or not is_recognizable, (statement, found)
    assert shop.state() == before


@EACH
def test_hostile_statements_leave_no_trace_even_if_they_are_sent(shop: Database) -> None:
    engine = engine_of(shop.url)
    assert engine is not None
    before = shop.state()
    for statement, _ in _hostile_to(shop):
        engine.explain(shop.url, statement, SECONDS)
        assert shop.state() == before, statement


@EACH
def test_the_trace_would_be_seen(shop: Database) -> None:
    before = shop.state()
    shop.run("UPDATE orders SET total = 0")
    assert shop.state() != before
    before = shop.state()
    shop.run("CREATE VIEW seen AS SELECT * FROM orders")
    assert shop.state() != before
    if not shop.url.startswith("sqlite"):
        before = shop.state()
        shop.run("SELECT nextval('numbers')")
        assert shop.state() != before


@EACH
@pytest.mark.parametrize(
    "query",
    [
        "SELECT name FROM customers",
        "select c.name, sum(o.total) from customers c join orders o on o.customer_id = c.id group by c.name;",
        "WITH big AS (SELECT * FROM orders WHERE total > 5) SELECT count(*), avg(total) FROM big",
        "SELECT id FROM orders UNION SELECT id FROM customers ORDER BY 1 LIMIT 3",
        "SELECT CASE WHEN total BETWEEN 1 AND 5 THEN upper('few') ELSE NULL END FROM orders -- all of them",
        "SELECT rank() OVER (PARTITION BY customer_id ORDER BY total DESC) FROM orders",
        "SELECT CAST(total AS varchar(9)) || 'x', coalesce(total, 0) FROM orders WHERE NOT EXISTS (SELECT 1)",
        "SELECT \"name\" FROM customers WHERE name LIKE '%;%' AND id IN (1, 2) AND name IS NOT NULL",
    ],
)
def test_queries_are_accepted(shop: Database, query: str) -> None:
    assert explain(shop.url, query, SECONDS) == ("accepted", "")


@EACH
@pytest.mark.parametrize(
    ("query", "name"),
    [
        ("SELECT nmae FROM customers", "nmae"),
        ("SELECT name FROM custmers", "custmers"),
        ("SELECT c.total FROM customers c JOIN orders o ON c.id = o.id", "total"),
        ('SELECT "nmae" FROM customers', "nmae"),
        ("SELECT name FROM customers WHERE exists (SELECT 1 FROM orders WHERE customer = 1)", "customer"),
    ],
)
def test_wrong_names_are_rejected_in_the_words_of_the_database(shop: Database, query: str, name: str) -> None:
    found = explain(shop.url, query, SECONDS)
    assert found.state == "rejected"
    assert name in found.reason


@EACH
@pytest.mark.parametrize(
    "query", ["SELECT id FROM orders WHERE sum(total) > 1", "SELECT 1 FROM orders GROUP BY 1, total, nix"]
)
def test_other_errors_are_rejected(shop: Database, query: str) -> None:
    assert explain(shop.url, query, SECONDS).state == "rejected"


def test_locked_tables_are_waited_for_a_limited_time(postgres_shop: Database) -> None:
    import psycopg

    with psycopg.connect(postgres_shop.url.replace("+psycopg", "")) as holder:
        holder.execute("LOCK TABLE orders IN ACCESS EXCLUSIVE MODE")
        assert explain(postgres_shop.url, "SELECT total FROM orders", 0.2).state == "unknown"


def test_an_account_that_can_only_read_suffices(postgres_shop: Database) -> None:
    postgres_shop.run("CREATE ROLE reader LOGIN; GRANT SELECT ON customers TO reader")
    url = postgres_shop.url.replace("postgres@", "reader@")
    assert explain(url, "SELECT name FROM customers", SECONDS).state == "accepted"
    assert explain(url, "SELECT nmae FROM customers", SECONDS).state == "rejected"


def test_a_locked_file_is_waited_for_a_limited_time(sqlite: Database) -> None:
    with closing(sqlite3.connect(sqlite.url.removeprefix("sqlite:///"), isolation_level=None)) as holder:
        holder.execute("BEGIN EXCLUSIVE")
        assert explain(sqlite.url, "SELECT total FROM orders", 0.2).state == "unknown"


@pytest.mark.parametrize(
    "url",
    [
        "sqlite:////nowhere/shop.db",
        "duckdb:////nowhere/shop.duckdb",
        "postgresql+psycopg://user:pass-word@/shop?host=/nowhere",
        "mysql://user:pass-word@localhost/shop",
        "",
    ],
)
def test_a_database_that_cannot_be_asked_is_unknown_and_its_url_is_not_told(url: str) -> None:
    found = explain(url, "SELECT 1", 1.0)
    assert found.state == "unknown"
    assert "pass-word" not in found.reason
    assert "nowhere" not in found.reason


@pytest.mark.parametrize(
    "statement",
    [
        "",
        ";",
        "SELECT 1\0",
        f"SELECT {'(' * 3000}1{')' * 3000}",
        f"SELECT {'1 + ' * 3000} 1",
        "SELECT" + " " * 60_000,
    ],
    ids=lambda statement: f"{len(statement)} characters",
)
@pytest.mark.parametrize("dialect", FIXTURES)
def test_odd_texts_are_refused(statement: str, dialect: str) -> None:
    assert refusal(statement, dialect)
