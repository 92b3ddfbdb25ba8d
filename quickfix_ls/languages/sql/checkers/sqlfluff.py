"""sqlfluff: sections that it can't parse, references to no table of the statement, sets of different widths."""

from __future__ import annotations

import json
from collections.abc import Iterator

from quickfix_ls.checkers.checker import Checker, ToolDiagnostic
from quickfix_ls.languages.sql.checkers.table_rows import row

_ROWS = (
    row("SyntaxError", "PRS", "LXR"),
    row("UnknownAlias", "RF01", message=r"Reference '(?P<name>\w+)\.[^']*' refers to table/view not found"),
    row("Columns", "AM07"),
)
_ERRORS = frozenset({"PRS", "LXR", "RF01", "AM07"})


def _read(output: str) -> Iterator[ToolDiagnostic]:
    for file in json.loads(output):
        for item in file["violations"]:
            if item["code"] in _ERRORS:
                start = item["start_line_no"] - 1, item["start_line_pos"] - 1
                end = item.get("end_line_no", start[0] + 1) - 1, item.get("end_line_pos", start[1] + 1) - 1
                yield ToolDiagnostic(item["description"], item["code"], start, max(start, end))


CHECKERS = (
    Checker(
        "sqlfluff",
        frozenset({"sqlfluff"}),
        _ROWS,
        # It asks for a dialect, and without a project's configuration it knows only the standard's.
        ("sqlfluff", "lint", "--ignore-local-config", "--dialect=ansi", "--format=json", "--nocolor"),
        _read,
    ),
)
