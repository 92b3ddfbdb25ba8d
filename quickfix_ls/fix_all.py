"""All problems of a text, fixed one after the other until nothing changes."""

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

_MOST_FIXES = 1000


Finder = Callable[[Index], Awaitable[list[Problem]]]
"""Finds the problems of a document, in the order of its text. Cancellable at every await."""


async def find_own(index: Index) -> list[Problem]:
    """What our own analysis finds."""
    return find_all(index)


@dataclass(frozen=True, slots=True)
class Mended:
    """A document after fixes: its snapshot, the edits in coordinates of the text before them, the offers that made
    them up in the order they were applied, and the problems that are left."""

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
) -> Mended:
    """Apply the best offer for one problem after the other until nothing changes. Cancellable at every await.

    `budget` is for each problem, `seconds` for all; `only_preferred` leaves out what may not be applied blind,
    `wanted` what the caller does not want. No model is asked but those given. `find` says what the problems are.
    """
    deadline = Deadline(seconds)
    edits: tuple[Edit, ...] = ()
    applied: list[Offer] = []
    # What was given up is known by its message and its line's text: edits elsewhere move its place.
    given_up: set[tuple[str, str]] = set()
    while True:
        problems = [one for one in await find(index) if pipeline.wants(one)]
        problem = next((one for one in problems if _key(index, one) not in given_up), None)
        if problem is None or deadline.is_over or len(applied) >= _MOST_FIXES:
            return Mended(index.snapshot, edits, tuple(applied), tuple(problems))
        within = Budget(min(budget.seconds, deadline.left), 1)
        offer = next(iter(await pipeline.final_offers(index, problem, within, models)), None)
        if offer is None or (only_preferred and not offer.preferred) or not wanted(offer):
            given_up.add(_key(index, problem))
            continue
        applied.append(offer)
        edits = compose_edits(edits, offer.candidate.edits)
        index = index.after(offer.candidate.edits)


def _key(index: Index, problem: Problem) -> tuple[str, str]:
    line = index.snapshot.line_at(problem.span.start)
    return problem.message, index.snapshot.line_text(line)
