"""Refuse a change that makes an unknown name of a keyword: `WHERE a > 2 AND;` is not mended by `AND BY`."""

from __future__ import annotations

from quickfix_ls.languages.sql.findings import meaning_in
from quickfix_ls.languages.sql.lexer import WORDS
from quickfix_ls.validation.change import Change, Refused

COST = 5
STAGE = "offer"


def check(change: Change) -> str:
    after = change.index_after
    first = min((change.problem.span, *(edit.span for edit in change.candidate.edits)))
    unit = after.unit_at(first.start)
    if after.unit_fault(unit) is None:
        for error in meaning_in(after, after.region(unit)).errors:
            if error.name.lower() in WORDS:
                raise Refused(f"`{error.name}` is no name")
    return ""
