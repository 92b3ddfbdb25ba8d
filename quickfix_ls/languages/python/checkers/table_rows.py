"""The lines of the checkers' tables, in Python's terms."""

from __future__ import annotations

from quickfix_ls.checkers.checker import DiagnosticRow
from quickfix_ls.problems.kinds import NAME, SYNTAX, TYPE

ITERABLES = (
    r"(?:dict_keys|dict_values|dict_items|enumerate|filter|map|range|reversed|zip|Generator|Iterator|list|set|tuple)"
)
CONTAINERS = r"(?:builtins\.|typing\.)?(?P<hint>[Ll]ist|[Ss]et|[Tt]uple)\["
"""In tables: the types of values that a call of an expected container's type takes, and the container."""


def row(code: str, *codes: str, message: str = "") -> DiagnosticRow:
    """A line about syntax or a name; `code` is the exception's name."""
    return DiagnosticRow(code, frozenset(codes), message, SYNTAX if code == "SyntaxError" else NAME)


def type_row(code: str, *codes: str, message: str) -> DiagnosticRow:
    """A line about types: nothing is offered for it that the checker has not proven."""
    return DiagnosticRow(code, frozenset(codes), message, TYPE, hinted=True)
