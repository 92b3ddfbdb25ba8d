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
