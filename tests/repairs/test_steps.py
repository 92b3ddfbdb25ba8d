"""One step of a repair: what is proposed, and where proposing ends."""

from __future__ import annotations

import logging
import re

import pytest

from quickfix_ls.candidates import fixers_for, propose
from quickfix_ls.documents.snapshot import Snapshot
from quickfix_ls.pipeline import Pipeline
from quickfix_ls.problems import find_all
from quickfix_ls.repairs.expansion import Deadline
from tests.kit_python import PYTHON, python_index


async def test_proposing_ends_where_nothing_better_is_to_come(caplog: pytest.LogCaptureFixture) -> None:
    pipeline = Pipeline.load(PYTHON)
    index = python_index(Snapshot.of("def f(a)\n    return a\n"))
    region, (problem, *_) = index.region(0, len(index.cuts) - 1), find_all(index)
    with caplog.at_level(logging.DEBUG, "quickfix_ls"):
        step = await pipeline.expand(index, region, problem, Deadline(60))
        context, group = step.context, step.group
    (proposed,) = re.findall(r"candidates n=(\d+)", caplog.text)
    every = list(propose(context, fixers_for(PYTHON, problem), pipeline.plausibility))
    assert len(group) < int(proposed) < len(every)
    assert [one.change.candidate for one in group if one.change.fault is None]
    assert all("parses" in one.verdict.checks for one in group if one.change.fault is None)
