"""Constructors for the rows of the checkers' tables, in Python's terms."""

from __future__ import annotations

from quickfix_ls.checkers.checker import DiagnosticRow
from quickfix_ls.problems.kinds import NAME, SYNTAX, TYPE

ITERABLES = (
    r"(?:dict_keys|dict_values|dict_items|enumerate|filter|map|range|reversed|zip|Generator|Iterator|list|set|tuple)"
)
CONTAINERS = r"(?:builtins\.|typing\.)?(?P<hint>[Ll]ist|[Ss]et|[Tt]uple)\["
"""In tables: patterns for the types of values that a container's constructor accepts, and for the expected
container."""


def row(code: str, *codes: str, message: str = "") -> DiagnosticRow:
    """Return a row about syntax or a name; `code` is the name of the exception."""
    return DiagnosticRow(code, frozenset(codes), message, SYNTAX if code == "SyntaxError" else NAME)


def type_row(code: str, *codes: str, message: str) -> DiagnosticRow:
    """Return a row about types: only fixes that the checker itself has verified are offered for it."""
    return DiagnosticRow(code, frozenset(codes), message, TYPE, hinted=True)
