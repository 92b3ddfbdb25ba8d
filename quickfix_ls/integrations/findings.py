"""The pipeline on one text: every problem with its offers."""

from __future__ import annotations

from dataclasses import dataclass

from quickfix_ls.analysis.index import Analysis
from quickfix_ls.documents.snapshot import Snapshot
from quickfix_ls.pipeline import Budget, Pipeline
from quickfix_ls.problems import find_all
from quickfix_ls.values import Offer, Problem


@dataclass(frozen=True, slots=True)
class Finding:
    """A problem of a text with its offers, best first; none where we abstain."""

    problem: Problem
    offers: tuple[Offer, ...]


async def find(pipeline: Pipeline, text: str, budget: Budget) -> tuple[Finding, ...]:
    """Every problem of the text with its offers, in the order of the text. Cancellable at every await."""
    analysis = Analysis.of(Snapshot.of(text))
    return tuple([Finding(one, await pipeline.final_offers(analysis, one, budget)) for one in find_all(analysis)])
