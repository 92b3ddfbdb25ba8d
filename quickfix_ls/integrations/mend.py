"""The pipeline on one text: every problem with its offers, and the text with the best offers applied."""

from __future__ import annotations

from dataclasses import dataclass

from quickfix_ls.analysis.index import Analysis
from quickfix_ls.documents.snapshot import Snapshot
from quickfix_ls.pipeline import Budget, Pipeline
from quickfix_ls.problems import find_all
from quickfix_ls.values import Edit, Offer, Problem

_MOST_FIXES = 1000


@dataclass(frozen=True, slots=True)
class Finding:
    """A problem of a text with its offers, best first; none where we abstain."""

    problem: Problem
    offers: tuple[Offer, ...]


@dataclass(frozen=True, slots=True)
class Mended:
    """A text after its best offers, those offers in the order they were applied, and what is left."""

    text: str
    applied: tuple[Offer, ...]
    left: tuple[Problem, ...]


async def find(pipeline: Pipeline, text: str, budget: Budget) -> tuple[Finding, ...]:
    """Every problem of the text with its offers, in the order of the text. Cancellable at every await."""
    analysis = Analysis.of(Snapshot.of(text))
    return tuple(
        [Finding(one, await offers_of(pipeline, analysis, one, budget)) for one in find_all(analysis)]
    )


async def mend(pipeline: Pipeline, text: str, budget: Budget) -> Mended:
    """Apply the best offer of one problem after the other until none has one. Cancellable at every await."""
    analysis = Analysis.of(Snapshot.of(text))
    applied: list[Offer] = []
    # What was given up is known by its message and its line's text: edits elsewhere move its place.
    given_up: set[tuple[str, str]] = set()
    while True:
        problems = find_all(analysis)
        offer = None
        for problem in problems:
            key = (problem.message, _line(analysis, problem))
            if key not in given_up and len(applied) < _MOST_FIXES:
                offer = next(iter(await offers_of(pipeline, analysis, problem, budget)), None)
                if offer is not None:
                    break
                given_up.add(key)
        if offer is None:
            return Mended(analysis.snapshot.text, tuple(applied), tuple(problems))
        applied.append(offer)
        analysis = edited(analysis, offer.candidate.edits)


async def offers_of(
    pipeline: Pipeline, analysis: Analysis, problem: Problem, budget: Budget
) -> tuple[Offer, ...]:
    """The final offers for a problem. Cancellable at every await."""
    offers: tuple[Offer, ...] = ()
    async for better in pipeline.offers(analysis, problem, budget):
        offers = better
    return offers


def edited(analysis: Analysis, edits: tuple[Edit, ...]) -> Analysis:
    """The analysis after edits that don't overlap, all in coordinates of the text before them."""
    for edit in sorted(edits, reverse=True):
        analysis = analysis.edited(edit, None)
    return analysis


def _line(analysis: Analysis, problem: Problem) -> str:
    return analysis.snapshot.line_text(analysis.snapshot.line_at(problem.span.start))
