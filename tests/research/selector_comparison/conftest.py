"""Made-up candidates with a signal that the selectors can find."""

from __future__ import annotations

import numpy as np
import pytest

from quickfix_ls.languages.python.measures import FEATURE_NAMES
from quickfix_ls.training.candidate_arrays import Candidates

GROUPS, SIZE = 240, 5


@pytest.fixture(scope="session")
def candidates() -> Candidates:
    """In each group the candidate with the largest `gain` is right, but for one group in ten, where none is; votes say
    half of the time what is right. Every third problem has two steps."""
    rng = np.random.default_rng(5)
    n = GROUPS * SIZE
    x = np.zeros((n, len(FEATURE_NAMES)))
    x[:, FEATURE_NAMES.index("gain")] = rng.normal(size=n)
    x[:, FEATURE_NAMES.index("similarity")] = rng.random(n)
    gains = x[:, FEATURE_NAMES.index("gain")].reshape(GROUPS, SIZE)
    best = np.zeros((GROUPS, SIZE), dtype=bool)
    best[np.arange(GROUPS), gains.argmax(axis=1)] = True
    best[::10] = False
    right = best.ravel()
    votes = 1 + (right & (rng.random(n) < 0.5)).astype(int)
    choice = np.repeat(np.arange(GROUPS), SIZE)
    problem = choice - (choice % 3 == 1)
    return Candidates(
        x=x,
        votes=votes,
        place=np.tile(np.arange(SIZE), GROUPS),
        choice=choice,
        step=(choice % 3 == 1).astype(int),
        owner=np.array([f"problem {one}" for one in problem]),
        source=np.array(["east" if one % 2 else "west" for one in problem]),
        kind=np.full(n, "syntax"),
        size=np.repeat(np.arange(GROUPS) % 9, SIZE),
        origin=np.full(n, "fixer"),
        accepted=right,
        executes=np.ones(n, dtype=bool),
        fold=problem % 5,
    )
