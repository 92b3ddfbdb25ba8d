"""Fixing a whole text: nothing is left that has a fix, and what has none does not stand in the way."""

from __future__ import annotations

import asyncio

import pytest

from quickfix_ls.documents.snapshot import Snapshot
from quickfix_ls.fix_all import fix_all
from quickfix_ls.pipeline import Budget, Pipeline
from quickfix_ls.problems import find_all
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


FUNCTIONS = "\n\n".join(f"def f{n}(a, b)\n    if a > {n}\n        return b\n    return a\n" for n in range(12))
STATEMENTS = "def f(a):\n" + "".join(f"    if a > {n}\n        print(a, {n})\n" for n in range(12)) + "    return a\n"
METHODS = "class A:\n" + "\n".join(f"    def f{n}(self)\n        return self\n" for n in range(12))
MODULE = "a = 1\n" + "".join(f"if a > {n}\n    print(a, {n})\n" for n in range(12))


@pytest.mark.parametrize(
    "text", [FUNCTIONS, STATEMENTS, METHODS, MODULE], ids=["functions", "ifs", "methods", "module"]
)
def test_many_errors_are_all_mended_without_review(text: str) -> None:
    pipeline = Pipeline.load(PYTHON)
    told: list[tuple[int, int]] = []
    mended = asyncio.run(
        fix_all(
            pipeline, python_index(Snapshot.of(text)), BUDGET, progress=lambda done, total: told.append((done, total))
        )
    )
    assert not mended.left
    assert mended.snapshot.text == apply_edits(text, mended.edits)
    compile(mended.snapshot.text, "mended", "exec")
    assert mended.snapshot.text.replace(":", "") == text.replace(":", "")
    assert [done for done, _ in told] == sorted(done for done, _ in told)
    assert told[-1] == (len(mended.applied), len(mended.applied))


def test_an_offer_changes_no_other_function(pipeline: Pipeline) -> None:
    pieces = ["def f(x):\n    return (x\n", "def g(x):\n    retrun x\n", "def h(x)\n    return x\n", "print(f(1))\n"]
    text = "\n\n".join(pieces)
    index = python_index(Snapshot.of(text))
    problems = find_all(index)
    assert len(problems) == 3
    for number, problem in enumerate(problems):
        offers = asyncio.run(pipeline.final_offers(index, problem, BUDGET))
        assert offers
        others = [piece for place, piece in enumerate(pieces) if place != number]
        for offer in offers:
            fixed = apply_edits(text, offer.candidate.edits)
            assert all(piece in fixed for piece in others), offer


def test_an_import_that_moves_the_others_down_hides_none(pipeline: Pipeline) -> None:
    text = "def f(x)\n    return os.path.join(x)\n\n\ndef g(x)\n    return lenn(x)\n\n\ndef h(x):\n    return x]\n"
    mended = asyncio.run(fix_all(pipeline, python_index(Snapshot.of(text)), BUDGET, only_preferred=False))
    assert not mended.left
    assert "import os" in mended.snapshot.text
    assert "len(x)" in mended.snapshot.text
