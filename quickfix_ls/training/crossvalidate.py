"""Measure the whole pipeline with models that never saw the rows: k folds, split by the rows' group."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt
from sklearn.model_selection import GroupKFold

from quickfix_ls.candidates.fixers import all_fixers
from quickfix_ls.languages.python.measures import FEATURE_NAMES
from quickfix_ls.pipeline import Budget, Pipeline
from quickfix_ls.ranking.boosting import Booster
from quickfix_ls.ranking.calibration import Calibration
from quickfix_ls.ranking.selectors.lightgbm import LightGBM
from quickfix_ls.ranking.thresholds import Thresholds
from quickfix_ls.training.evaluate import run_rows
from quickfix_ls.training.fitting import FeatureTable, fit_calibration, fit_linear, fit_trees, removing
from quickfix_ls.training.rows import Outcome, Row
from quickfix_ls.training.statistics import calibration_gap, equal_mass
from quickfix_ls.training.trained_language import trained_language

FOLDS = 5
_FEWEST = 20
_SOURCE_PRECISION = 0.95
_MIN_PREFERRED = 0.8
_BUDGET = Budget(seconds=5, offers=5)
"""A longer time than an editor's, so that the load of the machine does not change the models."""
OFFER_THRESHOLD = 0.08
"""The probability below which an offer is not shown."""
PREFERRED_PRECISION = 0.925
"""The share of offers applied without review that must be the human's own fix, on rows not used in training."""


@dataclass(frozen=True, slots=True)
class Folds:
    """The result of cross-validation: for each fold the model's text and the owners of its test rows, and for all
    candidates the scores by the model that was not trained on them."""

    texts: tuple[bytes, ...]
    owners: tuple[frozenset[str], ...]
    trees: npt.NDArray[np.float64]
    linear: npt.NDArray[np.float64]


def cross_fit(table: FeatureTable, seed: int, advance: Callable[[], None] = lambda: None) -> Folds:
    """Fit a model for each fold; `advance` is called after each."""
    trees, linear = np.zeros(len(table.y)), np.zeros(len(table.y))
    texts, owners = [], []
    for learn, test in GroupKFold(FOLDS).split(table.x, table.y, table.owner):
        chosen = np.zeros(len(table.y), dtype=bool)
        chosen[learn] = True
        booster = fit_trees(table.only(chosen), seed)
        trees[test] = booster.predict(table.x[test], raw_score=True)
        linear[test] = fit_linear(table.only(chosen), seed, table.only(~chosen)).raw
        texts.append(booster.model_to_string().encode())
        owners.append(frozenset(table.owner[test]))
        advance()
    return Folds(tuple(texts), tuple(owners), trees, linear)


def pipelines(folds: Folds, calibration: Calibration, base: Pipeline, thresholds: Thresholds) -> list[Pipeline]:
    """Return a pipeline for each fold, which ranks by the model that was not trained on the fold."""
    return [
        Pipeline(
            LightGBM(Booster(text), calibration, thresholds, FEATURE_NAMES),
            thresholds,
            base.plausibility,
        )
        for text in folds.texts
    ]


def outcomes_unseen(folds: Folds, pipelines: Sequence[Pipeline], rows: Sequence[Row]) -> Iterator[Outcome]:
    """Yield the outcome of every row by the pipeline of its fold, including rows without candidates, and so no fold."""
    fold_of = {owner: number for number, owners in enumerate(folds.owners) for owner in owners}
    for row in rows:
        yield from run_rows(pipelines[fold_of.get(row.group, 0)], [row], _BUDGET)


def prefer_threshold(outcomes: Sequence[Outcome], precision: float = PREFERRED_PRECISION) -> float:
    """Return the lowest probability from which on preferred offers have the `precision`; 2 (never) if there is none."""
    ranked = sorted(
        ((outcome.predictions[0].score, outcome.rank == 0) for outcome in outcomes if outcome.preferred), reverse=True
    )
    best, right = 2.0, 0
    for count, (score, exact) in enumerate(ranked, 1):
        right += exact
        if right >= precision * count and count >= _FEWEST and score >= _MIN_PREFERRED:
            best = score
    return best


def fit_thresholds(real: Sequence[Outcome], outcomes: Sequence[Outcome], offer: float) -> Thresholds:
    """Return the thresholds from which on an offer may be applied without review.

    A proposer with enough outcomes has its own: the lowest probability from which on it was right in 19 of 20 cases, 2
    (never) if there is none. For all others, and for fixers that only translate, it is the lowest probability with
    `PREFERRED_PRECISION` over the `real` outcomes. A proposer seen mostly in artificial rows gets no lower threshold
    than that. In `outcomes` (`real` and artificial ones), every safe first offer must be marked as preferred.
    """
    translations = {fixer.source for fixer in all_fixers(trained_language().fixers) if fixer.translates}
    own: dict[str, list[Outcome]] = {}
    for outcome in outcomes:
        if outcome.preferred:
            own.setdefault(outcome.predictions[0].source, []).append(outcome)
    often = {
        source: theirs
        for source, theirs in sorted(own.items())
        if len(theirs) >= _FEWEST and "+" not in source and source not in translations
    }
    prefer, known = prefer_threshold(real), {outcome.row.id for outcome in real}
    by_source = {}
    for source, theirs in often.items():
        mostly_made_up = sum(outcome.row.id in known for outcome in theirs) < len(theirs) / 2
        by_source[source] = max(prefer_threshold(theirs, _SOURCE_PRECISION), prefer if mostly_made_up else 0.0)
    return Thresholds(offer, prefer, by_source)


def precision_curve(outcomes: Sequence[Outcome]) -> list[dict[str, float]]:
    """Return, for several precisions of preferred offers, the threshold and the share of rows with such an offer."""
    curve = []
    for precision in (0.90, 0.92, 0.94, 0.95, 0.96, 0.98):
        threshold = prefer_threshold(outcomes, precision)
        marked = sum(with_thresholds(outcome, Thresholds(0, threshold)).preferred for outcome in outcomes)
        curve.append({"precision": precision, "threshold": threshold, "share": round(marked / len(outcomes), 4)})
    return curve


def with_thresholds(outcome: Outcome, thresholds: Thresholds) -> Outcome:
    """Return the outcome with its first offer marked as preferred according to the given thresholds."""
    if not outcome.preferred:
        return outcome
    first = outcome.predictions[0]
    return replace(outcome, preferred=thresholds.prefers(first.score, first.source.split("+")))


def calibration_error(outcomes: Sequence[Outcome], bins: int = 10) -> float:
    """Return the expected calibration error of first offers over bins of equal mass (Naeini and others, 2015)."""
    pairs = [(outcome.predictions[0].score, outcome.rank == 0) for outcome in outcomes if outcome.predictions]
    return calibration_gap(equal_mass(pairs, bins))


def calibrations(folds: Folds, table: FeatureTable) -> tuple[Calibration, Calibration]:
    """Fit the calibrations of the trees and of the logistic regression on out-of-sample scores."""
    return fit_calibration(folds.trees, table), fit_calibration(folds.linear, table)


def chances_unseen(folds: Folds, calibration: Calibration, table: FeatureTable) -> list[list[float]]:
    """Return the probability of each candidate of each group, by the model that was not trained on it."""
    ends = np.flatnonzero(np.diff(table.group)) + 1
    scores, removes = np.split(folds.trees, ends), np.split(removing(table.x), ends)
    return [
        calibration.probabilities(part.tolist(), flags.tolist()) for part, flags in zip(scores, removes, strict=True)
    ]
