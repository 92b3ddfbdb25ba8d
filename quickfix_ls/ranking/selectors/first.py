"""The first proposal wins: the baseline that needs no model."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from quickfix_ls.ranking.selectors import Selector, selector
from quickfix_ls.ranking.thresholds import UNKNOWN


@selector
def first(directory: Path, feature_names: Sequence[str]) -> Selector:
    """1/2 for the first, 1/3 for the second and so on: an order, not measured chances."""
    return _First()


class _First:
    name = "first"
    features: tuple[str, ...] = ()
    thresholds = UNKNOWN

    def score(self, features: Sequence[Sequence[float]], votes: Sequence[int]) -> list[float]:
        return [1 / (place + 2) for place in range(len(votes))]
