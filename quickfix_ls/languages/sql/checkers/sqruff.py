"""sqruff: sections that it can't parse, open brackets and strings, references to no table of the statement."""

from __future__ import annotations

import json
from collections.abc import Iterator

from quickfix_ls.checkers.checker import Checker, ToolDiagnostic
from quickfix_ls.languages.sql.checkers.table_rows import row

_BROKEN = r"Unparsable section|Couldn't find |Unable to lex characters"
_ROWS = (
    row("SyntaxError", "", "PRS", "LXR", message=_BROKEN),
    row("UnknownAlias", "RF01", message=r"Reference '(?P<name>\w+)\.[^']*' refers to table/view not found"),
    row("Columns", "AM07"),
)
_ERRORS = frozenset({None, "PRS", "LXR", "RF01", "AM07"})


def _read(output: str) -> Iterator[ToolDiagnostic]:
    for items in json.loads(output).values():
        for item in items:
            if item["code"] in _ERRORS:
                # Its report counts lines and columns from 1.
                start, end = (
                    (item["range"][key]["line"] - 1, item["range"][key]["character"] - 1) for key in ("start", "end")
                )
                yield ToolDiagnostic(item["message"], item["code"] or "", start, max(start, end))


CHECKERS = (
    Checker(
        "sqruff",
        frozenset({"sqruff"}),
        _ROWS,
        ("sqruff", "lint", "--ignore-local-config", "--parsing-errors", "-f", "json"),
        _read,
    ),
)
