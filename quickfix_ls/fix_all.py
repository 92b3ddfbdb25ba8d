"""Fixes all problems of a source text, one after the other, until no fix applies any more."""

from __future__ import annotations

import math
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from quickfix_ls.candidates.generate import Models
from quickfix_ls.documents.snapshot import Snapshot
from quickfix_ls.index.index import Index
from quickfix_ls.pipeline import Budget, Pipeline
from quickfix_ls.problems import find_all
from quickfix_ls.repairs.expansion import Deadline
from quickfix_ls.values import Edit, Offer, Problem, compose_edits

_MAX_FIXES = 1000

Finder = Callable[[Index], Awaitable[list[Problem]]]
"""Returns the problems of a document, in the order of its text. Cancellable at every await."""


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
) -> FixedDocument:
    """Apply the best offer for one problem after the other until no offer applies, and return the result.

    `budget` limits the search for each problem, `seconds` the whole. An offer that removes content is never applied;
    `only_preferred` skips offers that may not be applied without review, `wanted` those that the caller rejects. Only
    the given `models` are asked. `find` returns the problems of a document. Cancellable at every await.
    """
    deadline = Deadline(seconds)
    edits: tuple[Edit, ...] = ()
    applied: list[Offer] = []
    # A problem without a fix is identified by its message and its line's text, since edits elsewhere move it.
    unfixable: set[tuple[str, str]] = set()
    while True:
        problems = [problem for problem in await find(index) if pipeline.wants(problem)]
        problem = next((problem for problem in problems if _key(index, problem) not in unfixable), None)
        if problem is None or deadline.is_over or len(applied) >= _MAX_FIXES:
            return FixedDocument(index.snapshot, edits, tuple(applied), tuple(problems))
        within = Budget(min(budget.seconds, deadline.left), 1)
        offer = next(iter(await pipeline.final_offers(index, problem, within, models)), None)
        if offer is None or not _may_apply(offer, only_preferred=only_preferred) or not wanted(offer):
            unfixable.add(_key(index, problem))
            continue
        applied.append(offer)
        edits = compose_edits(edits, offer.candidate.edits)
        index = index.after(offer.candidate.edits)


def _may_apply(offer: Offer, *, only_preferred: bool) -> bool:
    return offer.keeps_content and (offer.preferred or not only_preferred)


def _key(index: Index, problem: Problem) -> tuple[str, str]:
    """Return a problem's message and the text of its line."""
    line = index.snapshot.line_at(problem.span.start)
    return problem.message, index.snapshot.line_text(line)
