"""Choose the part of a file that a repair may change: one or two screens at most, whatever the file's size."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from quickfix_ls.index.index import Index, Region
from quickfix_ls.problems.kinds import kind_of
from quickfix_ls.values import Problem

_NEAR_LINES = 24
_WIDE_LINES = 100


@dataclass(frozen=True, slots=True)
class Regions:
    """The language part for regions.

    `joins(index, problem)` returns whether a problem in one unit may also be repaired together with the unit above it,
    for example because a statement may belong to the function before it.
    """

    joins: Callable[[Index, Problem], bool]


def regions_for(index: Index, problem: Problem) -> Iterator[Region]:
    """Yield the regions to try, in this order, until one of them can be repaired.

    If the cause of the problem lies in its own unit: the unit together with the one above it, if the language joins
    them, then the unit alone. For other problems: a wide region, if other units close by are broken too, since they
    mostly share their cause; then the unit with a few lines around it, since the end of an error often lies in the next
    unit; at last the unit alone.
    """
    unit = index.unit_at(problem.span.start)
    if not kind_of(problem).wide:
        if unit > index.joined(unit)[0] and index.language.part(Regions).joins(index, problem):
            yield index.region(unit - 1, unit)
        yield index.region(unit)
        return
    near = _grow(index, unit, _NEAR_LINES)
    wide = _grow(index, unit, _WIDE_LINES)
    chosen = [near, (unit, unit)]
    if any(index.facts(other).fault for other in range(wide[0], wide[1] + 1) if other != unit):
        chosen.insert(0, wide)
    for first, last in dict.fromkeys(chosen):
        region = index.region(first, last)
        if index.fault(region) is not None:
            yield region


def _grow(index: Index, unit: int, lines: int) -> tuple[int, int]:
    """Extend a unit by whole units, below and above in turn, up to a number of lines and not across a seam.

    Returns the first and the last unit.
    """
    first = last = unit
    lowest, highest = index.joined(unit)
    while True:
        grown = False
        for low, high in ((first, last + 1), (first - 1, last)):
            if lowest <= low and high <= highest and _lines(index, low, high) <= lines:
                first, last, grown = min(first, low), max(last, high), True
        if not grown:
            return first, last


def _lines(index: Index, first: int, last: int) -> int:
    snapshot = index.snapshot
    end = index.cuts[last + 1].start if last + 1 < len(index.cuts) else len(snapshot.text)
    return snapshot.line_at(end) - snapshot.line_at(index.cuts[first].start)
