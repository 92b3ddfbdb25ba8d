"""pylint: undefined names, members and arguments as far as it infers types, modules."""

from __future__ import annotations

import json
from collections.abc import Iterator

from quickfix_ls.checkers.checker import NOWHERE, Checker, ToolDiagnostic
from quickfix_ls.languages.python.checkers.table_rows import row, type_row

_ROWS = (
    row("SyntaxError", "E0001", "syntax-error"),
    row("NameError", "E0602", "undefined-variable", message=r"Undefined variable '(?P<name>\w+)'"),
    type_row("UnboundLocalError", "E0601", "used-before-assignment", message=r"Using variable '(?P<name>\w+)' before"),
    type_row("TypeError", "E1101", "no-member", message=r"Method '\w+' has no '(?P<name>\w+)' member"),
    type_row("TypeError", "E1102", "not-callable", message=r"(?P<name>\w+) is not callable"),
    type_row("TypeError", "E1133", "not-an-iterable", message=r"Non-iterable value .* is used in an iterating context"),
    row("AttributeError", "E1101", "no-member", message=r".* has no '(?P<name>\w+)' member"),
    row("ImportError", "E0611", "no-name-in-module", message=r"No name '(?P<name>\w+)' in module"),
    row("ModuleNotFoundError", "E0401", "import-error", message=r"Unable to import '(?P<name>\w+)"),
    row("TypeError", "E1123", "unexpected-keyword-arg", message=r"Unexpected keyword argument '(?P<name>\w+)'"),
    row("TypeError", "E0213", "no-self-argument", message=r"Method '\w+' should have"),
    row("TypeError", "E0211", "no-method-argument", message=r"Method '\w+' has no argument"),
)


def _read(output: str) -> Iterator[ToolDiagnostic]:
    for entry in json.loads(output):
        start = entry["line"] - 1, entry["column"]
        end = (entry["endLine"] or entry["line"]) - 1, entry["endColumn"] or entry["column"]
        yield ToolDiagnostic(entry["message"], entry["message-id"], start, max(start, end))


CHECKERS = (
    Checker(
        "pylint",
        frozenset({"pylint"}),
        _ROWS,
        (
            "pylint",
            f"--rcfile={NOWHERE}",
            "--persistent=n",
            "--score=n",
            "--disable=all",
            "--enable=E,F",
            "--py-version={major}.{minor}",
            "--output-format=json",
        ),
        _read,
    ),
)
