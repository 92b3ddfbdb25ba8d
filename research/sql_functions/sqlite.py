"""SQLite's functions: names from `pragma_function_list`, numbers of arguments by preparing calls.

The package apsw brings the newest SQLite; without it, Python's own is asked.
"""

from __future__ import annotations

import importlib
from collections.abc import Callable
from typing import Any

from research.sql_functions.table import ANY, FunctionTable, unlisted

_MOST_TRIED = 9
_CERTAINLY_ANY = 40

_OTHER = (
    ("json_each", 1, 2),
    ("json_tree", 1, 2),
    ("jsonb_each", 1, 2),
    ("jsonb_tree", 1, 2),
    ("generate_series", 1, 3),
)
_WORDS = (
    ("raise", 1, 2),
    ("cast", 1, 1),
    ("current_date", 0, 0),
    ("current_time", 0, 0),
    ("current_timestamp", 0, 0),
    ("likelihood", 2, 2),
)
"""Functions that can't be called with numbers only."""
_LOADED = ("regexp", "readfile", "writefile", "sha3", "edit", "decimal", "base64", "uuid", "soundex")
"""Functions that not every SQLite has, those of its shell and of its loadable extensions: https://sqlite.org/src/file/ext/misc."""


def sqlite_functions() -> FunctionTable:
    """Return the table of SQLite's functions."""
    version, run = _engine()
    table = FunctionTable([f"SQLite {version}"])
    for name in sorted({row[0] for row in run("SELECT name FROM pragma_function_list")}):
        if not name.isidentifier():
            continue
        for count in (*range(_MOST_TRIED), _CERTAINLY_ANY):
            kind = _kind(run, name, count)
            if kind:
                table.add(kind, name, count, ANY if count == _CERTAINLY_ANY else count)
    for row in run("SELECT name FROM pragma_pragma_list"):
        table.add("table", f"pragma_{row[0]}", 0, ANY)
    unlisted(table, "table", _OTHER)
    unlisted(table, "scalar", ((name, 0, ANY) for name in _LOADED))
    unlisted(table, "scalar", _WORDS)
    table.hidden.update(name for name in table.kinds["scalar"] if name.startswith(("fts", "rtree", "sqlite_")))
    return table


def _kind(run: Callable[[str], list[Any]], name: str, count: int) -> str:
    """Return what a function is when it is called with so many arguments; empty if it can't be."""
    arguments = ", ".join(["1"] * count)
    if not _prepares(run, f"{name}({arguments})"):
        return "window" if _prepares(run, f"{name}({arguments}) OVER ()") else ""
    # An aggregate is misused in WHERE, and SQLite says so when the statement is prepared.
    return "aggregate" if not _prepares(run, f"1 WHERE {name}({arguments})") else "scalar"


def _prepares(run: Callable[[str], list[Any]], expression: str) -> bool:
    try:
        run(f"EXPLAIN SELECT {expression}")
    except Exception:  # apsw and sqlite3 have errors of their own
        return False
    return True


def _engine() -> tuple[str, Callable[[str], list[Any]]]:
    try:
        apsw = importlib.import_module("apsw")
    except ImportError:
        import sqlite3

        plain = sqlite3.connect(":memory:")
        return sqlite3.sqlite_version, lambda query: plain.execute(query).fetchall()
    connection = apsw.Connection(":memory:")
    return apsw.sqlite_lib_version(), lambda query: list(connection.execute(query))
