"""Check that the search does not make a valid operator of a part of one that is none: `a & b` of `a && b`, `x = 2` of
`x + = 2`; and that it does not take the dot from a line that goes on with the one above: `.map(f)`."""

from __future__ import annotations

import re

from quickfix_ls.languages.python.faulty_operators import faulty_spans
from quickfix_ls.validation.change import Change, Refused
from quickfix_ls.values import Edit

COST = 1
STAGE = "step"

_METHOD = re.compile(r"\.[^\W\d]\w*[ \t]*\(")
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
    if any(_is_dot_of_chain(text, edit.span.start - origin, edit) for edit in change.inside):
        raise Refused("it takes the dot from a line that goes on with the one above")
    return ""


def _is_dot_of_chain(text: str, start: int, edit: Edit) -> bool:
    """Return whether an edit removes the dot in front of the method with which a line begins, below an operand."""
    if edit.text or edit.span.end != edit.span.start + 1 or _METHOD.match(text, start) is None:
        return False
    above = text[:start].rstrip()
    begins_line = not text[text.rfind("\n", 0, start) + 1 : start].strip()
    return begins_line and bool(above) and (above[-1].isalnum() or above[-1] in ")]}\"'_")


def _may_be_mask(text: str, start: int, end: int) -> bool:
    """Return whether `&&` or `||` joins two operands in brackets, as for arrays, where `&` or `|` may be meant."""
    return text[start:end] in _MASKS and text[:start].rstrip().endswith(")") and text[end:].lstrip().startswith("(")
