"""`evaluate` on rows of SQL: schemas beside the data, and SQLite's judgement of the first offers."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from quickfix_ls.errors import UsageError
from quickfix_ls.training.evaluate import evaluate
from quickfix_ls.training.rows import Row, read_source
from quickfix_ls.training.subjects.sql import is_equal, schema_of, verdicts

SCHEMAS = {"hotels": {"rooms": {"room_id": "INTEGER", "price": "REAL", "name": "TEXT"}}}
TYPO = {
    "id": "sql_errors-typo",
    "lang": "sql",
    "kind": "sql",
    "broken": "SELECT pricee FROM rooms WHERE name = 'x'",
    "fixed": "SELECT DISTINCT T1.price FROM rooms AS T1 WHERE T1.name = 'x'",
    "near": "select price from rooms where name = 'x';",
    "near_tokens": 1,
    "error": "no such column: pricee",
    "error_type": "no_such_column",
    "line": 1,
    "edit_tokens": 12,
    "schema_id": "hotels",
    "dialect": "sqlite",
    "group": "hotels",
}
VALID = {
    "id": "sql_valid-1",
    "lang": "sql",
    "text": "SELECT price FROM rooms",
    "schema_id": "hotels",
    "dialect": "sqlite",
}
INVALID = {"id": "invalid_sql-1", "lang": "sql", "text": "SELECT FROM x ORDER BY", "origin": "test"}


def written(folder: Path, *rows: dict[str, Any], schemas: object = SCHEMAS) -> Path:
    (folder / "sql_schemas.json").write_text(json.dumps(schemas), encoding="utf-8")
    path = folder / "data.jsonl"
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return path


def test_a_report_of_sql(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    data, out = written(tmp_path, TYPO, VALID, INVALID), tmp_path / "report.json"
    assert evaluate([data], selector="first", json_out=out) == 0

    (source,) = json.loads(out.read_text(encoding="utf-8"))["sources"]
    assert [group["error_type"] for group in source["verdicts"]] == ["all", "no_such_column"]
    passed = source["verdicts"][0]["passed"]
    assert {name: (share["count"], share["of"]) for name, share in passed.items()} == dict.fromkeys(
        ("accepted", "equals near", "prepares", "resolves", "confined"), (1, 1)
    )
    assert source["groups"][0]["exact"]["count"] == 1
    assert source["texts"]["n"] == 2
    assert "first offers by the type of error" in capsys.readouterr().out


def test_rows_have_their_schema_and_the_nearest_accepted_text(tmp_path: Path) -> None:
    (row,) = read_source(written(tmp_path, TYPO)).rows
    assert (row.fixed, row.edit_tokens, row.plain) == (TYPO["near"], 1, False)
    assert [table.name for table in schema_of(row).tables] == ["rooms"]


def test_schemas_from_another_file(tmp_path: Path) -> None:
    data = written(tmp_path, TYPO, schemas={})
    other = tmp_path / "other.json"
    other.write_text(json.dumps(SCHEMAS), encoding="utf-8")
    assert not schema_of(read_source(data).rows[0]).tables
    assert schema_of(read_source(data, schemas=other).rows[0]).tables
    with pytest.raises(UsageError, match=r"missing\.json: can't be read as schemas"):
        read_source(data, schemas=tmp_path / "missing.json")


@pytest.mark.parametrize(
    ("text", "passed"),
    [
        ("select price from rooms where name = 'x'", {"accepted", "equals near", "prepares", "resolves", "confined"}),
        ("SELECT room_id FROM rooms WHERE name = 'x'", {"accepted", "prepares", "resolves", "confined"}),
        ("SELECT price FROM rooms", {"prepares", "resolves"}),
        ("SELECT \"pricee\" FROM rooms WHERE name = 'x'", {"prepares", "confined"}),
        ("SELECT pric FROM rooms WHERE name = 'x'", {"confined"}),
        (None, set()),
    ],
)
def test_verdicts(tmp_path: Path, text: str | None, passed: set[str]) -> None:
    (row,) = read_source(written(tmp_path, TYPO)).rows
    assert isinstance(row, Row)
    judged = verdicts(row, text)
    assert {name for name, is_passed in judged.items() if is_passed} == passed
    assert set(judged) == {"accepted", "equals near", "prepares", "resolves", "confined"}


@pytest.mark.parametrize(
    ("text", "other", "equal"),
    [
        ("SELECT a FROM t", "select  A\nfrom T;", True),
        ("SELECT `Home Town` FROM t", 'SELECT "home town" FROM t', True),
        ("SELECT a FROM t WHERE b = 'x'", "SELECT a FROM t WHERE b = 'X'", False),
        ("SELECT a FROM t WHERE b = 'x'", 'SELECT a FROM t WHERE b = "x"', False),
        ("SELECT a FROM t -- why", "SELECT a FROM t", True),
    ],
)
def test_equality_by_tokens(text: str, other: str, equal: bool) -> None:
    assert is_equal(text, other) is equal
