"""Who is fitted and who is tested on: folds by group, and sources that were not seen."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

import numpy as np

from quickfix_ls.training.candidate_arrays import Candidates, Flags

Scheme = Literal["folds", "unseen"]
SCHEMES: tuple[Scheme, ...] = ("folds", "unseen")
_HELD_OUT = 5


@dataclass(frozen=True)
class Split:
    """`test` is judged by what was fitted on `fit`; `inner` is the part of `fit` on which choices are made (settings,
    calibration) by what was fitted on the rest of it."""

    name: str
    fit: Flags
    inner: Flags
    test: Flags

    @property
    def rest(self) -> Flags:
        return self.fit & ~self.inner


def splits(candidates: Candidates, scheme: Scheme) -> Iterator[Split]:
    """Each candidate is tested on once. Groups never stand on both sides."""
    parts = candidates.fold if scheme == "folds" else candidates.source
    # Another cut of the groups than the folds, so that the inner part has something of every fold.
    owners, number = np.unique(candidates.owner, return_inverse=True)
    held_out = (np.random.default_rng(0).permutation(len(owners)) % _HELD_OUT == 0)[number]
    for part in np.unique(parts):
        test = parts == part
        if test.all():
            return
        fit = ~test & ~np.isin(candidates.owner, candidates.owner[test])
        yield Split(str(part), fit, fit & held_out, test)
