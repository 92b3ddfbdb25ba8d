"""The last check, of what is about to be offered: as part of the whole file, it leaves fewer broken places than there
were. A region that compiles by itself may still run into a broken neighbour, and break differently there."""

from __future__ import annotations

from quickfix_ls.index.index import Index
from quickfix_ls.problems.kinds import kind_of
from quickfix_ls.values import Edit, Problem


def refusal_of(analysis: Index, problem: Problem, edits: tuple[Edit, ...]) -> str:
    """Why an offer's edits are not fit to be shown; empty where they are. Costs as much as the units edited and those
    next to them."""
    after = analysis.after(edits)
    places = [problem.span, *(edit.span for edit in edits)]
    first = analysis.cuts[max(0, analysis.unit_at(min(places).start) - 1)].start
    last = min(len(analysis.cuts) - 1, analysis.unit_at(max(span.end for span in places)) + 1)
    end = analysis.region(last).end
    grown = sum(edit.growth for edit in edits)
    before, left = _broken(analysis, first, end), _broken(after, first, end + grown)
    if left > before or (kind_of(problem).proof == "parser" and left == before):
        return "the file would be no less broken"
    return ""


def _broken(analysis: Index, start: int, end: int) -> int:
    """How many of the units in [start, end) do not compile."""
    first, last = analysis.unit_at(start), analysis.unit_at(max(start, end - 1))
    return sum(analysis.facts(unit).fault is not None for unit in range(first, last + 1))
