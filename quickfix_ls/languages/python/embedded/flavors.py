"""The dialect that a query in a Python file is written in, by the function that takes it and the file's imports."""

from __future__ import annotations

import re
from functools import lru_cache

_BY_CALLEE = {"spark": "spark", "duckdb": "duckdb", "sqlite3": "sqlite", "bigquery": "bigquery"}
_BY_MODULE = {
    "sqlite3": "sqlite", "aiosqlite": "sqlite", "duckdb": "duckdb", "psycopg": "postgres", "psycopg2": "postgres",
    "asyncpg": "postgres", "pg8000": "postgres", "pymysql": "mysql", "MySQLdb": "mysql", "mysql": "mysql",
    "pyspark": "spark", "snowflake": "snowflake", "databricks": "databricks", "pyodbc": "tsql", "pymssql": "tsql",
    "oracledb": "oracle", "cx_Oracle": "oracle", "clickhouse_driver": "clickhouse", "clickhouse_connect": "clickhouse",
    "trino": "trino",
}  # fmt: skip
_IMPORTED = re.compile(r"^[ \t]*(?:import|from)[ \t]+(\w+)", re.MULTILINE)


def flavor_of(text: str, callee: str) -> str:
    """Return the dialect of a query that `callee` takes (`spark.sql`), empty if the file does not tell."""
    head = callee.partition(".")[0].strip()
    return _BY_CALLEE.get(head) or _by_imports(text)


@lru_cache(maxsize=8)
def _by_imports(text: str) -> str:
    """Return the one dialect of the drivers that a file imports; empty if there are none, or several."""
    found = {_BY_MODULE[name] for name in _IMPORTED.findall(text) if name in _BY_MODULE}
    return found.pop() if len(found) == 1 else ""
