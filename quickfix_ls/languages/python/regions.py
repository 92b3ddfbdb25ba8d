"""Which units of Python are repaired together: those whose errors may have one cause."""

from __future__ import annotations

import re

from quickfix_ls.index.index import Index
from quickfix_ls.values import Problem

_DEFINITION = re.compile(r"(?:[ \t]*(?:@[^\n]*|#[^\n]*)?\n)*[ \t]*(?:async[ \t]+)?(?P<word>def|class)\b")
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
_PYTHON2_MESSAGE = re.compile(
    r"Missing parentheses in call to|multiple exception types must be parenthesized|leading zeros in decimal"
)
_PYTHON2_LINE = re.compile(
    r"^[ \t]*(?:print[ \t]+[^\s(=.]|exec[ \t]+\S|raise[ \t]+[\w.]+[ \t]*,|except\b[^:\n]*,[ \t]*\w+[ \t]*:)"
    r"|<>|`\w|\b0\d+\b|\b\d+[lL]\b|\bur[\"']"
)


def joins(index: Index, problem: Problem) -> bool:
    """Return whether the problem is in a statement directly below a function that contains the problem's name."""
    unit = index.unit_at(problem.span.start)
    return not _DEFINITION.match(index.region(unit).text) and _has(index.region(unit - 1).text, problem.name)


def share_cause(index: Index, unit: int, other: int) -> bool:
    """Return whether the errors of two broken units may have one cause.

    They may in statements of one body; in a definition and what slipped out of its body; in the two halves of what
    comes in pairs; and if both are Python 2.
    """
    above, below = index.region(unit).text, index.region(other).text
    triple, *pairs = _PAIRED
    if any(pair.search(above) and pair.search(below) for pair in (*pairs, *([triple] if index.open_string else ()))):
        return True
    if _is_python2(index, unit) and _is_python2(index, other):
        return True
    if _defines(below):
        return other == unit + 1 and _is_class(above) and _is(_LACKS_BODY, index, unit)
    if _defines(above):
        slipped_out = _is(_LACKS_BODY, index, unit) or _is(_OUT_OF_PLACE, index, other)
        return slipped_out and not any(_defines(index.region(between).text) for between in range(unit + 1, other))
    return index.cuts[unit].stack == index.cuts[other].stack


def _defines(text: str) -> bool:
    return (_DEFINITION.match(text) or _LIKE_DEFINITION.match(text)) is not None


def _is_class(text: str) -> bool:
    found = _DEFINITION.match(text)
    return found is not None and found["word"] == "class"


def _is(messages: re.Pattern[str], index: Index, unit: int) -> bool:
    fault = index.facts(unit).fault
    return fault is not None and messages.search(fault.message) is not None


def _is_python2(index: Index, unit: int) -> bool:
    fault = index.facts(unit).fault
    if fault is None or _PYTHON2_MESSAGE.search(fault.message):
        return fault is not None
    snapshot = index.snapshot
    line = snapshot.line_text(snapshot.line_at(index.cuts[unit].start + fault.span.start))
    return _PYTHON2_LINE.search(line) is not None


def _has(text: str, name: str) -> bool:
    """Return whether a unit is a function that contains a name."""
    found = _DEFINITION.match(text)
    is_function = found is not None and found["word"] == "def"
    return is_function and name.isidentifier() and re.search(rf"(?<![\w.]){name}\b", text) is not None
