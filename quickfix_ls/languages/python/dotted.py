"""Dotted names in source text, located by offset."""

from __future__ import annotations

import re

_NAME = re.compile(r"[^\W\d]\w*(?:\.[^\W\d]\w*)*")
_OWNER = re.compile(r"[^\W\d][\w.]*\.\Z")
_CALLED = re.compile(r"[^\W\d][\w.]*\Z")
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


def called_before(text: str, end: int) -> str:
    """Return the dotted name of the function in whose brackets an offset lies, or an empty string. Looks back at most
    2,000 code points, and takes brackets in strings for code."""
    depth = 0
    for at in range(end - 1, max(-1, end - 2000), -1):
        if text[at] in ")]}":
            depth += 1
        elif text[at] in "([{":
            if not depth:
                found = _CALLED.search(text, max(0, at - _MAX_LENGTH), at) if text[at] == "(" else None
                return found.group() if found is not None else ""
            depth -= 1
    return ""
