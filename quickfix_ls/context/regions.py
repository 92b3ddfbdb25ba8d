"""Which part of a file a repair works on: never more than a screen or two, whatever the file's size."""

from __future__ import annotations

import re
from collections.abc import Iterator

from quickfix_ls.analysis.index import Analysis, Region
from quickfix_ls.values import Problem

_NEAR_LINES = 24
_WIDE_LINES = 100
_DEFINITION = re.compile(r"(?:[ \t]*(?:@[^\n]*|#[^\n]*)?\n)*[ \t]*(?:async[ \t]+)?(?P<word>def|class)\b")


def regions_for(analysis: Analysis, problem: Problem) -> Iterator[Region]:
    """The regions to try, in this order, until one of them can be mended.

    For names the unit alone; a statement together with the function right above it where that knows the name, since it
    may belong in there. For syntax the unit with a few lines around it, since the end of an error often lies in the
    next unit; first of all a wider one where other units close by are broken too, for they mostly share their cause;
    the unit alone at last.
    """
    unit = analysis.unit_at(problem.span.start)
    if problem.kind != "syntax":
        if (
            unit > analysis.joined(unit)[0]
            and not _DEFINITION.match(analysis.region(unit).text)
            and _knows(analysis, unit - 1, problem.name)
        ):
            yield analysis.region(unit - 1, unit)
        yield analysis.region(unit)
        return
    near = _grow(analysis, unit, _NEAR_LINES)
    wide = _grow(analysis, unit, _WIDE_LINES)
    chosen = [near, (unit, unit)]
    if any(analysis.facts(index).fault for index in range(wide[0], wide[1] + 1) if index != unit):
        chosen.insert(0, wide)
    for first, last in dict.fromkeys(chosen):
        region = analysis.region(first, last)
        if region.fault(analysis.target) is not None:
            yield region


def _knows(analysis: Analysis, unit: int, name: str) -> bool:
    """Whether a unit is a function that has a name."""
    text = analysis.region(unit).text
    found = _DEFINITION.match(text)
    is_function = found is not None and found["word"] == "def"
    return is_function and name.isidentifier() and re.search(rf"(?<![\w.]){name}\b", text) is not None


def _grow(analysis: Analysis, unit: int, lines: int) -> tuple[int, int]:
    """Add whole units, below and above in turn, while the run stays within a number of lines and crosses no seam."""
    first = last = unit
    lowest, highest = analysis.joined(unit)
    while True:
        grown = False
        for low, high in ((first, last + 1), (first - 1, last)):
            if lowest <= low and high <= highest and _lines(analysis, low, high) <= lines:
                first, last, grown = min(first, low), max(last, high), True
        if not grown:
            return first, last


def _lines(analysis: Analysis, first: int, last: int) -> int:
    snapshot = analysis.snapshot
    end = analysis.cuts[last + 1].start if last + 1 < len(analysis.cuts) else len(snapshot.text)
    return snapshot.line_at(end) - snapshot.line_at(analysis.cuts[first].start)
