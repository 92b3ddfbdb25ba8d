"""Require that fewer units of the file have syntax errors after the change.

A region that parses by itself may still break a unit next to it.
"""

from __future__ import annotations

from quickfix_ls.index.index import Index
from quickfix_ls.index.syntax import Edited, Syntax
from quickfix_ls.problems.kinds import kind_of
from quickfix_ls.validation.change import Change, Refused

COST = 5
STAGE = "offer"


def check(change: Change) -> str:
    """Compare the edited units and those next to them before and after the change.

    In a region that is a part of a unit, it is enough that the unit's next error is further down.
    """
    index, problem, edits = change.index, change.problem, change.candidate.edits
    places = [problem.span, *(edit.span for edit in edits)]
    first = index.cuts[max(0, index.unit_at(min(places).start) - 1)].start
    last = min(len(index.cuts) - 1, index.unit_at(max(span.end for span in places)) + 1)
    end = index.region(last).end
    grown = sum(edit.growth for edit in edits)
    before, left = _broken(index, first, end), _broken(change.index_after, first, end + grown)
    if left > before or (kind_of(problem).proof == "parser" and left == before and not _moves_on(change)):
        raise Refused("the file would be no less broken")
    return ""


def _moves_on(change: Change) -> bool:
    """Return whether a change of a part of a unit leaves only errors of the unit that come later."""
    index, region = change.index, change.before
    unit = index.unit_at(region.start)
    whole = index.region(unit)
    if (region.start, region.end) == (whole.start, whole.end) or region.end > whole.end:
        return False
    fault, after = index.unit_fault(unit), change.index_after.unit_fault(unit)
    if fault is None or after is None or len(change.index_after.cuts) != len(index.cuts):
        return False
    first, last = min(change.candidate.edits).span.start, max(edit.span.end for edit in change.candidate.edits)
    edited = Edited(first - whole.start, last - whole.start, len(change.after.text) - len(region.text))
    return index.language.part(Syntax).progress(fault.message, fault.span.start, after, edited)


def _broken(index: Index, start: int, end: int) -> int:
    """Return the number of units in [start, end) that have a syntax error."""
    first, last = index.unit_at(start), index.unit_at(max(start, end - 1))
    return sum(index.unit_fault(unit) is not None for unit in range(first, last + 1))
