"""How sure a figure is: bootstrap over problems, and paired tests between selectors."""

from __future__ import annotations

from functools import cached_property

import numpy as np
from scipy.stats import binomtest

from quickfix_ls.training.candidate_arrays import Flags, Floats, Texts
from research.selector_comparison.measures import BINS, auc, calibration_error

_RESAMPLES = 1000
_RESAMPLES_OF_AUC = 100
Estimate = dict[str, float]


class Bootstrap:
    """Resamples of problems, not of candidates: what belongs to one problem is drawn together. All figures use the same
    draws, so that the difference of two is paired. Each figure comes with its middle 95 % of resamples.

    Source: B. Efron and R. Tibshirani, An Introduction to the Bootstrap (1993), percentile intervals.
    """

    def __init__(self, owners: Texts, seed: int = 0, resamples: int = _RESAMPLES) -> None:
        """`owners` are the problems that all figures are of; each may stand there many times."""
        self._problems = np.unique(owners)
        self._seed, self._resamples = seed, resamples

    def mean(self, values: Floats, owners: Texts) -> Estimate:
        """The mean of values, each of which belongs to one of the problems; nans are left out."""
        known = ~np.isnan(values)
        if not known.any():
            return {"value": float("nan"), "low": float("nan"), "high": float("nan")}
        totals = self._totals(np.column_stack([values[known], np.ones(known.sum())]), owners[known])
        return _estimate(float(values[known].mean()), totals[:, 0] / np.maximum(totals[:, 1], 1))

    def auc(self, scores: Floats, right: Flags, owners: Texts) -> Estimate:
        """The area under the ROC curve, see `measures.auc`."""
        number = np.searchsorted(self._problems, owners)
        resampled = [auc(scores, right, draw[number]) for draw in self._draws[:_RESAMPLES_OF_AUC]]
        return _estimate(auc(scores, right), np.array(resampled))

    def calibration_error(self, probabilities: Floats, right: Flags, owners: Texts) -> Estimate:
        """See `measures.calibration_error`; the bins are those of all problems."""
        order = np.argsort(probabilities, kind="stable")
        bins = np.empty(len(order), dtype=int)
        bins[order] = np.arange(len(order)) * BINS // max(1, len(order))
        gaps = np.zeros((len(order), BINS + 1))
        gaps[np.arange(len(order)), bins] = probabilities - right
        gaps[:, BINS] = 1
        totals = self._totals(gaps, owners)
        resampled = np.abs(totals[:, :BINS]).sum(axis=1) / np.maximum(totals[:, BINS], 1)
        return _estimate(calibration_error(probabilities, right), resampled)

    @cached_property
    def _draws(self) -> Floats:
        """How often each problem is drawn (resamples x problems)."""
        count = len(self._problems)
        rng = np.random.default_rng(self._seed)
        return rng.multinomial(count, np.full(count, 1 / count), self._resamples).astype(np.float64)

    def _totals(self, values: Floats, owners: Texts) -> Floats:
        """The sums of columns in each resample (resamples x columns)."""
        number = np.searchsorted(self._problems, owners)
        sums = np.zeros((len(self._problems), values.shape[1]))
        np.add.at(sums, number, values)
        found: Floats = self._draws @ sums
        return found


def mcnemar(one: Flags, other: Flags) -> dict[str, float | int]:
    """Problems that only `one`, and only `other`, gets right, and the exact two-sided p of no difference.

    Source: Q. McNemar, Psychometrika 12 (1947), in its exact binomial form.
    """
    only_one, only_other = int((one & ~other).sum()), int((other & ~one).sum())
    differing = only_one + only_other
    p = binomtest(only_one, differing).pvalue if differing else 1.0
    return {"only_first": only_one, "only_second": only_other, "p": float(p)}


def _estimate(value: float, resampled: Floats) -> Estimate:
    low, high = np.nanquantile(resampled, [0.025, 0.975])
    return {"value": value, "low": float(low), "high": float(high)}
