"""Fit the ranking models: LightGBM's trees, a logistic regression, and for each the map from scores to probabilities.

Only training imports this module and its heavy libraries; the server does not.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import lightgbm
import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_matrix, hstack
from sklearn.isotonic import IsotonicRegression
from sklearn.linear_model import LogisticRegression
from sklearn.preprocessing import OneHotEncoder, StandardScaler

from quickfix_ls.languages.python.measures import FEATURES
from quickfix_ls.ranking.calibration import Calibration
from quickfix_ls.ranking.features import Feature
from quickfix_ls.ranking.measures import BUCKETS
from quickfix_ls.training.groups import Group
from quickfix_ls.validation.content import REMOVED

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]

ROUNDS = 450
PARAMETERS: dict[str, Any] = {
    "objective": "binary",
    "learning_rate": 0.04,
    "num_leaves": 47,
    "min_data_in_leaf": 30,
    "feature_fraction": 0.7,
    "bagging_fraction": 0.8,
    "bagging_freq": 1,
    "cat_smooth": 20,
    "cat_l2": 10,
    "max_cat_to_onehot": 8,
    "deterministic": True,
    "force_row_wise": True,
    "num_threads": 2,
    "verbosity": -1,
}
_MAX_KNOTS = 40
_MIN_DELETIONS = 40
"""The number of right candidates that remove content from which on these are calibrated apart."""


def categories(features: Sequence[Feature]) -> list[int]:
    """Return the indices of the features that are categories."""
    return [index for index, feature in enumerate(features) if feature.category]


def numbers(features: Sequence[Feature]) -> list[int]:
    """Return the indices of the features that are numbers."""
    return [index for index, feature in enumerate(features) if not feature.category]


CATEGORIES, NUMBERS = categories(FEATURES), numbers(FEATURES)
"""The indices of Python's features that are categories, and of those that are numbers."""


@dataclass(frozen=True, slots=True)
class FeatureTable:
    """All candidates of all groups.

    `x` are the features (candidates x features), `y` is 1 for right candidates, `group` is the index of each
    candidate's group, and `owner` the name of the unit that a split must not divide; `features` declares the columns.
    """

    x: Floats
    y: Ints
    group: Ints
    owner: npt.NDArray[np.str_]
    features: tuple[Feature, ...] = FEATURES

    @classmethod
    def of(cls, groups: Sequence[Group], features: tuple[Feature, ...] = FEATURES) -> FeatureTable:
        rows = [row for group in groups for row in group.rows]
        sizes = [len(group.rows) for group in groups]
        return cls(
            np.array(rows, dtype=np.float64).reshape(len(rows), len(features)),
            np.array([label for group in groups for label in group.labels], dtype=np.int64),
            np.repeat(np.arange(len(groups)), sizes),
            np.repeat(np.array([group.group for group in groups], dtype=str), sizes),
            features,
        )

    def only(self, chosen: npt.NDArray[np.bool_]) -> FeatureTable:
        return FeatureTable(self.x[chosen], self.y[chosen], self.group[chosen], self.owner[chosen], self.features)

    @property
    def removing(self) -> Flags:
        """The candidates that remove content."""
        return removing(self.x, self.features)


def fit_trees(table: FeatureTable, seed: int, rounds: int = ROUNDS) -> lightgbm.Booster:
    """Fit boosted trees to the labels of single candidates. The same table and seed give the same trees."""
    data = lightgbm.Dataset(table.x, table.y, categorical_feature=categories(table.features), free_raw_data=False)
    return lightgbm.train({**PARAMETERS, "seed": seed}, data, rounds)


@dataclass(frozen=True, slots=True)
class LinearFit:
    """A logistic regression in the terms of `ranking/selectors/logistic.py`."""

    bias: float
    terms: dict[str, dict[str, Any]]
    raw: Floats


def fit_linear(table: FeatureTable, seed: int, apply_to: FeatureTable) -> LinearFit:
    """Fit a logistic regression with L2 penalty to standardised numbers and one-hot buckets.

    The result's `raw` are its log-odds on `apply_to`.
    """
    features, sorts, counts = table.features, categories(table.features), numbers(table.features)
    scaler = StandardScaler().fit(table.x[:, counts])
    encoder = OneHotEncoder(categories=[list(range(BUCKETS))] * len(sorts), handle_unknown="ignore").fit(
        table.x[:, sorts]
    )

    def encoded(x: Floats) -> csr_matrix:
        return csr_matrix(hstack([scaler.transform(x[:, counts]), encoder.transform(x[:, sorts])]))

    model = LogisticRegression(C=0.3, max_iter=200, random_state=seed).fit(encoded(table.x), table.y)
    weights = model.coef_[0]
    terms: dict[str, dict[str, Any]] = {}
    for place, index in enumerate(counts):
        terms[features[index].name] = {
            "mean": float(scaler.mean_[place]),
            "scale": float(scaler.scale_[place]),
            "weight": float(weights[place]),
        }
    for place, index in enumerate(sorts):
        start = len(counts) + place * BUCKETS
        terms[features[index].name] = {"weights": [float(w) for w in weights[start : start + BUCKETS]]}
    return LinearFit(float(model.intercept_[0]), terms, model.decision_function(encoded(apply_to.x)))


def fit_calibration(scores: Floats, table: FeatureTable) -> Calibration:
    """Fit the map from out-of-sample scores to probabilities.

    Candidates that remove content get a map of their own, if enough of them are right to fit it.
    """
    share = np.empty_like(scores)
    for places in _places(table.group):
        part = scores[places]
        share[places] = part - part.max() - math.log(np.exp(part - part.max()).sum())
    apart = table.removing
    if table.y[apart].sum() < _MIN_DELETIONS:
        return _fitted(scores, share, table.y)
    deletions = _fitted(scores[apart], share[apart], table.y[apart])
    return replace(_fitted(scores[~apart], share[~apart], table.y[~apart]), deletions=deletions)


def removing(x: Floats, features: Sequence[Feature] = FEATURES) -> Flags:
    """Return which candidates remove content, by their features (candidates x features)."""
    names = [feature.name for feature in features]
    return x[:, names.index(REMOVED)] > 0 if REMOVED in names else np.zeros(len(x), dtype=bool)


def _fitted(scores: Floats, share: Floats, right: Ints) -> Calibration:
    """Fit one map. A candidate's evidence is a weighted sum of its score and of the logarithm of its share in its
    group, by logistic regression; isotonic regression then gives the knots (Zadrozny and Elkan, 2002)."""
    model = LogisticRegression().fit(np.column_stack([scores, share]), right)
    score_weight, share_weight = (max(0.0, float(weight)) for weight in model.coef_[0])
    evidence = score_weight * scores + share_weight * share
    isotonic = IsotonicRegression(y_min=0.0, y_max=1.0, out_of_bounds="clip").fit(evidence, right)
    return Calibration(_knots(isotonic, evidence), score_weight, share_weight)


def _places(group: Ints) -> list[Ints]:
    """Return the indices of each group's candidates; `group` must be sorted."""
    return np.split(np.arange(len(group)), np.flatnonzero(np.diff(group)) + 1)


def _knots(isotonic: IsotonicRegression, evidence: Floats) -> tuple[tuple[float, float], ...]:
    low, high = np.quantile(evidence, [0.02, 1.0])
    # Most candidates have a probability near 0; the knots are placed where the probability changes.
    grid = np.linspace(low, high, _MAX_KNOTS)
    smooth = np.convolve(np.pad(isotonic.predict(grid), 1, mode="edge"), [0.25, 0.5, 0.25], mode="valid")
    return tuple((float(x), float(y)) for x, y in zip(grid, np.maximum.accumulate(smooth), strict=True))
