"""The path as a whole: what is offered for a text, in what order, and when nothing is."""

from __future__ import annotations

import asyncio

import pytest

from quickfix_ls.documents.snapshot import Snapshot
from quickfix_ls.pipeline import Budget, Pipeline
from quickfix_ls.problems import find_all
from quickfix_ls.values import Offer, apply_edits
from tests.kit_python import PYTHON, python_index

BUDGET = Budget(seconds=30)


@pytest.fixture(scope="module")
def pipeline() -> Pipeline:
    return Pipeline.load(PYTHON)


def offers(pipeline: Pipeline, text: str, which: int = 0) -> tuple[Offer, ...]:
    index = python_index(Snapshot.of(text))
    return asyncio.run(pipeline.final_offers(index, find_all(index)[which], BUDGET))


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("for x in range(3)\n    print(x)\n", "for x in range(3):\n    print(x)\n"),
        ("values = [1, 2, 3\nprint(values)\n", "values = [1, 2, 3]\nprint(values)\n"),
        ("if x = 1:\n    go()\n", "if x == 1:\n    go()\n"),
        ("print 'hello'\n", "print('hello')\n"),
        (
            "def area(width, height):\n    return widht * height\n",
            "def area(width, height):\n    return width * height\n",
        ),
        ("x = np.zeros(3)\n", "import numpy as np\nx = np.zeros(3)\n"),
        ("import math\nprint(math.squrt(2))\n", "import math\nprint(math.sqrt(2))\n"),
        ("from collections import OrderdDict\n", "from collections import OrderedDict\n"),
        ("import jsn\nprint(jsn.dumps(1))\n", "import json\nprint(json.dumps(1))\n"),
        ("print(sorted([2, 1], revers=True))\n", "print(sorted([2, 1], reverse=True))\n"),
        (
            "class A:\n    def __inti__(self, x):\n        self.x = x\n",
            "class A:\n    def __init__(self, x):\n        self.x = x\n",
        ),
        ('if __name__ == "main":\n    print(1)\n', 'if __name__ == "__main__":\n    print(1)\n'),
        # Several errors of one region become one offer.
        ("def f(x)\n    if x = 1\n        print x\n", "def f(x):\n    if x == 1:\n        print(x)\n"),
        # Of several open brackets CPython reports the last, so that the way goes upwards.
        (
            "x = {'a': 1, 'b': 2\ny = x['a'\nprint(y\n",
            "x = {'a': 1, 'b': 2}\ny = x['a']\nprint(y)\n",
        ),
        (
            'def visit(node):\n    """Visit each node.\n    for one in node.edges:\n        visit(one)\n',
            'def visit(node):\n    """Visit each node."""\n    for one in node.edges:\n        visit(one)\n',
        ),
        (
            "class A:\n    def __init__(self, n):\n        self.n = n\n    self.tree = [0] * n\n",
            "class A:\n    def __init__(self, n):\n        self.n = n\n        self.tree = [0] * n\n",
        ),
        ("def f(numbers):\n    return sum(values)\n", "def f(numbers):\n    return sum(numbers)\n"),
    ],
)
def test_the_first_offer_is_the_right_one(pipeline: Pipeline, before: str, after: str) -> None:
    found = offers(pipeline, before)
    assert apply_edits(before, found[0].candidate.edits).split() == after.split()
    assert found[0].verdict.passed
    assert found[0].verdict.checks


def test_offers_come_best_first_and_at_most_one_is_preferred(pipeline: Pipeline) -> None:
    found = offers(pipeline, "x = foo(1, bar(2, 3)\ny = [x\n")
    assert [one.probability for one in found] == sorted((one.probability for one in found), reverse=True)
    assert sum(one.preferred for one in found[1:]) == 0


@pytest.mark.parametrize("text", ["@@@ ??? $$$ !!!\n", "lorem ipsum dolor sit amet, consectetur adipiscing elit\n"])
def test_nonsense_gets_no_preferred_offer(pipeline: Pipeline, text: str) -> None:
    assert not any(one.preferred for one in offers(pipeline, text))


def test_a_switched_off_fixer_is_not_heard(pipeline: Pipeline) -> None:
    quiet = Pipeline(pipeline.selector, pipeline.thresholds, pipeline.plausibility, ("call_print",))
    assert not any("fixer:call_print" in one.sources for one in offers(quiet, "print 'hello'\n"))


async def test_cancellation_passes_through(pipeline: Pipeline) -> None:
    text = "".join(f"def f{i}(x)\n    return (x\n\n\n" for i in range(8))
    index = python_index(Snapshot.of(text))
    task = asyncio.ensure_future(pipeline.final_offers(index, find_all(index)[0], BUDGET))
    await asyncio.sleep(0)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task


async def test_no_time_means_no_offer_rather_than_a_late_one(pipeline: Pipeline) -> None:
    index = python_index(Snapshot.of("x = foo(1\n"))
    assert await pipeline.final_offers(index, find_all(index)[0], Budget(seconds=0)) == ()
