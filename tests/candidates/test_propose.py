"""What all sources propose together: the text's own line ends, and no source that hides another."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Iterator

import pytest

from quickfix_ls.candidates import fixers_for, propose
from quickfix_ls.candidates.fixers import Example, fixer
from quickfix_ls.context import Context
from quickfix_ls.context.build import build_context
from quickfix_ls.documents.snapshot import Snapshot
from quickfix_ls.pipeline import Budget, Pipeline
from quickfix_ls.plausibility import Plausibility
from quickfix_ls.problems import find_all
from quickfix_ls.values import Candidate, apply_edits
from tests.kit_python import PLAUSIBILITY as MODEL
from tests.kit_python import PYTHON, python_index

PLAUSIBILITY = Plausibility.load(PYTHON.tokenizer, MODEL)


def context_of(text: str) -> Context:
    index = python_index(Snapshot.of(text))
    return build_context(index, index.region(0, len(index.cuts) - 1), find_all(index)[0])


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("text", ["values = [\n    1,\n    2,\n\nprint(values)\n", "class A(Exception):\n\nx = 1\n"])
def test_candidates_have_the_texts_own_line_ends(text: str, end: str) -> None:
    broken = text.replace("\n", end)
    context = context_of(broken)
    found = [one for one, _ in propose(context, fixers_for(PYTHON, context.problem), PLAUSIBILITY)]
    assert any("\n" in edit.text or "\r" in edit.text for one in found for edit in one.edits)
    for one in found:
        after = apply_edits(broken, one.edits)
        assert after.replace(end, "").isascii()
        assert not set(after.replace(end, "")) & {"\r", "\n"}


@pytest.mark.parametrize("end", ["\r\n", "\r"])
def test_an_added_import_has_them_too(end: str) -> None:
    text = f"import sys{end}{end}{end}print(os.getcwd(), sys.argv){end}"
    index = python_index(Snapshot.of(text))
    (offer, *_) = asyncio.run(Pipeline.load(PYTHON).final_offers(index, find_all(index)[0], Budget(30)))
    assert apply_edits(text, offer.candidate.edits) == f"import os{end}".join(["", text]).replace(
        f"import os{end}import sys{end}", f"import sys{end}import os{end}"
    )


@fixer(handles="syntax", examples=[Example("", "")])
def fail_always(context: Context) -> Iterator[Candidate]:
    yield Candidate((context.edit(0, 0, ""),), "before it fails")
    raise RuntimeError("a fixer with a fault")


def test_a_source_that_raises_hides_no_other(caplog: pytest.LogCaptureFixture) -> None:
    context = context_of("if x\n    y\n")
    with caplog.at_level(logging.ERROR):
        sources = {
            one.source for one, _ in propose(context, (fail_always, *fixers_for(PYTHON, context.problem)), PLAUSIBILITY)
        }
    assert {"fixer:fail_always", "fixer:add_colon", "search:insert"} <= sources
    assert "fixer fail_always failed and was skipped" in caplog.text


def test_fixers_are_total_and_deterministic() -> None:
    for text in (
        "",
        "(",
        "'",
        "\\",
        "@",
        "def",
        "for",
        "\t",
        "é(",
        "print",
        "x = 'a\r\nb",
        "class A:\n",
        "if x:\n\n\n",
    ):
        index = python_index(Snapshot.of(text))
        for problem in find_all(index):
            context = build_context(index, index.region(0, len(index.cuts) - 1), problem)
            for one in fixers_for(PYTHON, problem):
                assert list(one.propose(context)) == list(one.propose(context))
