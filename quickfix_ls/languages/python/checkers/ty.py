"""ty: undefined names, members and arguments of known types, modules."""

from __future__ import annotations

import json
from collections.abc import Iterator

from quickfix_ls.checkers.checker import Checker, ToolDiagnostic
from quickfix_ls.languages.python.checkers.table_rows import CONTAINERS, ITERABLES, row, type_row

_ERRORS = frozenset({"major", "critical", "blocker"})
_WRONG_WARNINGS = frozenset({"unused-awaitable"})
"""Codes that ty reports as warnings only, and that we treat as errors."""

_ROWS = (
    row("SyntaxError", "invalid-syntax"),
    row("NameError", "unresolved-reference", message=r"Name `(?P<name>\w+)` used when not defined"),
    type_row("RuntimeWarning", "unused-awaitable", message=r"Object of type `Coroutine"),
    type_row(
        "RuntimeWarning",
        "missing-attribute",
        "unresolved-attribute",
        message=r"Object of type `Coroutine.*` has no attribute `(?P<name>\w+)`",
    ),
    type_row(
        "TypeError",
        "missing-attribute",
        "unresolved-attribute",
        message=r"Object of type `(?:Overload\[|bound method |def ).*` has no attribute `(?P<name>\w+)`",
    ),
    type_row("TypeError", "unsupported-operator", message=r"Operator `\+` is not supported between objects"),
    type_row("TypeError", "invalid-parameter-default", message=r"Default value of type `None` is not assignable"),
    type_row(
        "TypeError", "not-callable", "call-non-callable", message=r"Object of type `<module '[\w.]+'>` is not callable"
    ),
    type_row("TypeError", "not-iterable", message=r"Object of type `(?:int|Literal\[\d+\])` is not iterable"),
    type_row("TypeError", "invalid-type-form", message=r"Function `(?:any|callable)` is not valid in a"),
    type_row(
        "TypeError",
        "invalid-explicit-return",
        "invalid-return-type",
        "invalid-argument-type",
        message=rf".*\b[Ee]xpected `{CONTAINERS}.*found `{ITERABLES}\b",
    ),
    type_row(
        "TypeError",
        "invalid-assignment",
        message=rf"Object of type `{ITERABLES}\b.* is not assignable to `{CONTAINERS}",
    ),
    row(
        "AttributeError",
        "missing-attribute",
        "unresolved-attribute",
        message=r"(?:Module|Object of type|Class|Type) .* has no (?:member|attribute) `(?P<name>\w+)`",
    ),
    row(
        "ImportError",
        "missing-module-member",
        "unresolved-import",
        message=r"Module `[\w.]+` has no member `(?P<name>\w+)`",
    ),
    row(
        "ModuleNotFoundError",
        "import-not-found",
        "unresolved-import",
        message=r"Cannot resolve imported module `(?P<name>\w+)",
    ),
    row("TypeError", "unknown-argument", message=r"Argument `(?P<name>\w+)` does not match any known parameter"),
)


def _read(output: str) -> Iterator[ToolDiagnostic]:
    for entry in json.loads(output):
        code = entry["check_name"]
        if entry["severity"] not in _ERRORS and code not in _WRONG_WARNINGS:
            continue
        positions = entry["location"]["positions"]
        start, end = positions["begin"], positions["end"]
        yield ToolDiagnostic(
            entry["description"].removeprefix(f"{code}: "),
            code,
            (start["line"] - 1, start["column"] - 1),
            (end["line"] - 1, end["column"] - 1),
        )


CHECKERS = (
    Checker(
        "ty",
        frozenset({"ty"}),
        _ROWS,
        ("ty", "check", "--python-version={major}.{minor}", "--output-format=gitlab", "--no-progress"),
        _read,
    ),
)
