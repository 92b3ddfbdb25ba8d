"""The tables of built-in functions."""

from __future__ import annotations

import sqlite3
import subprocess
import sys

import pytest

from quickfix_ls.languages.sql.functions import ANY, accepts, catalogue_of, functions_of


def test_python_s_sqlite_has_no_function_that_the_table_lacks() -> None:
    rows = sqlite3.connect(":memory:").execute("SELECT name FROM pragma_function_list").fetchall()
    names = {name for (name,) in rows if name.isidentifier()}
    assert names
    assert not [name for name in names if catalogue_of("sqlite").is_unknown(name)]


def test_duckdb_has_no_function_that_the_table_lacks() -> None:
    duckdb = pytest.importorskip("duckdb")
    rows = duckdb.connect().execute("SELECT DISTINCT function_name FROM duckdb_functions()").fetchall()
    names = {name for (name,) in rows if name.replace("_", "").isalnum()}
    assert names
    assert not [name for name in names if catalogue_of("duckdb").is_unknown(name)]


@pytest.mark.parametrize(
    ("dialect", "name", "counts"),
    [
        ("sqlite", "substr", (2, 3)),
        ("sqlite", "concat", (1, ANY)),
        ("duckdb", "coalesce", (1, ANY)),
        ("duckdb", "lag", (1, 3)),
        ("postgres", "coalesce", (1, ANY)),
        ("postgres", "date_trunc", (2, 3)),
        ("postgres", "any_value", (1, 1)),
        ("postgres", "gen_random_uuid", (0, 0)),
    ],
)
def test_numbers_of_arguments(dialect: str, name: str, counts: tuple[int, int]) -> None:
    assert functions_of(dialect)[name] == counts


def test_an_aggregate_of_sqlite_is_told_by_its_number_of_arguments() -> None:
    sqlite = catalogue_of("sqlite")
    assert sqlite.is_aggregate("MAX", 1)
    assert not sqlite.is_aggregate("max", 2)
    assert not sqlite.is_aggregate("abs", 1)
    assert "row_number" in sqlite.windows


@pytest.mark.parametrize("dialect", ["sqlite", "duckdb", "postgres"])
def test_an_engine_s_table_is_complete(dialect: str) -> None:
    found = catalogue_of(dialect)
    assert found.is_unknown("coalesc")
    assert not found.is_unknown("st_area")
    assert not found.hidden & {"coalesce", "lower", "substring", "round", "now", "count", "length", "date", "abs"}
    assert "sum" in found.aggregates
    assert "sum" not in found.scalars


@pytest.mark.parametrize("dialect", ["mysql", "spark", "databricks", "snowflake", "bigquery", "tsql"])
def test_other_dialects_have_names_that_prove_nothing(dialect: str) -> None:
    found = catalogue_of(dialect)
    assert {"coalesce", "concat"} <= found.scalars.keys()
    assert "sum" in found.aggregates
    assert "row_number" in found.windows
    assert not found.is_unknown("coalesc")


def test_nothing_is_known_without_a_dialect() -> None:
    assert not functions_of("")
    assert not functions_of("no such dialect")
    assert not functions_of("../sqlite")


def test_an_unlimited_number_of_arguments() -> None:
    assert accepts((1, ANY), 50)
    assert not accepts((1, ANY), 0)
    assert not accepts((1, 2), 3)


def test_an_engine_s_table_is_read_without_sqlglot() -> None:
    code = (
        "import sys; from quickfix_ls.languages.sql.functions import functions_of; functions_of('postgres'); "
        "sys.exit('sqlglot' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
