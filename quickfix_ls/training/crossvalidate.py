"""Measure the whole pipeline with models that never saw the rows: k folds, split by the rows' group."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, partial
from pathlib import Path

import numpy as np
import numpy.typing as npt
from sklearn.model_selection import GroupKFold

from quickfix_ls import languages
from quickfix_ls.pipeline import Budget, Pipeline
from quickfix_ls.ranking.boosting import Booster
from quickfix_ls.ranking.calibration import Calibration
from quickfix_ls.ranking.selectors.lightgbm import LightGBM
from quickfix_ls.ranking.thresholds import Thresholds
from quickfix_ls.training.evaluate import run_rows
from quickfix_ls.training.fitting import ROUNDS, FeatureTable, fit_calibration, fit_linear, fit_trees
from quickfix_ls.training.inputs import proposing_pipeline
from quickfix_ls.training.parallel import by_chunks
from quickfix_ls.training.rows import Outcome, Row
from quickfix_ls.training.statistics import calibration_gap, equal_mass

FOLDS = 5
_CHUNK = 16
_BUDGET = Budget(seconds=5, offers=5)
"""A longer time than an editor's, so that the load of the machine does not change the models."""
OFFER_THRESHOLD = 0.08
"""The probability below which an offer is not shown."""


@dataclass(frozen=True, slots=True)
class Folds:
    """The result of cross-validation: for each fold the model's text and the owners of its test rows, and for all
    candidates the scores by the model that was not trained on them."""

    texts: tuple[bytes, ...]
    owners: tuple[frozenset[str], ...]
    trees: npt.NDArray[np.float64]
    linear: npt.NDArray[np.float64]


def cross_fit(
    table: FeatureTable, seed: int, advance: Callable[[], None] = lambda: None, rounds: int = ROUNDS
) -> Folds:
    """Fit a model with `rounds` trees for each fold; `advance` is called after each."""
    trees, linear = np.zeros(len(table.y)), np.zeros(len(table.y))
    texts, owners = [], []
    for learn, test in GroupKFold(FOLDS).split(table.x, table.y, table.owner):
        chosen = np.zeros(len(table.y), dtype=bool)
        chosen[learn] = True
        booster = fit_trees(table.only(chosen), seed, rounds)
        trees[test] = booster.predict(table.x[test], raw_score=True)
        linear[test] = fit_linear(table.only(chosen), seed, table.only(~chosen)).raw
        texts.append(booster.model_to_string().encode())
        owners.append(frozenset(table.owner[test]))
        advance()
    return Folds(tuple(texts), tuple(owners), trees, linear)


def outcomes_unseen(
    folds: Folds, calibration: Calibration, folder: Path, rows: Sequence[Row], jobs: int = 1
) -> Iterator[Outcome]:
    """Yield the outcome of every row by the model that was not trained on its group, in order, computed in `jobs`
    processes (1: in this one). `folder` has the token model, if there is a new one.

    Every safe first offer is marked as preferred; thresholds are applied afterwards, see `preferring`. A row without
    candidates is in no fold, and takes the first one's model.
    """
    fold_of = {owner: number for number, owners in enumerate(folds.owners) for owner in owners}
    with tempfile.TemporaryDirectory() as made:
        for number, text in enumerate(folds.texts):
            (Path(made) / str(number)).write_bytes(text)
        work = partial(_outcomes_of_chunk, Path(made), calibration, folder)
        for _, outcomes in by_chunks(work, [(fold_of.get(row.group, 0), row) for row in rows], _CHUNK, jobs):
            yield from outcomes


def _outcomes_of_chunk(
    models: Path, calibration: Calibration, folder: Path, rows: Sequence[tuple[int, Row]]
) -> list[Outcome]:
    return [
        outcome
        for fold, row in rows
        for outcome in run_rows(_judge(models / str(fold), calibration, folder, row.lang), [row], _BUDGET)
    ]


@cache
def _judge(model: Path, calibration: Calibration, folder: Path, lang: str) -> Pipeline:
    """Return the pipeline that ranks by the model of a fold."""
    return pipeline_of(model.read_bytes(), calibration, Thresholds(OFFER_THRESHOLD, 0), folder, lang)


def pipeline_of(
    model: bytes, calibration: Calibration, thresholds: Thresholds, folder: Path, lang: str = languages.EXPECTED
) -> Pipeline:
    """Return the pipeline that ranks by a LightGBM model's text, for a language; its token model is that in `folder`,
    if there is one, else the shipped one."""
    selector = LightGBM(Booster(model), calibration, thresholds, languages.of(lang).measures.names)
    return Pipeline(selector, thresholds, proposing_pipeline(folder, lang).plausibility)


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
    scores, removes = np.split(folds.trees, ends), np.split(table.removing, ends)
    return [
        calibration.probabilities(part.tolist(), flags.tolist()) for part, flags in zip(scores, removes, strict=True)
    ]
