"""Rank candidates by a logistic regression in plain Python, from `logistic.json`: the fallback if LightGBM is missing.

The file is its own card. Beyond the fields that `cards` requires, it has `bias` and `terms`, an object with a term for
each feature used: `{"mean": m, "scale": s, "weight": w}` adds w * (x - m) / s, with x clamped to [`low`, `high`] if
these are given; `{"weights": [w0, w1, ...]}`, for a category, adds the weight of the bucket x, 0 beyond the list.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from quickfix_ls.ranking.calibration import Calibration, removing
from quickfix_ls.ranking.cards import calibration_of, read_card, thresholds_of, unusable
from quickfix_ls.ranking.selectors import Selector, selector
from quickfix_ls.ranking.thresholds import Thresholds


@selector
def logistic(directory: Path, feature_names: Sequence[str]) -> Selector:
    """Load the model from `directory`. Raises ModelError if it is missing, damaged or made for other features."""
    path = directory / "logistic.json"
    card = read_card(path, feature_names)
    try:
        names = tuple(map(str, card["features"]))
        bias = float(card["bias"])
        linear = tuple(_linear(card["terms"], names))
        buckets = tuple(_buckets(card["terms"], names))
        unknown = sorted(set(card["terms"]).difference(names))
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise unusable(path, f"its terms are wrong ({type(error).__name__}: {error})") from None
    if unknown:
        raise unusable(path, f"it weighs features that it does not state: {', '.join(unknown)}")
    return Logistic(bias, linear, buckets, calibration_of(card, path), thresholds_of(card, path), names)


@dataclass(frozen=True, slots=True)
class Linear:
    """The term weight * (x - mean) / scale for the feature at index `place`, with x clamped to [low, high]."""

    place: int
    mean: float
    scale: float
    weight: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Logistic:
    """A selector that calibrates sums of terms. `buckets` are pairs (index of the feature, weight of each bucket)."""

    bias: float
    linear: tuple[Linear, ...]
    buckets: tuple[tuple[int, tuple[float, ...]], ...]
    calibration: Calibration
    thresholds: Thresholds
    features: tuple[str, ...]
    name: str = "logistic"

    def score(self, features: Sequence[Sequence[float]], votes: Sequence[int]) -> list[float]:
        return self.calibration.probabilities(list(map(self.raw, features)), removing(self.features, features))

    def raw(self, row: Sequence[float]) -> float:
        """Return the log-odds of a row before calibration."""
        return self.bias + sum(value for _, value in self._terms(row))

    def contributions(self, row: Sequence[float]) -> list[float]:
        """Return each feature's contribution to the log-odds of one candidate."""
        found = [0.0] * len(row)
        for place, value in self._terms(row):
            found[place] = value
        return found

    def _terms(self, row: Sequence[float]) -> Iterator[tuple[int, float]]:
        for term in self.linear:
            value = min(max(row[term.place], term.low), term.high)
            yield term.place, term.weight * (value - term.mean) / term.scale
        for place, weights in self.buckets:
            bucket = int(row[place])
            yield place, weights[bucket] if 0 <= bucket < len(weights) else 0.0


def _linear(terms: Mapping[str, Mapping[str, Any]], names: Sequence[str]) -> list[Linear]:
    found = []
    for place, name in enumerate(names):
        term = terms.get(name, {"weights": ()})
        if "weights" not in term:
            mean, scale, weight = float(term["mean"]), float(term["scale"]), float(term["weight"])
            if not all(map(math.isfinite, (mean, scale, weight))) or scale <= 0:
                raise ValueError(f"{name} needs finite numbers and a scale above 0")
            low, high = float(term.get("low", -math.inf)), float(term.get("high", math.inf))
            found.append(Linear(place, mean, scale, weight, low, high))
    return found


def _buckets(terms: Mapping[str, Mapping[str, Any]], names: Sequence[str]) -> list[tuple[int, tuple[float, ...]]]:
    found = [
        (place, tuple(float(weight) for weight in terms[name]["weights"]))
        for place, name in enumerate(names)
        if name in terms and "weights" in terms[name]
    ]
    if not all(math.isfinite(weight) for _, weights in found for weight in weights):
        raise ValueError("the weights must be finite")
    return found
