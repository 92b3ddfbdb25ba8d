"""The pipeline on one text: every problem with its offers."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from quickfix_ls.analysis.index import Analysis
from quickfix_ls.candidates.generate import Models
from quickfix_ls.fix_all import Finder, find_own
from quickfix_ls.pipeline import Budget, Pipeline
from quickfix_ls.problems import find_all
from quickfix_ls.values import Offer, Problem, ProblemKind


@dataclass(frozen=True, slots=True)
class Finding:
    """A problem of a text with its offers, best first; none where we abstain."""

    problem: Problem
    offers: tuple[Offer, ...]


async def find(
    pipeline: Pipeline,
    analysis: Analysis,
    budget: Budget,
    models: Models | None = None,
    *,
    explain: bool = False,
    finder: Finder = find_own,
) -> tuple[Finding, ...]:
    """Every problem of the text that `finder` finds with its offers, in the order of the text; with the reasons for
    their probabilities where `explain` says so. Cancellable at every await."""
    found = []
    for problem in filter(pipeline.wants, await finder(analysis)):
        offers = await pipeline.final_offers(analysis, problem, budget, models)
        found.append(Finding(problem, tuple(map(pipeline.explained, offers)) if explain else offers))
    return tuple(found)


def find_of_kind(analysis: Analysis, kinds: Collection[ProblemKind]) -> list[Problem]:
    """Every problem of the text, of those kinds where any is given."""
    return [one for one in find_all(analysis) if not kinds or one.kind in kinds]
