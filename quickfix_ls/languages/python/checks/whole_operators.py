"""Check that the search does not make a valid operator of a part of one that is none: `a & b` of `a && b`, `x = 2` of
`x + = 2`."""

from __future__ import annotations

from quickfix_ls.languages.python.faulty_operators import faulty_spans
from quickfix_ls.validation.change import Change, Refused

COST = 1
STAGE = "step"

_MASKS = ("&&", "||")


def check(change: Change) -> str:
    """Return an empty string. Raises Refused if an edit of the search changes a part of a faulty operator."""
    if not change.candidate.source.startswith("search"):
        return ""
    text, origin = change.before.text, change.before.start
    for start, end in faulty_spans(text):
        for edit in change.inside:
            first, last = edit.span.start - origin, edit.span.end - origin
            if first < end and start < last and not _may_be_mask(text, start, end):
                raise Refused("it takes an operator apart")
    return ""


def _may_be_mask(text: str, start: int, end: int) -> bool:
    """Return whether `&&` or `||` joins two operands in brackets, as for arrays, where `&` or `|` may be meant."""
    return text[start:end] in _MASKS and text[:start].rstrip().endswith(")") and text[end:].lstrip().startswith("(")
