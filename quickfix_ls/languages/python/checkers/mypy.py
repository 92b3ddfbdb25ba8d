"""mypy: undefined names, members and arguments of known types, modules; it often suggests the intended name."""

from __future__ import annotations

import json
from collections.abc import Iterator

from quickfix_ls.checkers.checker import NOWHERE, Checker, ToolDiagnostic
from quickfix_ls.languages.python.checkers.table_rows import CONTAINERS, ITERABLES, row, type_row

_ANNOTATION_REQUESTS = frozenset({"var-annotated"})
"""Codes that mypy reports for correct code, and that must not count against a fix that lets it infer a type."""

_ROWS = (
    row("SyntaxError", "syntax"),
    row("NameError", "name-defined", message=r'Name "(?P<name>\w+)" is not defined'),
    type_row("RuntimeWarning", "unused-coroutine", message=r'Value of type "Coroutine'),
    type_row("RuntimeWarning", "attr-defined", message=r'"Coroutine\[.*\]" has no attribute "(?P<name>\w+)"'),
    type_row(
        "TypeError", "attr-defined", message=r'"(?:Callable\[.*|overloaded function)" has no attribute "(?P<name>\w+)"'
    ),
    type_row("TypeError", "attr-defined", message=r'"int" has no attribute "__iter__"'),
    type_row(
        "TypeError", "operator", message=r'Unsupported operand types for \+ \("(?:str|int|float)"|Module not callable'
    ),
    type_row(
        "TypeError", "assignment", message=r'Incompatible default for (?:parameter|argument) ".*default has type "None"'
    ),
    type_row("TypeError", "valid-type", message=r'Function "builtins\.(?:any|callable)" is not valid as a type'),
    type_row(
        "TypeError",
        "return-value",
        "arg-type",
        "assignment",
        message=rf'.*(?:got|incompatible type|expression has type) "{ITERABLES}\b.*(?:expected|has type) "{CONTAINERS}',
    ),
    row("ImportError", "attr-defined", message=r'Module "[\w.]+" has no attribute "(?P<name>\w+)"'),
    row(
        "AttributeError",
        "attr-defined",
        "union-attr",
        message=r'(?:Module|Item "(?!None").*" of ".*"|".*") has no attribute "(?P<name>\w+)"',
    ),
    row(
        "ModuleNotFoundError",
        "import-not-found",
        "import",
        message=r'Cannot find implementation or library stub for module named "(?P<name>\w+)',
    ),
    row("TypeError", "call-arg", message=r'Unexpected keyword argument "(?P<name>\w+)"'),
    row("TypeError", "misc", message=r'"self" parameter missing for a non-static method'),
    row("TypeError", "misc", message=r'Method must have at least one argument\. Did you forget the "self" argument'),
)


def _read(output: str) -> Iterator[ToolDiagnostic]:
    for line in output.splitlines():
        if not line:
            continue
        entry = json.loads(line)
        if entry["severity"] == "error" and entry["code"] not in _ANNOTATION_REQUESTS:
            start = entry["line"] - 1, max(0, entry["column"])
            end = (entry["end_line"] or entry["line"]) - 1, max(0, entry["end_column"] or entry["column"])
            message = " ".join(filter(None, (entry["message"], entry["hint"])))
            yield ToolDiagnostic(message, entry["code"] or "", start, max(start, end))


CHECKERS = (
    Checker(
        "mypy",
        frozenset({"mypy"}),
        _ROWS,
        (
            "mypy",
            "--config-file=",
            f"--cache-dir={NOWHERE}",
            "--check-untyped-defs",
            "--follow-imports=silent",
            "--python-version={major}.{minor}",
            "--output=json",
        ),
        _read,
        "utf-8",
    ),
)
