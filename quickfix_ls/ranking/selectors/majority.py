"""What most sources propose wins; among equals, what was proposed first. It needs no model."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from quickfix_ls.ranking.selectors import Selector, selector
from quickfix_ls.ranking.thresholds import UNKNOWN


@selector
def majority(directory: Path, feature_names: Sequence[str]) -> Selector:
    """Each candidate's share of the votes: an order, not measured chances."""
    return _Majority()


class _Majority:
    name = "majority"
    features: tuple[str, ...] = ()
    thresholds = UNKNOWN

    def score(self, features: Sequence[Sequence[float]], votes: Sequence[int]) -> list[float]:
        # Less than a vote for standing first, so that it only decides between equals.
        weights = [count + 1 / (place + 2) for place, count in enumerate(votes)]
        total = sum(weights)
        return [weight / total for weight in weights]
