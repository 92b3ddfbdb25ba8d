"""Puts the fix of the problem that was asked about before the fix of several problems at once.

Problems with one cause are repaired together, and a fixer may mend all lines of a kind. In an editor the user asks
about the problem at the cursor: a fix that also edits other lines is a choice of its own.
"""

from __future__ import annotations

import time
from dataclasses import replace

from quickfix_ls.candidates.generate import Models
from quickfix_ls.index.index import Index
from quickfix_ls.pipeline import Budget, Pipeline
from quickfix_ls.problems.kinds import kind_of
from quickfix_ls.values import Offer, Problem

_LEAST_SECONDS = 0.05
"""Time for the second search in any case; it is quick, since the first one has left its candidates in the caches."""


async def single_first(
    pipeline: Pipeline, index: Index, problem: Problem, budget: Budget, models: Models | None = None
) -> tuple[Offer, ...]:
    """Return the offers for a problem, like `Pipeline.final_offers`; if the best one mends other problems too, and a
    part of its edits mends this problem alone, the part comes first and the whole after it, never preferred.

    The whole is right only if the part is, so the part is at least as probable and as sure. Cancellable at every await.
    """
    until = time.monotonic() + budget.seconds
    offers = await pipeline.final_offers(index, problem, budget, models)
    if not offers or not kind_of(problem).stepwise or len(offers[0].candidate.edits) < 2:
        return offers
    whole, *others = offers
    rest = Budget(max(until - time.monotonic(), _LEAST_SECONDS), 1)
    part = next(iter(await pipeline.final_offers(index, problem, rest, alone=True)), None)
    if part is None or not set(part.candidate.edits) < set(whole.candidate.edits):
        return offers
    part = replace(
        part,
        probability=max(part.probability, whole.probability),
        preferred=part.preferred or whole.preferred,
    )
    others = [offer for offer in others if offer.candidate.edits != part.candidate.edits]
    return (part, replace(whole, preferred=False), *others)[: budget.offers]
