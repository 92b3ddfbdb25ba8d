"""Pyright and its derivatives: Pylance and basedpyright use the same codes and messages."""

from __future__ import annotations

import json
from collections.abc import Iterator

from quickfix_ls.checkers.checker import Checker, ToolDiagnostic, tool_diagnostic_at
from quickfix_ls.languages.python.checkers.table_rows import CONTAINERS, ITERABLES, row, type_row

_ROWS = (
    row("NameError", "reportUndefinedVariable", message=r'"(?P<name>\w+)" is not defined'),
    type_row("UnboundLocalError", "reportUnboundVariable", message=r'"(?P<name>\w+)" is unbound'),
    type_row("RuntimeWarning", "reportUnusedCoroutine", message=r"Result of async function call is not used"),
    type_row(
        "RuntimeWarning",
        "reportAttributeAccessIssue",
        message=r'Cannot access attribute "(?P<name>\w+)" for class "Coroutine',
    ),
    type_row(
        "TypeError",
        "reportAttributeAccessIssue",
        message=r'Cannot access attribute "(?P<name>\w+)" for class "(?:Method|Function)Type"',
    ),
    type_row("TypeError", "reportOperatorIssue", message=r'Operator "\+" not supported for types'),
    type_row("TypeError", "reportArgumentType", message=r'Expression of type "None" cannot be assigned to parameter'),
    type_row("TypeError", "reportCallIssue", message=r"Module is not callable"),
    type_row("TypeError", "reportGeneralTypeIssues", message=r'"(?:int|Literal\[\d+\])" is not iterable'),
    type_row("TypeError", "reportGeneralTypeIssues", message=r"Expected class but received"),
    type_row(
        "TypeError",
        "reportReturnType",
        "reportArgumentType",
        "reportAssignmentType",
        message=rf'(?:Type|Argument of type) "{ITERABLES}\b[^\n]*(?:return type|of type|declared type) "{CONTAINERS}',
    ),
    row(
        "AttributeError",
        "reportAttributeAccessIssue",
        "reportGeneralTypeIssues",
        message=r'Cannot access (?:attribute|member) "(?P<name>\w+)" for (?!.*\n.*"self" or "cls")',
    ),
    row("AttributeError", "reportAttributeAccessIssue", message=r'"(?P<name>\w+)" is not a known attribute of module'),
    row("ImportError", "reportAttributeAccessIssue", message=r'"(?P<name>\w+)" is unknown import symbol'),
    row("ModuleNotFoundError", "reportMissingImports", message=r'Import "(?P<name>\w+)[\w.]*" could not be resolved$'),
    row("TypeError", "reportCallIssue", message=r'No parameter named "(?P<name>\w+)"'),
    row("TypeError", "reportSelfClsParameterName", message=r'Instance methods should take a "self" parameter'),
    row("SyntaxError", "", message=r"(?!.* is not accessed$)"),
)


def _read(output: str) -> Iterator[ToolDiagnostic]:
    for entry in json.loads(output)["generalDiagnostics"]:
        if entry["severity"] == "error":
            yield tool_diagnostic_at(entry["range"], entry["message"], entry.get("rule", ""))


def _checker(name: str, *sources: str) -> Checker:
    command = (name, "--outputjson", "--level=error", "--pythonversion={major}.{minor}")
    return Checker(name, frozenset(sources), _ROWS, command, _read, "utf-16", (f"{name}-langserver", "--stdio"))


CHECKERS = (_checker("pyright", "pyright", "pylance"), _checker("basedpyright", "basedpyright"))
