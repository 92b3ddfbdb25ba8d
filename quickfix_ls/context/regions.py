"""Choose the part of a file that a repair may change: one or two screens at most, whatever the file's size."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from quickfix_ls.context.statement_regions import Statements, narrowed
from quickfix_ls.index.index import Index, Region
from quickfix_ls.problems.kinds import kind_of
from quickfix_ls.problems.syntax_errors import syntax_problems
from quickfix_ls.values import Problem

_NEAR_LINES = 24
_WIDE_LINES = 100
_MAX_TOGETHER = 4
"""The number of broken units, or broken statements of a unit, that are repaired together at most. People's fixes of as
many errors at once are hardly ever found."""


@dataclass(frozen=True, slots=True)
class Regions:
    """The language part for regions.

    - `joins(index, problem)` returns whether a problem in one unit may also be repaired together with the unit above
      it, for example because a statement may belong to the function before it.
    - `share_cause(index, unit, other)` returns whether the syntax errors of two broken units, the upper one first, may
      have one cause, so that they are repaired together: a statement that slipped out of the function above it, say.
      Two functions with an error each have two causes.
    - `statements` cuts a block into its statements.
    """

    joins: Callable[[Index, Problem], bool]
    share_cause: Callable[[Index, int, int], bool]
    statements: Statements


def regions_for(index: Index, problem: Problem, *, alone: bool = False) -> Iterator[Region]:
    """Yield the regions to try, in this order, until one of them can be repaired.

    If the cause of the problem lies in its own unit: the unit together with the one above it, if the language joins
    them, then the unit alone. For other problems: a wide region, if broken units close by may share the cause, or if
    the language joins the unit with a long one above it; then the
    unit with a few lines around it, since the end of an error often lies in the next unit; at last the unit alone. No
    region holds a broken unit whose errors have another cause: they are known, and left to repairs of their own. Of a
    long unit, the statements around the problem come first; of one with more errors than one repair can mend too, and
    if it is long, they are the only region. With `alone`, no region holds another error, whatever its cause.
    """
    unit = index.unit_at(problem.span.start)
    if not kind_of(problem).wide:
        if unit > index.joined(unit)[0] and index.language.part(Regions).joins(index, problem):
            yield index.region(unit - 1, unit)
        yield index.region(unit)
        return
    unit = _broken_unit(index, unit, problem)
    limit = 1 if alone else _MAX_TOGETHER
    own = narrowed(index, index.region(unit), problem, index.language.part(Regions).statements, limit)
    if own is not None:
        yield own.region
        if own.is_alone and (own.is_long or alone):
            return
    run = _connected(index, unit, limit)
    near = _grow(index, unit, _NEAR_LINES, run)
    wide = _grow(index, unit, _WIDE_LINES, run)
    chosen = [near, (unit, unit)]
    is_cut_off = near[0] == unit > index.joined(unit)[0] and index.language.part(Regions).joins(index, problem)
    if is_cut_off or any(index.unit_fault(other) for other in range(wide[0], wide[1] + 1) if other != unit):
        chosen.insert(0, wide)
    for first, last in dict.fromkeys(chosen):
        region = index.region(first, last)
        if index.fault(region) is not None:
            yield region


def _broken_unit(index: Index, unit: int, problem: Problem) -> int:
    """Return the unit whose syntax error a problem is: an error at the end of a unit is reported where the next one
    begins."""
    above = unit - 1
    is_of_above = unit > index.joined(unit)[0] and index.unit_fault(above) is not None
    return above if is_of_above and problem in syntax_problems(index, above, above) else unit


def _connected(index: Index, unit: int, limit: int) -> tuple[int, int]:
    """Return the first and last of the units around `unit` whose errors may share its cause, within a screen or two.

    It is `unit` alone if more than `limit` of them are broken.
    """
    if index.unit_fault(unit) is None:
        # Another tool reports an error that our parser sees elsewhere.
        return index.joined(unit)
    share_cause = index.language.part(Regions).share_cause
    broken = [other for other in _within(index, unit, _WIDE_LINES) if index.unit_fault(other) is not None]
    run = [unit]
    for other in (*(other for other in broken if other > unit), *(other for other in reversed(broken) if other < unit)):
        if any(share_cause(index, min(other, member), max(other, member)) for member in run):
            run.append(other)
    first, last = min(run), max(run)
    return (first, last) if sum(first <= other <= last for other in broken) <= limit else (unit, unit)


def _within(index: Index, unit: int, lines: int) -> range:
    """Return the units of the same document that begin within a number of lines of a unit."""
    first = last = unit
    lowest, highest = index.joined(unit)
    while first > lowest and _lines(index, first - 1, unit) <= lines:
        first -= 1
    while last < highest and _lines(index, unit, last + 1) <= lines:
        last += 1
    return range(first, last + 1)


def _grow(index: Index, unit: int, lines: int, run: tuple[int, int]) -> tuple[int, int]:
    """Extend a unit by whole units, below and above in turn, up to a number of lines, not across a seam, and across a
    broken unit only if it is one of `run`.

    Returns the first and the last unit.
    """
    first = last = unit
    lowest, highest = index.joined(unit)

    def is_open(other: int) -> bool:
        within = lowest <= other <= highest
        return within and (run[0] <= other <= run[1] or index.unit_fault(other) is None)

    while True:
        grown = False
        for low, high, other in ((first, last + 1, last + 1), (first - 1, last, first - 1)):
            if is_open(other) and _lines(index, low, high) <= lines:
                first, last, grown = min(first, low), max(last, high), True
        if not grown:
            return first, last


def _lines(index: Index, first: int, last: int) -> int:
    snapshot = index.snapshot
    end = index.cuts[last + 1].start if last + 1 < len(index.cuts) else len(snapshot.text)
    return snapshot.line_at(end) - snapshot.line_at(index.cuts[first].start)
