"""Constructors for the rows of the checkers' tables, in SQL's terms."""

from __future__ import annotations

from quickfix_ls.checkers.checker import DiagnosticRow
from quickfix_ls.problems.kinds import QUERY, SYNTAX


def row(code: str, *codes: str, message: str = "") -> DiagnosticRow:
    """Return a row about syntax, or about the meaning of a statement; `code` is that of the problem."""
    return DiagnosticRow(code, frozenset(codes), message, SYNTAX if code == "SyntaxError" else QUERY)
