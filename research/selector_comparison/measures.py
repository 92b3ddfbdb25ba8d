"""The figures of one selector: whom it picks, how well it orders, how true its probabilities are."""

from __future__ import annotations

from itertools import pairwise

import numpy as np

from quickfix_ls.training.candidate_arrays import Candidates, Flags, Floats

BINS = 15
_LEAST = 1e-6


def auc(scores: Floats, right: Flags, weights: Floats | None = None) -> float:
    """The area under the ROC curve: the chance that a right candidate scores above a wrong one, equals counting half;
    nan where one of the two is missing. `weights` count each candidate so many times.

    Source: D. J. Hand and R. J. Till, Machine Learning 45 (2001), by ranks.
    """
    weights = np.ones(len(scores)) if weights is None else weights
    _, rank = np.unique(scores, return_inverse=True)
    good = np.bincount(rank, weights * right)
    bad = np.bincount(rank, weights * ~right)
    total = good.sum() * bad.sum()
    below = np.cumsum(bad) - bad
    return float(good @ (below + bad / 2) / total) if total else float("nan")


def ndcg(scores: Floats, right: Flags, candidates: Candidates, at: int = 3) -> Floats:
    """The normalised discounted cumulative gain at `at` of each group that has a right candidate, nan for others.

    Source: K. Järvelin and J. Kekäläinen, ACM TOIS 20 (2002), gains 0 and 1.
    """
    discounts = 1 / np.log2(np.arange(2, at + 2))
    found = np.full(len(candidates.groups), np.nan)
    for number, places in enumerate(candidates.groups):
        gains = right[places]
        if gains.any():
            best = gains[np.argsort(-scores[places], kind="stable")][:at]
            found[number] = best @ discounts[: len(best)] / discounts[: min(at, int(gains.sum()))].sum()
    return found


def log_loss(probabilities: Floats, right: Flags) -> float:
    """The mean negative logarithm of what was given to what came true, in nats."""
    given = np.where(right, probabilities, 1 - probabilities).clip(_LEAST, 1)
    return float(-np.log(given).mean())


def calibration_error(probabilities: Floats, right: Flags, bins: int = BINS) -> float:
    """The expected calibration error over bins of equal mass.

    Source: M. P. Naeini and others, AAAI 2015; equal mass after K. Nguyen and B. O'Connor, EMNLP 2015.
    """
    return float(sum(share * abs(said - true) for said, true, share in reliability(probabilities, right, bins)))


def reliability(probabilities: Floats, right: Flags, bins: int = BINS) -> list[tuple[float, float, float]]:
    """For each bin of equal mass: the mean probability, the share that came true, the bin's share of all."""
    order = np.argsort(probabilities, kind="stable")
    edges = np.linspace(0, len(order), bins + 1).astype(int)
    return [
        (float(probabilities[part].mean()), float(right[part].mean()), len(part) / len(order))
        for part in (order[low:high] for low, high in pairwise(edges))
        if len(part)
    ]


def abstention(probabilities: Floats, right: Flags, points: int = 20) -> list[tuple[float, float]]:
    """Coverage and precision of picks, where those below a falling threshold are left out."""
    order = np.argsort(-probabilities, kind="stable")
    precision = np.cumsum(right[order]) / np.arange(1, len(order) + 1)
    marks = np.unique(np.linspace(1, len(order), points).astype(int))
    return [(float(mark / len(order)), float(precision[mark - 1])) for mark in marks if len(order)]
