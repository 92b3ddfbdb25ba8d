"""The engines: each function runs all statements and yields what it says about those that it refuses."""

from __future__ import annotations

import importlib
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from research.sql_messages.cases import STATEMENTS, TABLES

Row = dict[str, Any]
Recording = tuple[str, list[Row]]
"""The name of a tool with its version, and its messages: `case`, `statement`, `message`, and what else it gives."""


def sqlite() -> Recording:
    """Record Python's own SQLite."""
    import sqlite3

    connection = sqlite3.connect(":memory:")
    _create(connection.execute)
    return f"SQLite {sqlite3.sqlite_version}", list(_refused(connection.execute))


def duckdb() -> Recording:
    """Record DuckDB."""
    engine = importlib.import_module("duckdb")
    connection = engine.connect()
    _create(connection.execute)
    return f"DuckDB {engine.__version__}", list(_refused(connection.execute))


def postgres(address: str) -> Recording:
    """Record PostgreSQL at an address of libpq's (`host=... user=...`); the tables are temporary."""
    psycopg = importlib.import_module("psycopg")
    with psycopg.connect(address, autocommit=True) as connection:
        _create(lambda statement: connection.execute(statement.replace("CREATE TABLE", "CREATE TEMPORARY TABLE")))
        version = connection.execute("SHOW server_version").fetchone()[0].split()[0]
        return f"PostgreSQL {version}", list(_refused(connection.execute, lambda error: {"code": error.sqlstate}))


def mariadb(socket: str) -> Recording:
    """Record MariaDB at a Unix socket, as root; it gets a database `shop`. Needs PyMySQL."""
    connection = importlib.import_module("pymysql").connect(unix_socket=socket, user="root")
    cursor = connection.cursor()
    for statement in ("CREATE OR REPLACE DATABASE shop", "USE shop", "SET sql_mode = 'ONLY_FULL_GROUP_BY'"):
        cursor.execute(statement)
    _create(lambda statement: cursor.execute(statement.replace('"', "`")))
    cursor.execute("SELECT version()")
    version = cursor.fetchone()[0].partition("-")[0]
    return f"MariaDB {version}", list(_refused(cursor.execute, lambda error: {"code": str(error.args[0])}, _second))


def spark() -> Recording:
    """Record Spark with one thread. Needs PySpark and a Java runtime."""
    sql = importlib.import_module("pyspark.sql")
    with TemporaryDirectory() as folder:
        options = {
            "spark.ui.enabled": "false",
            "spark.driver.host": "127.0.0.1",
            "spark.driver.bindAddress": "127.0.0.1",
            "spark.sql.warehouse.dir": str(Path(folder, "tables")),
        }
        builder = sql.SparkSession.builder.master("local[1]")
        for key, value in options.items():
            builder = builder.config(key, value)
        session = builder.getOrCreate()
        session.sparkContext.setLogLevel("OFF")
        try:
            _create(lambda statement: session.sql(f"{statement.replace(chr(34), '`')} USING parquet"))
            return f"Spark {session.version}", list(_refused(session.sql, message=_without_plan))
        finally:
            session.stop()


def _create(run: Callable[[str], Any]) -> None:
    for name, columns in TABLES.items():
        run(f"CREATE TABLE {name} ({columns})")


def _refused(
    run: Callable[[str], Any],
    more: Callable[[Any], Row] = lambda error: {},
    message: Callable[[Exception], str] = str,
) -> Iterator[Row]:
    for case, statement in STATEMENTS.items():
        try:
            run(statement)
        except Exception as error:  # every driver has errors of its own
            yield {"case": case, "statement": statement, "message": message(error), **more(error)}


def _second(error: Exception) -> str:
    """Return the text of an error that holds a number and a text."""
    return str(error.args[1])


def _without_plan(error: Exception) -> str:
    """Return Spark's message without the plan of the query behind it."""
    return re.split(r";\n(?='?[A-Z]\w* )|\n\tat ", str(error))[0]
