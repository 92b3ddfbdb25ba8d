"""What the statements of a file make of its tables, for the queries in it."""

from __future__ import annotations

from pathlib import Path

import pytest

from quickfix_ls.languages.language import FilePlace, head_of
from quickfix_ls.languages.sql.environment import environment_for
from quickfix_ls.problems import find_all
from tests.kit_sql import schema_of, sql_index

TABLE = "CREATE TABLE t (id BIGINT PRIMARY KEY, state TEXT);\n"


@pytest.mark.parametrize(
    ("change", "unknown"),
    [
        ("", ["stat", "note"]),
        ("ALTER TABLE t ADD COLUMN note TEXT;\n", ["stat"]),
        ("ALTER TABLE t ADD COLUMN note TEXT, ADD COLUMN stat TEXT;\n", []),
    ],
)
def test_columns_that_are_added_are_known_and_others_are_not(change: str, unknown: list[str]) -> None:
    index = sql_index(f"{TABLE}{change}SELECT stat FROM t;\nSELECT note FROM t;\n", "postgres")
    assert [problem.name for problem in find_all(index)] == unknown


@pytest.mark.parametrize(
    ("head", "dialect"),
    [
        ("-- MySQL dump 10.13  Distrib 8.0.36\n", "mysql"),
        ("--\n-- PostgreSQL database dump\n--\n", "postgres"),
        ("-- dialect: duckdb\n-- MySQL dump 10.13\n", "duckdb"),
        ("-- nothing\n", ""),
    ],
)
def test_the_first_lines_of_a_dump_tell_its_dialect(tmp_path: Path, head: str, dialect: str) -> None:
    path = tmp_path / "dump.sql"
    path.write_text(head)
    assert environment_for(FilePlace(str(path), head=head_of(head))).dialect == dialect


def test_a_column_behind_in_is_a_table_to_sqlite() -> None:
    found = find_all(sql_index("SELECT id FROM t WHERE id IN state;\n", "sqlite", schema_of(t="id state")))
    assert [(problem.code, problem.name) for problem in found] == [("UnknownTable", "state")]


def unknown(text: str) -> list[str]:
    return [problem.name for problem in find_all(sql_index(text, "sqlite"))]


def test_a_table_that_is_created_twice_may_have_either_s_columns() -> None:
    twice = "CREATE TABLE t (a INT);\nCREATE TABLE t (b INT);\nSELECT a, b FROM t;\n"
    assert unknown(twice) == []
    assert unknown(twice.replace("(b INT)", "(a INT)")) == ["b"]


def test_a_table_that_is_changed_may_have_further_columns() -> None:
    assert unknown("CREATE TABLE t (a INT);\nALTER TABLE t ADD COLUMN b INT;\nSELECT a, b FROM t;\n") == []


def test_the_columns_of_an_upsert_are_those_of_its_table() -> None:
    insert = "INSERT INTO t (a, b) VALUES (1, 2) ON CONFLICT (a) DO UPDATE SET b = excluded.b WHERE b > 1;\n"
    for dialect in ("sqlite", "postgres"):
        text = f"CREATE TABLE t (a INT PRIMARY KEY, b INT);\n{insert}"
        assert find_all(sql_index(text, dialect)) == []
