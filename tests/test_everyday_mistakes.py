"""Everyday mistakes as a whole: the first offer is what a person would do, or there is none."""

from __future__ import annotations

import asyncio

import pytest

from quickfix_ls.documents.snapshot import Snapshot
from quickfix_ls.pipeline import Budget, Pipeline
from quickfix_ls.problems import find_all
from quickfix_ls.values import apply_edits
from tests.kit_python import PYTHON, python_index

BUDGET = Budget(seconds=30)


@pytest.fixture(scope="module")
def pipeline() -> Pipeline:
    return Pipeline.load(PYTHON)


def first_offer(pipeline: Pipeline, text: str) -> str | None:
    """The text after the first offer for the first problem of a text; None if there is no offer."""
    index = python_index(Snapshot.of(text))
    found = asyncio.run(pipeline.final_offers(index, find_all(index)[0], BUDGET))
    return apply_edits(text, found[0].candidate.edits) if found else None


@pytest.mark.parametrize(
    ("before", "after"),
    [
        # The indentation shows where an inner bracket ends.
        (
            "CONFIG = {\n    'server': {\n        'host': 'lo',\n        'port': 8,\n    'debug': True,\n}\n",
            "CONFIG = {\n    'server': {\n        'host': 'lo',\n        'port': 8,\n    },\n    'debug': True,\n}\n",
        ),
        # An empty bracket is closed where it was opened.
        ("def f():\n    x = 1\n    print(\n    x = 2\n", "def f():\n    x = 1\n    print()\n    x = 2\n"),
        # Only what leaves the loop, or reads what it binds, goes into it.
        (
            "import sys\n\nfor item in sys.argv:\n    print(item)\nif item == 'x':\n    break\nprint('done')\n",
            "import sys\n\nfor item in sys.argv:\n    print(item)\n    if item == 'x':\n        break\nprint('done')\n",
        ),
        (
            "def total(items):\nresult = sum(items)\nreturn result\nprint(total([1, 2]))\n",
            "def total(items):\n    result = sum(items)\n    return result\nprint(total([1, 2]))\n",
        ),
        (
            "async def main(session):\n    first = await fetch(session)\nsecond = await fetch(first)\nprint(second)\n\n"
            "\nasync def fetch(session):\n    return await session.get()\n",
            "async def main(session):\n    first = await fetch(session)\n    second = await fetch(first)\n"
            "    print(second)\n\n\nasync def fetch(session):\n    return await session.get()\n",
        ),
        # What a package exports, whose other names the file imports, is not a builtin name misspelt.
        (
            "from django.db import models\n\n\nclass Cup(models.Model):\n    def get_absolute_url(self):\n"
            "        return reverse('cup', args=[self.pk])\n",
            "from django.db import models\nfrom django.urls import reverse\n\n\nclass Cup(models.Model):\n"
            "    def get_absolute_url(self):\n        return reverse('cup', args=[self.pk])\n",
        ),
    ],
)
def test_the_first_offer_is_what_a_person_would_do(pipeline: Pipeline, before: str, after: str) -> None:
    assert first_offer(pipeline, before) == after


@pytest.mark.parametrize(
    "text",
    [
        # Nothing that was meant can be known.
        "answer = input('Go on? ')\nif answer == 'n':\n    break\nprint('going on')\n",
        "try:\n    n = int('4')\nprint(n)\n",
        "def load(path):\n    try:\n        return open(path)\n\n\ndef main():\n    load('x')\n",
        # Statements that are being typed, whatever follows.
        "import os\n\nx = os.path.\nif x:\n    print(x)\n",
        "import os\n\nx = os.path.\n\n\ndef f():\n    pass\n",
        "import os\n\nx = os.path.\n",
        "def f(x):\n    d = {'a':\n    return x\n",
        "def f(x):\n    result = [n for n in\n    print(x)\n",
        "def f(x):\n    with open(\n    y = 3\n    return y\n",
    ],
)
def test_there_is_no_offer(pipeline: Pipeline, text: str) -> None:
    assert first_offer(pipeline, text) is None


@pytest.mark.parametrize("marker", ["=======", "<<<<<<< HEAD", ">>>>>>> topic"])
def test_a_lone_marker_of_a_conflict_is_never_removed_blind(pipeline: Pipeline, marker: str) -> None:
    text = f"def f(rows):\n    for row in rows:\n        n += row.a\n{marker}\n        n -= row.b\n    return n\n"
    index = python_index(Snapshot.of(text))
    found = asyncio.run(pipeline.final_offers(index, find_all(index)[0], BUDGET))
    assert found[0].candidate.source == "fixer:resolve_conflict"
    assert not any(offer.preferred for offer in found)
