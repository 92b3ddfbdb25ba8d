"""Ask a SQLite database whether it prepares a query.

The file is opened read-only, and SQLite asks us for every action of a statement while it prepares it: only reading of
columns and pure functions are permitted. `EXPLAIN` lists the program of the statement, which is not run.
"""

from __future__ import annotations

import re
import sqlite3
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from quickfix_ls.schema.explain.engine import ACCEPTED, Engine, Explained
from quickfix_ls.schema.explain.pure_functions import PURE_FUNCTIONS

_PREFIX = re.compile(r"sqlite(?:\+\w+)?:///")
_Permission = Callable[[int, str | None, str | None, str | None, str | None], int]
_STEPS = 1000
_OPERATORS = frozenset(("->", "->>", "glob", "like", "match", "regexp"))
_NOT_ABOUT_IT = re.compile(
    r"locked|interrupted|unable to open|malformed|not a database|disk I/O|readonly", re.IGNORECASE
)


def _explain(url: str, statement: str, seconds: float) -> Explained:
    """Prepare a query in the database of a URL like `sqlite:///shop.db`."""
    path = _PREFIX.sub("", url).partition("?")[0]
    if not Path(path).is_file():
        return Explained("unknown", "there is no such file")
    until = time.monotonic() + seconds
    read: set[str] = set()
    try:
        with closing(sqlite3.connect(f"{Path(path).absolute().as_uri()}?mode=ro", seconds, uri=True)) as connection:
            connection.execute("PRAGMA query_only = ON")
            connection.execute("PRAGMA trusted_schema = OFF")
            connection.set_progress_handler(lambda: time.monotonic() > until, _STEPS)
            connection.set_authorizer(_permission(read))
            connection.execute(f"EXPLAIN {statement}").fetchall()
    except sqlite3.Error as error:
        return _verdict(str(error))
    return _without_texts(statement, read)


def _permission(read: set[str]) -> _Permission:
    """Return the function that SQLite asks for permission; it adds the columns that are read, in lower case."""

    def permit(action: int, first: str | None, second: str | None, database: str | None, inner: str | None) -> int:
        if action == sqlite3.SQLITE_READ:
            read.add((second or "").lower())
            return sqlite3.SQLITE_OK
        if action == sqlite3.SQLITE_FUNCTION:
            is_pure = (second or "").lower() in PURE_FUNCTIONS | _OPERATORS
            return sqlite3.SQLITE_OK if is_pure else sqlite3.SQLITE_DENY
        return sqlite3.SQLITE_OK if action in (sqlite3.SQLITE_SELECT, sqlite3.SQLITE_RECURSIVE) else sqlite3.SQLITE_DENY

    return permit


def _verdict(message: str) -> Explained:
    if "authorized" in message or "prohibited" in message:
        return Explained("refused", message)
    return Explained("unknown" if _NOT_ABOUT_IT.search(message) else "rejected", message)


def _without_texts(statement: str, read: set[str]) -> Explained:
    """Reject a query that has an unknown name in double quotes, which SQLite takes for a string."""
    from sqlglot import exp, parse_one

    tree = parse_one(statement, dialect="sqlite")
    aliases = {alias.alias.lower() for alias in tree.find_all(exp.Alias)}
    aliases |= {name.name.lower() for alias in tree.find_all(exp.TableAlias) for name in alias.columns}
    for column in tree.find_all(exp.Column):
        name = column.name.lower()
        if isinstance(column.this, exp.Identifier) and column.this.quoted and name not in read | aliases:
            return Explained("rejected", f"no such column: {column.name}")
    return ACCEPTED


ENGINE = Engine("sqlite", ("sqlite",), _explain)
