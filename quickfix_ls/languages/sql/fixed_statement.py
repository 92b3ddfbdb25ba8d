"""The statement that a change makes, read with the definitions of its file."""

from __future__ import annotations

from quickfix_ls.languages.sql.findings import meaning_in
from quickfix_ls.languages.sql.meaning import Meaning
from quickfix_ls.validation.change import Change


def meaning_after(change: Change) -> Meaning | None:
    """Return what is known of the statement that a change makes; None if it has a syntax error. Computed once."""
    return change.derived(_meaning_after)


def _meaning_after(change: Change) -> Meaning | None:
    after = change.index_after
    first = min((change.problem.span, *(edit.span for edit in change.candidate.edits)))
    unit = after.unit_at(first.start)
    return meaning_in(after, after.region(unit)) if after.unit_fault(unit) is None else None
