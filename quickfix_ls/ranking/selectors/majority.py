"""Rank candidates by the number of their sources, then by the order in which they were proposed; without a model."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from quickfix_ls.ranking.selectors import Selector, selector
from quickfix_ls.ranking.thresholds import UNKNOWN


@selector
def majority(directory: Path, feature_names: Sequence[str]) -> Selector:
    """Load the selector that scores candidates by their share of the votes: an order, not calibrated probabilities."""
    return _Majority()


class _Majority:
    name = "majority"
    features: tuple[str, ...] = ()
    thresholds = UNKNOWN

    def score(self, features: Sequence[Sequence[float]], votes: Sequence[int]) -> list[float]:
        # The bonus for an early proposal is less than a vote, so it only breaks ties.
        weights = [count + 1 / (place + 2) for place, count in enumerate(votes)]
        total = sum(weights)
        return [weight / total for weight in weights]
