"""Dotted names in source text, located by offset."""

from __future__ import annotations

import re

_NAME = re.compile(r"[^\W\d]\w*(?:\.[^\W\d]\w*)*")
_OWNER = re.compile(r"[^\W\d][\w.]*\.\Z")
_MAX_LENGTH = 200


def dotted_at(text: str, start: int) -> str:
    """Return the dotted name that begins at an offset, or an empty string."""
    found = _NAME.match(text, start)
    return found.group() if found is not None else ""


def owner_before(text: str, end: int) -> str:
    """Return the dotted expression before an offset whose member is accessed there, with its last dot (`np.random.`),
    or an empty string. Looks back at most 200 code points."""
    found = _OWNER.search(text, max(0, end - _MAX_LENGTH), end)
    return found.group() if found is not None else ""
