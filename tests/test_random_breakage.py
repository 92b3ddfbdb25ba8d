"""Hundreds of broken texts through the whole pipeline: no crash, no complaint, no offer that breaks its word."""

from __future__ import annotations

import asyncio
import logging
import random
import sysconfig
from pathlib import Path

import pytest

from quickfix_ls.candidates.fixers import all_fixers
from quickfix_ls.pipeline import Budget, Pipeline
from tests.kit_python import PYTHON
from tests.random_breakage import Complaints, check_repair

FEW, MANY, SEED = 40, 500, 20261125
_FILES = ("textwrap", "bisect", "heapq", "shlex", "colorsys")


def _texts() -> list[str]:
    stdlib = Path(sysconfig.get_path("stdlib"))
    valid = [(stdlib / f"{name}.py").read_text(encoding="utf-8") for name in _FILES]
    return [*valid, *(example.before for fixer in all_fixers(PYTHON.fixers) for example in fixer.examples)]


@pytest.mark.parametrize("runs", [range(FEW), pytest.param(range(FEW, MANY), marks=pytest.mark.slow)], ids=str)
def test_random_breakage(runs: range) -> None:
    print(f"seed {SEED}")
    pipeline, texts, complaints = Pipeline.load(PYTHON), _texts(), Complaints()

    async def run() -> None:
        for number in runs:
            await check_repair(pipeline, random.Random(f"{SEED} {number}"), texts, Budget())

    logging.getLogger().addHandler(complaints)
    try:
        asyncio.run(run())
    finally:
        logging.getLogger().removeHandler(complaints)
    assert complaints.records == []
