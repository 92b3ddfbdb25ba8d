"""Runs the pipeline on a source text: every problem with its offers."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass

from quickfix_ls.candidates.generate import Models
from quickfix_ls.fix_all import Finder, find_own
from quickfix_ls.index.index import Index
from quickfix_ls.pipeline import Budget, Pipeline
from quickfix_ls.silence import Reason, Silence
from quickfix_ls.values import Edit, Offer, Problem


@dataclass(frozen=True, slots=True)
class ProblemOffers:
    """A problem with its offers, the best first; if there are none, `reason` says why.

    `with_problem` is an earlier problem whose best offer repairs this one too, if there is one.
    """

    problem: Problem
    offers: tuple[Offer, ...]
    reason: Reason | None = None
    with_problem: Problem | None = None


async def found_offers(
    pipeline: Pipeline,
    index: Index,
    budget: Budget,
    models: Models | None = None,
    *,
    explain: bool = False,
    finder: Finder = find_own,
    silence: Silence | None = None,
) -> AsyncIterator[ProblemOffers]:
    """Yield every problem that `finder` finds with its offers, in the order of the text.

    `explain` adds the reasons for the offers' probabilities; `silence` tells why a problem has none. Cancellable at
    every await.
    """
    together: dict[tuple[Edit, ...], Problem] = {}
    for problem in dict.fromkeys(filter(pipeline.wants, await finder(index))):
        offers = await pipeline.final_offers(index, problem, budget, models)
        reason = await silence.reason(pipeline, index, problem) if silence is not None and not offers else None
        shown = tuple(map(pipeline.explained, offers)) if explain else offers
        first = together.setdefault(offers[0].candidate.edits, problem) if offers else problem
        yield ProblemOffers(problem, shown, reason, first if first != problem else None)
