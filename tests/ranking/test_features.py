"""The features of real candidates are those of the table, in its order and its ranges."""

from __future__ import annotations

import asyncio
import math

import pytest

from quickfix_ls.context.regions import regions_for
from quickfix_ls.documents.snapshot import Snapshot
from quickfix_ls.languages.python.measures import FEATURE_NAMES, FEATURES
from quickfix_ls.pipeline import Pipeline
from quickfix_ls.problems import find_all
from quickfix_ls.ranking.features import features
from quickfix_ls.repairs.expansion import Deadline
from tests.kit_python import PYTHON, python_index

BROKEN = [
    "def f(x)\n    return x\n",
    "print 'a', b\nprint c\n",
    "values = [1, 2\nprint(values)\n",
    "length = 3\nprint(lenght)\n",
    "x = 'it's'\n",
    "def f():\nreturn 1\n",
    "x = sqrt(2)\n",
]


@pytest.fixture(scope="module")
def pipeline() -> Pipeline:
    return Pipeline.load(PYTHON)


def rows_of(pipeline: Pipeline, text: str) -> list[list[float]]:
    index = python_index(Snapshot.of(text))
    problem = find_all(index)[0]
    regions = regions_for(index, problem)
    expanded = (asyncio.run(pipeline.expand(index, region, problem, Deadline(60))) for region in regions)
    step = next(step for step in expanded if step.group)
    return features(step.context, step.group, pipeline.plausibility)


@pytest.mark.parametrize("text", BROKEN)
def test_rows_follow_the_table(pipeline: Pipeline, text: str) -> None:
    for row in rows_of(pipeline, text):
        assert len(row) == len(FEATURES)
        for value, feature in zip(row, FEATURES, strict=True):
            # -1 stands for "can't be told" where the text does not compile yet.
            assert math.isfinite(value)
            assert min(feature.low, -1) <= value <= feature.high, feature.name


def test_rows_are_the_same_each_time(pipeline: Pipeline) -> None:
    assert rows_of(pipeline, BROKEN[0]) == rows_of(pipeline, BROKEN[0])


def test_names_are_unique_and_said_in_words() -> None:
    assert len(set(FEATURE_NAMES)) == len(FEATURES)
    assert all(feature.meaning and feature.unit and feature.low < feature.high for feature in FEATURES)


def test_a_change_that_more_sources_propose_has_more_votes(pipeline: Pipeline) -> None:
    votes = FEATURE_NAMES.index("votes")
    assert max(row[votes] for row in rows_of(pipeline, BROKEN[0])) >= 2
