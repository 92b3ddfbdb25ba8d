"""Ruff: undefined names and syntax errors. It infers no types and reads no other file."""

from __future__ import annotations

import json
from collections.abc import Iterator

from quickfix_ls.checkers.checker import Checker, ToolDiagnostic
from quickfix_ls.languages.python.checkers.table_rows import row, type_row

_ROWS = (
    row("NameError", "F821", "undefined-name", message=r"Undefined name `(?P<name>\w+)`"),
    type_row(
        "UnboundLocalError", "F823", "undefined-local", message=r"Local variable `(?P<name>\w+)` referenced before"
    ),
    row("SyntaxError", "invalid-syntax", "E999", ""),
)


def _read(output: str) -> Iterator[ToolDiagnostic]:
    for entry in json.loads(output):
        start, end = entry["location"], entry["end_location"]
        yield ToolDiagnostic(
            entry["message"],
            entry["code"] or "",
            (start["row"] - 1, start["column"] - 1),
            (end["row"] - 1, end["column"] - 1),
        )


CHECKERS = (
    Checker(
        "ruff",
        frozenset({"ruff"}),
        _ROWS,
        # Rules for errors, independent of style: syntax errors, code that is always wrong, undefined names.
        (
            "ruff",
            "check",
            "--isolated",
            "--no-cache",
            "--select=E9,F63,F7,F82",
            "--target-version=py{major}{minor}",
            "--output-format=json",
        ),
        _read,
    ),
)
