"""What is preferred or written keeps the content of the text, and titles quote only what changes.

The texts are the examples of all fixers, and real code broken by everyday errors. A folder with broken texts of your
own, files of JSON objects with the key `broken` (and `line` and `error`, where they are known), is read too if
QUICKFIX_LS_BROKEN_TEXTS names it; QUICKFIX_LS_BROKEN_LIMIT is the number of texts of each file, 100 by default.
"""

from __future__ import annotations

import asyncio
import json
import os
import re
from collections.abc import Iterator
from functools import cache
from itertools import islice
from pathlib import Path

import pytest

from quickfix_ls.candidates.fixers import all_fixers
from quickfix_ls.candidates.titles import MAX_LENGTH, changed_text
from quickfix_ls.documents.snapshot import Snapshot
from quickfix_ls.fix_all import fix_all
from quickfix_ls.pipeline import Budget, Pipeline
from quickfix_ls.problems import find_all, find_at
from quickfix_ls.problems.kinds import NAME, SYNTAX
from quickfix_ls.training.corpus import corpus_files
from quickfix_ls.training.everyday import everyday_rows
from quickfix_ls.validation.content import removed_by
from quickfix_ls.values import Offer, Problem, Reported, Span, apply_edits
from tests.kit_changes import change_of
from tests.kit_python import PYTHON, python_index

FOLDER = os.environ.get("QUICKFIX_LS_BROKEN_TEXTS", "")
LIMIT = int(os.environ.get("QUICKFIX_LS_BROKEN_LIMIT", "100"))
EXAMPLES = sorted(
    {
        example.before.replace("$0", "")
        for fixer in all_fixers(PYTHON.fixers)
        for example in fixer.examples
        if example.reported is None
    }
)
FEW = 12
"""Every so many examples are run by default; the others by `pytest -m slow`."""

Broken = tuple[str, str, int]
"""A text, and the error that is reported for a line (from 1); an empty error where our own analysis finds it."""


def read_texts() -> list[Broken]:
    texts = []
    for path in sorted(Path(FOLDER).glob("*.jsonl")) if FOLDER else ():
        rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
        found = [row for row in rows if row.get("broken") and row.get("lang", "python") == "python"]
        texts += [(row["broken"], row.get("error") or "", row.get("line") or 1) for row in found[:LIMIT]]
    return texts


def everyday_texts(count: int) -> Iterator[Broken]:
    """Real code with everyday errors."""
    for row in islice(everyday_rows(corpus_files(), 1, 5), count):
        yield row["broken"], row["error"], row["line"]


@cache
def pipeline() -> Pipeline:
    return Pipeline.load(PYTHON)


def offers_for(broken: Broken) -> tuple[Offer, ...]:
    text, error, line = broken
    index = python_index(Snapshot.of(text))
    span = index.snapshot.line_span(line - 1)
    problems = find_at(index, span, (Reported(error, span),)) if error else find_all(index)
    if not problems:
        return ()
    return asyncio.run(pipeline().final_offers(index, problems[0], Budget(30, 5)))


def is_proven(offers: tuple[Offer, ...]) -> bool:
    return any(offer.problem.kind != SYNTAX for offer in offers)


def lost(before: str, after: str, *, proven: bool) -> list[str]:
    """The content of a text that another one lacks, by the lines that differ."""
    problem = Problem(NAME if proven else SYNTAX, "an error", "", Span(0, 0))
    return [loss.text for loss in removed_by(change_of(before, after, problem)) if not loss.stray]


def judge(broken: Broken) -> None:
    """Assert all that is promised of the offers for a text, and of what `fix --write` makes of it."""
    text = broken[0]
    offers = offers_for(broken)
    titles = [offer.candidate.title for offer in offers]
    assert len(set(titles)) == len(titles)
    for offer in offers:
        old, new = changed_text(text, offer.candidate.edits)
        for piece in re.findall(r"`([^`]*)`", offer.candidate.title):
            assert piece in old or piece in new, offer.candidate.title
        assert len(offer.candidate.title) <= MAX_LENGTH + 40
        said = [check for check in offer.verdict.checks if check.startswith("removes")]
        assert offer.keeps_content or said
        for piece in re.findall(r"`([^`]*)`", " ".join(said)):
            assert piece in old
        if offer.preferred:
            assert lost(text, apply_edits(text, offer.candidate.edits), proven=is_proven((offer,))) == []
    fixed = asyncio.run(fix_all(pipeline(), python_index(Snapshot.of(text)), Budget(30, 3), seconds=60))
    assert lost(text, fixed.snapshot.text, proven=is_proven(fixed.applied)) == []


@pytest.mark.parametrize("text", EXAMPLES[::FEW])
def test_offers_for_examples_of_fixers(text: str) -> None:
    judge((text, "", 1))


def test_offers_for_real_code_with_everyday_errors() -> None:
    texts = list(everyday_texts(6))
    assert texts
    for broken in texts:
        judge(broken)


@pytest.mark.slow
@pytest.mark.parametrize("text", [text for at, text in enumerate(EXAMPLES) if at % FEW])
def test_offers_for_all_other_examples_of_fixers(text: str) -> None:
    judge((text, "", 1))


@pytest.mark.slow
def test_offers_for_more_real_code_with_everyday_errors() -> None:
    for broken in everyday_texts(60):
        judge(broken)


@pytest.mark.parametrize("broken", read_texts())
def test_offers_for_texts_of_a_folder(broken: Broken) -> None:
    judge(broken)
