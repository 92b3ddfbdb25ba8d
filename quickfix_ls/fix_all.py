"""Fixes all problems of a source text, one after the other, until no fix applies any more."""

from __future__ import annotations

import math
import re
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass

from quickfix_ls.candidates.generate import Models
from quickfix_ls.documents.snapshot import Snapshot
from quickfix_ls.index.index import Index
from quickfix_ls.pipeline import Budget, Pipeline
from quickfix_ls.problems import find_all
from quickfix_ls.problems.kinds import kind_of
from quickfix_ls.problems.problem_finder import ProblemFinder
from quickfix_ls.problems.switches import switched_on
from quickfix_ls.problems.syntax_errors import syntax_problems
from quickfix_ls.repairs.expansion import Deadline
from quickfix_ls.values import Edit, Offer, Problem, Span, compose_edits

_MAX_FIXES = 5000

_LINE_NUMBER = re.compile(r"\bline \d+")

Finder = Callable[[Index], Awaitable[list[Problem]]]
"""Returns the problems of a document, in the order of its text. Cancellable at every await."""

Progress = Callable[[int, int], None]
"""Is told how many problems are fixed, and how many these and those not yet looked at are."""


async def find_own(index: Index) -> list[Problem]:
    """Return the problems that our own analysis finds. Does not wait."""
    return find_all(index)


@dataclass(frozen=True, slots=True)
class FixedDocument:
    """A document after fixes.

    `snapshot` is the fixed text; `edits` lead to it from the text before all fixes; `applied` are the offers in the
    order in which they were applied, and `left` the problems that remain.
    """

    snapshot: Snapshot
    edits: tuple[Edit, ...]
    applied: tuple[Offer, ...]
    left: tuple[Problem, ...]


async def fix_all(
    pipeline: Pipeline,
    index: Index,
    budget: Budget,
    *,
    seconds: float = math.inf,
    only_preferred: bool = True,
    wanted: Callable[[Offer], bool] = lambda offer: True,
    models: Models | None = None,
    find: Finder = find_own,
    admits: Callable[[Problem], bool] = lambda problem: True,
    progress: Progress = lambda done, total: None,
    pause: Callable[[], Awaitable[None]] | None = None,
) -> FixedDocument:
    """Apply the best offer for one problem after the other until no offer applies, and return the result.

    `budget` limits the search for each problem, `seconds` the whole. An offer that removes content is never applied;
    `only_preferred` skips offers that may not be applied without review, `wanted` those that the caller rejects. Only
    the given `models` are asked. `find` returns the problems of a document, and is called again when each of them was
    looked at; `admits` tells whether it would return a problem that a fix brought to light in between. `progress` is
    called after each, and `pause` awaited before. Cancellable at every await.
    """
    deadline = Deadline(seconds)
    work = _Fixing(index, admits)
    while True:
        found = [problem for problem in await find(work.index) if pipeline.wants(problem)]
        waiting = [problem for problem in found if _key(work.index, problem) not in work.unfixable]
        fixed_before = len(work.applied)
        for number, problem in enumerate(waiting):
            current = work.current(problem, since=fixed_before)
            while current is not None and not deadline.is_over and len(work.applied) < _MAX_FIXES:
                if pause is not None:
                    await pause()
                within = Budget(min(budget.seconds, deadline.left), 1)
                offer = await _best(pipeline, work.index, current, within, models)
                if offer is None or not _may_apply(offer, only_preferred=only_preferred) or not wanted(offer):
                    work.unfixable.add(_key(work.index, current))
                    break
                work.apply(offer)
                current = work.revealed(pipeline, current)
                progress(len(work.applied), len(work.applied) + len(waiting) - number - (current is None))
            progress(len(work.applied), len(work.applied) + len(waiting) - number - 1)
        is_unchanged = len(work.applied) == fixed_before
        if is_unchanged or deadline.is_over or len(work.applied) >= _MAX_FIXES:
            left = found if is_unchanged else [other for other in await find(work.index) if pipeline.wants(other)]
            return FixedDocument(work.index.snapshot, work.edits, tuple(work.applied), tuple(left))


async def _best(
    pipeline: Pipeline, index: Index, problem: Problem, budget: Budget, models: Models | None
) -> Offer | None:
    """Return the best offer for a problem, or the part of it that mends this problem alone if only that is preferred.

    Cancellable at every await.
    """
    best = next(iter(await pipeline.final_offers(index, problem, budget, models)), None)
    if best is None or best.preferred or len(best.seen) < 2:
        return best
    own = next(iter(await pipeline.final_offers(index, problem, budget, alone=True)), None)
    is_part = own is not None and own.preferred and set(own.candidate.edits) <= set(best.candidate.edits)
    return own if is_part else best


class _Fixing:
    """A document while it is fixed: its `index` after the offers `applied` so far, whose `edits` are composed.

    A problem that can't be fixed is remembered in `unfixable` by its message and its line's text, since edits elsewhere
    move it.
    """

    def __init__(self, index: Index, admits: Callable[[Problem], bool]) -> None:
        self.index = index
        self.edits: tuple[Edit, ...] = ()
        self.applied: list[Offer] = []
        self.unfixable: set[tuple[str, str]] = set()
        self._admits = admits

    def apply(self, offer: Offer) -> None:
        self.applied.append(offer)
        self.edits = compose_edits(self.edits, offer.candidate.edits)
        self.index = self.index.after(offer.candidate.edits)

    def current(self, problem: Problem, since: int) -> Problem | None:
        """Return a problem that was found when `since` offers were applied as it is now; None if it is gone, or if only
        another search for problems can tell."""
        span: Span | None = problem.span
        for offer in self.applied[since:]:
            for edit in sorted(offer.candidate.edits, reverse=True):
                span = span and moved(span, edit)
        if span is None or len(self.applied) == since:
            return problem if span is not None else None
        unit = self.index.unit_at(span.start)
        same = (other for other in _found_in(self.index, max(0, unit - 1), unit) if other.span == span)
        return next((other for other in same if (other.code, other.name) == (problem.code, problem.name)), None)

    def revealed(self, pipeline: Pipeline, fixed: Problem) -> Problem | None:
        """Return the next syntax error of the unit in which one was fixed, which the parser reports only now."""
        if kind_of(fixed).proof != "parser":
            return None
        unit = self.index.unit_at(fixed.span.start)
        found = switched_on(self.index.snapshot, syntax_problems(self.index, unit, unit))
        fresh = (problem for problem in found if pipeline.wants(problem) and self._admits(problem))
        return next((problem for problem in fresh if _key(self.index, problem) not in self.unfixable), None)


def moved(span: Span, edit: Edit) -> Span | None:
    """Return a span after an edit of the text; None if the edit changes its text."""
    if edit.span.start >= span.end and (edit.span.start > span.start or not edit.growth):
        return span
    if edit.span.end <= span.start:
        return Span(span.start + edit.growth, span.end + edit.growth)
    return None


def _found_in(index: Index, first: int, last: int) -> Iterator[Problem]:
    """Yield the problems that our own analysis finds in the units from `first` to `last`."""
    yield from syntax_problems(index, first, last)
    yield from index.language.part(ProblemFinder).findings(index, first, last)


def _may_apply(offer: Offer, *, only_preferred: bool) -> bool:
    return offer.keeps_content and (offer.preferred or not only_preferred)


def _key(index: Index, problem: Problem) -> tuple[str, str]:
    """Return a problem's message, without line numbers, and the text of its line."""
    line = index.snapshot.line_at(problem.span.start)
    return _LINE_NUMBER.sub("", problem.message), index.snapshot.line_text(line)
