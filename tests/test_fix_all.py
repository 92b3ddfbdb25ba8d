"""Fixing a whole text: nothing is left that has a fix, and what has none does not stand in the way."""

from __future__ import annotations

import asyncio

import pytest

from quickfix_ls.documents.snapshot import Snapshot
from quickfix_ls.fix_all import fix_all
from quickfix_ls.pipeline import Budget, Pipeline
from quickfix_ls.values import apply_edits
from tests.kit_python import PYTHON, python_index

BUDGET = Budget(seconds=30)


@pytest.fixture(scope="module")
def pipeline() -> Pipeline:
    return Pipeline.load(PYTHON, min_probability=0)  # so that no test hangs on what the model thinks of its text


def test_every_problem_of_a_text_is_fixed_in_one_go(pipeline: Pipeline) -> None:
    text = "def f(x)\n    return x\n\n\ndef g():\n    retrun 1\n\n\ndef h(value):\n    return valeu\n"
    mended = asyncio.run(fix_all(pipeline, python_index(Snapshot.of(text)), BUDGET, only_preferred=False))
    assert not mended.left
    assert mended.snapshot.text == apply_edits(text, mended.edits)
    compile(mended.snapshot.text, "mended", "exec")


def test_what_is_not_wanted_is_left_and_the_rest_is_fixed(pipeline: Pipeline) -> None:
    index = python_index(Snapshot.of("print(lenn([]))\nprint(summ([]))\n"))
    mended = asyncio.run(
        fix_all(pipeline, index, BUDGET, only_preferred=False, wanted=lambda offer: offer.problem.name != "lenn")
    )
    assert mended.snapshot.text == "print(lenn([]))\nprint(sum([]))\n"
    assert [one.name for one in mended.left] == ["lenn"]
