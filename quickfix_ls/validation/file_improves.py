"""Require that fewer units of the file have syntax errors after the change.

A region that parses by itself may still break a unit next to it.
"""

from __future__ import annotations

from quickfix_ls.index.index import Index
from quickfix_ls.problems.kinds import kind_of
from quickfix_ls.validation.change import Change, Refused

COST = 5
STAGE = "offer"


def check(change: Change) -> str:
    """Compare the edited units and those next to them before and after the change."""
    index, problem, edits = change.index, change.problem, change.candidate.edits
    places = [problem.span, *(edit.span for edit in edits)]
    first = index.cuts[max(0, index.unit_at(min(places).start) - 1)].start
    last = min(len(index.cuts) - 1, index.unit_at(max(span.end for span in places)) + 1)
    end = index.region(last).end
    grown = sum(edit.growth for edit in edits)
    before, left = _broken(index, first, end), _broken(change.index_after, first, end + grown)
    if left > before or (kind_of(problem).proof == "parser" and left == before):
        raise Refused("the file would be no less broken")
    return ""


def _broken(index: Index, start: int, end: int) -> int:
    """Return the number of units in [start, end) that have a syntax error."""
    first, last = index.unit_at(start), index.unit_at(max(start, end - 1))
    return sum(index.facts(unit).fault is not None for unit in range(first, last + 1))
