"""Rank candidates in the order in which they were proposed: the baseline without a model."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from quickfix_ls.ranking.selectors import Selector, selector
from quickfix_ls.ranking.thresholds import UNKNOWN


@selector
def first(directory: Path, feature_names: Sequence[str]) -> Selector:
    """Load the selector that scores 1/2 for the first candidate, 1/3 for the second and so on.

    The scores are an order, not calibrated probabilities.
    """
    return _First()


class _First:
    name = "first"
    features: tuple[str, ...] = ()
    thresholds = UNKNOWN

    def score(self, features: Sequence[Sequence[float]], votes: Sequence[int]) -> list[float]:
        return [1 / (place + 2) for place in range(len(votes))]
