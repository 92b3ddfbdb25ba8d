"""Which units of Python are repaired together: those whose errors may have one cause."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from quickfix_ls.index.index import Index
from quickfix_ls.problems.kinds import kind_of
from quickfix_ls.values import Problem

_DEFINITION = re.compile(
    r"(?:[ \t]*(?:@[^\n]*|#[^\n]*)?\n)*[ \t]*(?:async[ \t]+)?(?P<word>def|class)(?:[ \t]+\w|[ \t]*\()"
)
_LIKE_DEFINITION = re.compile(
    r"(?:[ \t]*(?:#[^\n]*)?\n)*[ \t]*(?!(?:if|elif|while|for|with|except|return|match|case|print|assert|not|lambda)\b)"
    r"\w+[ \t]+\w+[ \t]*\([^\n]*:[ \t]*(?:#[^\n]*)?\n"
)
_OUT_OF_PLACE = re.compile(r"outside|indent|not properly in loop")
_LACKS_BODY = re.compile(r"expected an indented block|expected '(?:except|finally)'")
_PAIRED = (
    re.compile(r"\"{3}|'{3}"),
    re.compile(r"^(?:<{7}|={7}|>{7})(?: |$)", re.MULTILINE),
    re.compile(r"^[ \t]*(?:`{3}|~{3})", re.MULTILINE),
)
"""What comes in pairs, which may lie in different units: triple quotes (if one is not closed), the lines of an
unresolved conflict, the fences of pasted Markdown."""
_TRIPLE = frozenset({0})
_PYTHON2_MESSAGE = re.compile(
    r"Missing parentheses in call to|multiple exception types must be parenthesized|leading zeros in decimal"
)
_PYTHON2_LINE = re.compile(
    r"^[ \t]*(?:print[ \t]+[^\s(=.]|exec[ \t]+\S|raise[ \t]+[\w.]+[ \t]*,|except\b[^:\n]*,[ \t]*\w+[ \t]*:)"
    r"|<>|`\w|\b0\d+\b|\b\d+[lL]\b|\bur[\"']"
)


def joins(index: Index, problem: Problem) -> bool:
    """Return whether the problem is in a statement directly below a function that contains the problem's name, or is
    that the statement is outside of a function."""
    unit = index.unit_at(problem.span.start)
    if kind_of(problem).stepwise:
        is_outside = "outside function" in problem.message
        return is_outside and _DEFINITION.match(index.region(unit - 1).text) is not None
    return not _DEFINITION.match(index.region(unit).text) and _has(index.region(unit - 1).text, problem.name)


def share_cause(index: Index, unit: int, other: int) -> bool:
    """Return whether the errors of two broken units may have one cause.

    They may in statements of one body; in a definition and what slipped out of its body; in the two halves of what
    comes in pairs; and if both are Python 2.
    """
    above, below = _traits(index, unit), _traits(index, other)
    if above.halves & below.halves - (frozenset() if index.open_string else _TRIPLE):
        return True
    if above.is_python2 and below.is_python2:
        return True
    if below.defines:
        return other == unit + 1 and above.defines == "class" and above.lacks_body
    if above.defines:
        slipped_out = above.lacks_body or below.is_out_of_place
        return slipped_out and not any(_traits(index, between).defines for between in range(unit + 1, other))
    return index.cuts[unit].stack == index.cuts[other].stack


class _Traits(NamedTuple):
    """Facts about a unit's text and its error: the word that `defines` it (empty if it is no definition), the `halves`
    of pairs that it has (indices into `_PAIRED`), the sort of its error."""

    defines: str
    halves: frozenset[int]
    is_python2: bool
    lacks_body: bool
    is_out_of_place: bool


def _traits(index: Index, unit: int) -> _Traits:
    fault = index.unit_fault(unit)
    message, start = (fault.message, fault.span.start) if fault else ("", 0)
    return _traits_of(index.region(unit).text, message, start)


@lru_cache(maxsize=1024)
def _traits_of(text: str, message: str, start: int) -> _Traits:
    definition = _DEFINITION.match(text)
    line = text[text.rfind("\n", 0, start) + 1 :].partition("\n")[0]
    return _Traits(
        definition["word"] if definition else "def" if _LIKE_DEFINITION.match(text) else "",
        frozenset(number for number, half in enumerate(_PAIRED) if half.search(text)),
        bool(message) and (_PYTHON2_MESSAGE.search(message) or _PYTHON2_LINE.search(line)) is not None,
        _LACKS_BODY.search(message) is not None,
        _OUT_OF_PLACE.search(message) is not None,
    )


def _has(text: str, name: str) -> bool:
    """Return whether a unit is a function that contains a name."""
    found = _DEFINITION.match(text)
    is_function = found is not None and found["word"] == "def"
    return is_function and name.isidentifier() and re.search(rf"(?<![\w.]){name}\b", text) is not None
