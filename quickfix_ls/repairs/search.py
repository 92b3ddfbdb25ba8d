"""Repairs of a region, the most probable first: a best-first search over single steps.

A repair's probability is the product of its steps', which can only fall, so that the first complete one that comes up
is the best there is.
"""

from __future__ import annotations

import heapq
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass

from quickfix_ls.context import Context
from quickfix_ls.index.index import Index, Region
from quickfix_ls.ranking.features import Considered
from quickfix_ls.ranking.repair import Repair
from quickfix_ls.repairs.steps import Clock, Parts, consider, scored
from quickfix_ls.values import Offer, Problem

_MOST_STEPS = 8
_MOST_EXPANSIONS = 14
_BRANCHES = 5
_RIVALS = 0.25
"""Once there is a repair, what is only begun is worked on where it is at least so likely as that: to finish what is not
costs more than an alternative further down is worth."""


@dataclass(frozen=True, slots=True)
class Start:
    """Where a search of a region began: the problem's context, and all that may be done first."""

    context: Context
    group: list[Considered]


async def search(
    parts: Parts,
    analysis: Index,
    region: Region,
    problem: Problem,
    least: float,
    clock: Clock,
    begun: Callable[[Start], None] = lambda start: None,
) -> AsyncIterator[Offer]:
    """Complete repairs that pass validation, those less probable than `least` left out. `begun` is told where it
    starts from. Cancellable at every await."""
    heap: list[tuple[float, int, Repair]] = [(-1.0, 0, Repair.of(region, problem, analysis))]
    seen: set[str] = set()
    pushed = expanded = 0
    best = 0.0
    while heap:
        probability, _, repair = heapq.heappop(heap)
        # Steps in another order make the same text; the likeliest order came first.
        if repair.key in seen:
            continue
        seen.add(repair.key)
        if repair.complete:
            offer = repair.offer(problem, -probability)
            if offer.verdict.passed:
                best = best or -probability
                yield offer
            continue
        if repair.problem is None or len(repair.steps) >= _MOST_STEPS:
            continue
        if expanded >= _MOST_EXPANSIONS or clock.is_over or -probability < best * _RIVALS:
            continue
        expanded += 1
        context, group = await consider(parts, analysis, repair.region, repair.problem, clock)
        if not repair.steps:
            begun(Start(context, group))
        ranked = sorted(zip(group, scored(parts, context, group), strict=True), key=lambda pair: -pair[1].probability)
        for step, score in ranked[:_BRANCHES]:
            if probability * -score.probability < least:
                break
            pushed += 1
            heapq.heappush(heap, (probability * score.probability, pushed, repair.after(step, score.seen)))
