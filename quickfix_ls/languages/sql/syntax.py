"""The record of SQL's syntax: statements, their errors, and what counts as progress."""

from __future__ import annotations

from quickfix_ls.index.syntax import Edited, Stack, Syntax, SyntaxFault
from quickfix_ls.languages.sql.meaning import first_error, phase_of
from quickfix_ls.languages.sql.statement_splitter import StatementStarts
from quickfix_ls.languages.sql.syntax_fault import fault


def progress(message: str, start: int, after: SyntaxFault, edited: Edited) -> bool:
    """Return whether the error that is left comes later than the one before: it belongs to a later phase of reading a
    statement (tables, columns, the rest), or to the same phase and stands behind the error before and the edit."""
    before = phase_of(message)
    left = phase_of(after.message)
    if left != before:
        return left > before
    if after.code == "UnknownFunction":
        # All calls of a function are mended at once, and another one's may stand within their arguments.
        return after.message != message
    return after.span.start >= max(start + edited.grew, edited.end + edited.grew) and after.span.start > start


def _frame(stack: Stack, following: Stack) -> tuple[str, str]:
    return "", ""


SYNTAX = Syntax(
    split=StatementStarts,
    frame=_frame,
    fault=fault,
    progress=progress,
    relocate=lambda message, lines: message,
    meaning=first_error,
)
