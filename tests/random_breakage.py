"""Random damage to real texts, through the whole pipeline, and what must hold of every offer."""

from __future__ import annotations

import logging
import random
import time
from collections.abc import Sequence

from quickfix_ls.documents.snapshot import Snapshot
from quickfix_ls.index.index import Index
from quickfix_ls.languages.python.facts import environment_of
from quickfix_ls.pipeline import Budget, Pipeline
from quickfix_ls.problems import find_all
from quickfix_ls.problems.syntax_errors import syntax_problems
from quickfix_ls.values import Offer, apply_edits
from tests.documents.random_edits import random_edit
from tests.kit_python import python_index

MOST_EDITS, MOST_PROBLEMS = 3, 2


class Complaints(logging.Handler):
    """Collects what is logged as an error: a fixer that raised, say."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.records: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.records.append(self.format(record))


async def check_repair(pipeline: Pipeline, chance: random.Random, texts: Sequence[str], budget: Budget) -> float:
    """Break one of the texts, ask for the offers of its first problems, and check each.

    Returns the longest time that one problem took, in seconds. Raises AssertionError for an offer that does not do
    what validation says of it.
    """
    text = chance.choice(texts)
    for _ in range(chance.randint(0, MOST_EDITS)):
        edit = random_edit(chance, text)
        text = text[: edit.span.start] + edit.text + text[edit.span.end :]
    index = python_index(Snapshot.of(text))
    longest = 0.0
    for problem in find_all(index)[:MOST_PROBLEMS]:
        began = time.perf_counter()
        offers = await pipeline.final_offers(index, problem, budget)
        longest = max(longest, time.perf_counter() - began)
        for offer in offers:
            check_offer(index, offer)
    return longest


def check_offer(index: Index, offer: Offer) -> None:
    """An offer passed every check, changes something, and leaves the file with fewer broken units, or, where what it
    edits runs on into the next broken one, at least not with more."""
    assert offer.verdict.passed
    assert 0 <= offer.probability <= 1
    after = apply_edits(index.snapshot.text, offer.candidate.edits)
    assert after != index.snapshot.text
    mended = python_index(Snapshot.of(after), environment_of(index).target)
    before, left = len(list(syntax_problems(index))), len(list(syntax_problems(mended)))
    assert left <= max(before - (offer.problem.kind == "syntax"), before > 1), (index.snapshot.text, offer)
