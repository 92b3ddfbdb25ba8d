"""postgres-language-server (Supabase): syntax errors of PostgreSQL's own parser.

What it finds with a database ("typecheck") are PostgreSQL's words, which `languages.sql.engines.postgres` reads. Its
rules of style are left alone.
"""

from __future__ import annotations

import json
from collections.abc import Iterator

from quickfix_ls.checkers.checker import Checker, ToolDiagnostic
from quickfix_ls.languages.sql.checkers.table_rows import row

_ROWS = (row("SyntaxError", "syntax"),)


def _read(output: str) -> Iterator[ToolDiagnostic]:
    for item in json.loads(output)["diagnostics"]:
        if item["category"] == "syntax":
            where = item["location"]
            start, end = ((where[key]["line"] - 1, where[key]["column"] - 1) for key in ("start", "end"))
            yield ToolDiagnostic(item["message"], item["category"], start, max(start, end))


CHECKERS = (
    Checker(
        "postgres-language-server",
        frozenset({"pg", "postgres-language-server", "postgrestools"}),
        _ROWS,
        ("postgres-language-server", "check", "--disable-db", "--reporter=json"),
        _read,
    ),
)
