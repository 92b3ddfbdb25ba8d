"""Extension of a problem's region to the preceding function, for statements that may belong into it."""

from __future__ import annotations

import re

from quickfix_ls.index.index import Index
from quickfix_ls.values import Problem

_DEFINITION = re.compile(r"(?:[ \t]*(?:@[^\n]*|#[^\n]*)?\n)*[ \t]*(?:async[ \t]+)?(?P<word>def|class)\b")


def joins(index: Index, problem: Problem) -> bool:
    """Return whether the problem is in a statement directly below a function that contains the problem's name."""
    unit = index.unit_at(problem.span.start)
    return not _DEFINITION.match(index.region(unit).text) and _has(index.region(unit - 1).text, problem.name)


def _has(text: str, name: str) -> bool:
    """Return whether a unit is a function that contains a name."""
    found = _DEFINITION.match(text)
    is_function = found is not None and found["word"] == "def"
    return is_function and name.isidentifier() and re.search(rf"(?<![\w.]){name}\b", text) is not None
