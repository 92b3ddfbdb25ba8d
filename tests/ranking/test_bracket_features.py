"""The features of brackets, for the text after a fix."""

from __future__ import annotations

import asyncio

import pytest

from quickfix_ls.context.regions import regions_for
from quickfix_ls.documents.snapshot import Snapshot
from quickfix_ls.languages.python.measures import FEATURE_NAMES
from quickfix_ls.pipeline import Pipeline
from quickfix_ls.problems import find_all
from quickfix_ls.ranking.features import features
from quickfix_ls.repairs.expansion import Deadline
from quickfix_ls.values import apply_edits
from tests.kit_python import PYTHON, python_index

INNER = "d = {\n    'a': {\n        'b': 1,\n    'c': 2,\n}\n"


@pytest.fixture(scope="module")
def pipeline() -> Pipeline:
    return Pipeline.load(PYTHON)


def value(pipeline: Pipeline, broken: str, after: str, feature: str) -> float:
    """Return a feature of the candidate that makes `after` of `broken`."""
    index = python_index(Snapshot.of(broken))
    problem = find_all(index)[0]
    region = next(iter(regions_for(index, problem)))
    step = asyncio.run(pipeline.expand(index, region, problem, Deadline(60)))
    context, group = step.context, list(step.group)
    texts = [apply_edits(broken, candidate.change.candidate.edits) for candidate in group]
    rows = features(context, group, pipeline.plausibility)
    return rows[texts.index(after)][FEATURE_NAMES.index(feature)]


@pytest.mark.parametrize(
    ("broken", "after", "feature", "wanted"),
    [
        (INNER, INNER.replace("    'c'", "    },\n    'c'"), "odd_lines", 0),
        ("x = f(a,\n      g(b,\n      c)\ny = 1\n", "x = f(a,\n      g(b,\n      c))\ny = 1\n", "odd_lines", 1),
        ("if (a > 3 and b:\n    go()\n", "if (a) > 3 and b:\n    go()\n", "atom_groups", 1),
        ("if (a > 3 and b:\n    go()\n", "if (a > 3 and b):\n    go()\n", "atom_groups", 0),
        ("x = (a - b / c\n", "x = (a - b / c)\n", "idle_groups", 1),
        ("x = (a - b / c\n", "x = (a - b) / c\n", "idle_groups", 0),
        ("if len(x > 3:\n    go()\n", "if len(x > 3):\n    go()\n", "odd_values", 1),
        ("if len(x > 3:\n    go()\n", "if len(x) > 3:\n    go()\n", "odd_values", 0),
        ("x = d['a'['b']\n", "x = d['a'['b']]\n", "odd_values", 1),
        ("x = [(1, 2), (3, 4, (5, 6)]\n", "x = [(1, 2), (3, 4, (5, 6))]\n", "odd_values", 1),
        ("x = [(1, 2), (3, 4, (5, 6)]\n", "x = [(1, 2), (3, 4), (5, 6)]\n", "odd_values", 0),
    ],
)
def test_what_looks_unlike_what_was_meant_is_counted(
    pipeline: Pipeline, broken: str, after: str, feature: str, wanted: float
) -> None:
    assert value(pipeline, broken, after, feature) == wanted
