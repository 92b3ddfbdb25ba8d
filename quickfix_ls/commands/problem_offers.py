"""Runs the pipeline on a source text: every problem with its offers."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from quickfix_ls.candidates.generate import Models
from quickfix_ls.fix_all import Finder, Progress, find_own
from quickfix_ls.index.index import Index
from quickfix_ls.pipeline import Budget, Pipeline
from quickfix_ls.problems import find_all
from quickfix_ls.values import Offer, Problem, ProblemKind


@dataclass(frozen=True, slots=True)
class ProblemOffers:
    """A problem with its offers, the best first; no offers if the ranking abstains."""

    problem: Problem
    offers: tuple[Offer, ...]


async def find(
    pipeline: Pipeline,
    index: Index,
    budget: Budget,
    models: Models | None = None,
    *,
    explain: bool = False,
    finder: Finder = find_own,
    progress: Progress = lambda done, total: None,
) -> tuple[ProblemOffers, ...]:
    """Return every problem that `finder` finds with its offers, in the order of the text.

    `explain` adds the reasons for the offers' probabilities; `progress` is called after each problem. Cancellable at
    every await.
    """
    found: list[ProblemOffers] = []
    problems = [problem for problem in await finder(index) if pipeline.wants(problem)]
    for problem in problems:
        offers = await pipeline.final_offers(index, problem, budget, models)
        found.append(ProblemOffers(problem, tuple(map(pipeline.explained, offers)) if explain else offers))
        progress(len(found), len(problems))
    return tuple(found)


def find_of_kind(index: Index, kinds: Collection[ProblemKind]) -> list[Problem]:
    """Return every problem of the text; with `kinds`, only problems of these kinds."""
    return [problem for problem in find_all(index) if not kinds or problem.kind in kinds]
