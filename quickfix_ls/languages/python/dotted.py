"""Dotted names around a place of a text."""

from __future__ import annotations

import re

_NAME = re.compile(r"[^\W\d]\w*(?:\.[^\W\d]\w*)*")
_OWNER = re.compile(r"[^\W\d][\w.]*\.\Z")
_LONGEST = 200


def dotted_at(text: str, start: int) -> str:
    """The dotted name that begins at an offset; empty where none does."""
    found = _NAME.match(text, start)
    return found.group() if found is not None else ""


def owner_before(text: str, end: int) -> str:
    """What stands before an offset and is asked for a member there, its last dot included (`np.random.`); empty where
    nothing is. Only the nearest 200 code points are looked at."""
    found = _OWNER.search(text, max(0, end - _LONGEST), end)
    return found.group() if found is not None else ""
