"""Repairs of a region, the most probable first: a best-first search over single steps.

A repair's probability is the product of its steps', which can only fall, so that the first complete one that comes up
is the best there is.
"""

from __future__ import annotations

import heapq
from collections.abc import AsyncGenerator, Sequence
from dataclasses import dataclass

from quickfix_ls.context import Context
from quickfix_ls.index.index import Index, Region
from quickfix_ls.repairs.expansion import Deadline, StepModels, expand, scored
from quickfix_ls.repairs.repair import Repair
from quickfix_ls.repairs.valid_candidate import ValidCandidate
from quickfix_ls.values import Offer, Problem

_MOST_STEPS = 8
_MOST_EXPANSIONS = 14
_BRANCHES = 5
_RIVALS = 0.25
"""Once there is a repair, what is only begun is worked on where it is at least so likely as that: to finish what is not
costs more than an alternative further down is worth."""


@dataclass(frozen=True, slots=True)
class SearchRoot:
    """A region before its first step: the `repair` without steps, the `context` of the region's first error, and the
    `group` of all candidates for the first step."""

    repair: Repair
    context: Context
    group: Sequence[ValidCandidate]


async def root_of(
    parts: StepModels, index: Index, region: Region, problem: Problem, deadline: Deadline
) -> SearchRoot | None:
    """The first expansion of a region; None where the time is over or nothing is wrong with it. Cancellable at every
    await."""
    repair = Repair.of(region, problem, index)
    if repair.problem is None or deadline.is_over:
        return None
    return SearchRoot(repair, *await expand(parts, index, region, repair.problem, deadline))


async def search(
    parts: StepModels, index: Index, root: SearchRoot, problem: Problem, min_probability: float, deadline: Deadline
) -> AsyncGenerator[Offer, None]:
    """Complete repairs that pass validation, those less probable than `min_probability` left out. Cancellable at every
    await; nothing is left behind."""
    frontier = _Frontier(min_probability)
    frontier.add(parts, root.repair, 1.0, root.context, root.group)
    seen = {root.repair.key}
    expanded = 1
    best = 0.0
    while frontier.heap:
        probability, repair = frontier.take()
        # Steps in another order make the same text; the likeliest order came first.
        if repair.key in seen:
            continue
        seen.add(repair.key)
        if repair.complete:
            offer = repair.offer(problem, probability)
            if offer.verdict.passed:
                best = best or probability
                yield offer
            continue
        if repair.problem is None or len(repair.steps) >= _MOST_STEPS:
            continue
        if expanded >= _MOST_EXPANSIONS or deadline.is_over or probability < best * _RIVALS:
            continue
        expanded += 1
        context, group = await expand(parts, index, repair.region, repair.problem, deadline)
        frontier.add(parts, repair, probability, context, group)


class _Frontier:
    """The repairs that were begun and not looked at yet, the most probable first; of equals the first added first."""

    def __init__(self, min_probability: float) -> None:
        self.heap: list[tuple[float, int, Repair]] = []
        self._min_probability = min_probability
        self._added = 0

    def add(
        self, parts: StepModels, repair: Repair, probability: float, context: Context, group: Sequence[ValidCandidate]
    ) -> None:
        """The repair after each of the likeliest candidates for its next step."""
        ranked = sorted(zip(group, scored(parts, context, group), strict=True), key=lambda pair: -pair[1].probability)
        for step, score in ranked[:_BRANCHES]:
            if probability * score.probability < self._min_probability:
                break
            self._added += 1
            heapq.heappush(self.heap, (-probability * score.probability, self._added, repair.after(step, score.seen)))

    def take(self) -> tuple[float, Repair]:
        """The most probable repair, with its probability."""
        negated, _, repair = heapq.heappop(self.heap)
        return -negated, repair
