"""Every selector on the same candidates: what a fit on some problems makes of others, and the figures of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from quickfix_ls.training.candidate_arrays import Candidates, Flags, Floats, calibrated, picks
from quickfix_ls.training.fitting import fit_calibration
from quickfix_ls.training.summary import SIZES
from research.selector_comparison.measures import abstention, auc, log_loss, ndcg, reliability
from research.selector_comparison.significance import Bootstrap, mcnemar
from research.selector_comparison.splits import Scheme, splits
from research.selector_comparison.ways import TUNED, WAYS, Fit

Advance = Callable[[], None]
MAIN = "lightgbm"
"""The selector that the others are tested against."""


@dataclass(frozen=True)
class Judged:
    """Scores of all candidates, each by a model that did not see its problem, and the probabilities made of them."""

    scores: Floats
    probabilities: Floats


def judge(candidates: Candidates, scheme: Scheme, fit: Fit, seed: int, advance: Advance = lambda: None) -> Judged:
    """Fit on each split and score what was left out. Probabilities come from a calibration of scores that were made out
    of sample, too: by a fit on a part of the split."""
    scores, probabilities = np.zeros(len(candidates.choice)), np.zeros(len(candidates.choice))
    for split in splits(candidates, scheme):
        test, inner = candidates.only(split.test), candidates.only(split.inner)
        made = fit(candidates.only(split.fit), seed)(test)
        tried = fit(candidates.only(split.rest), seed)(inner)
        calibration = fit_calibration(tried, inner.table(inner.right))
        scores[split.test] = made
        probabilities[split.test] = calibrated(calibration, made, test)
        advance()
    return Judged(scores, probabilities)


def judge_tuned(candidates: Candidates, scheme: Scheme, name: str, seed: int, advance: Advance) -> Judged:
    """The same for a selector whose settings are chosen on a part of each split; without probabilities."""
    scores = np.zeros(len(candidates.choice))
    for split in splits(candidates, scheme):
        fitted = TUNED[name](candidates.only(split.fit), seed, split.inner[split.fit])
        scores[split.test] = fitted(candidates.only(split.test))
        advance()
    return Judged(scores, np.full(len(scores), np.nan))


def judge_all(candidates: Candidates, scheme: Scheme, seed: int, advance: Advance) -> dict[str, Judged]:
    """All selectors by name."""
    found = {name: judge(candidates, scheme, fit, seed, advance) for name, fit in WAYS.items()}
    return {**found, **{name: judge_tuned(candidates, scheme, name, seed, advance) for name in TUNED}}


def calibrated_by_halves(candidates: Candidates, scores: Floats) -> Judged:
    """Scores from elsewhere with probabilities: those of each half of the problems by a calibration on the other."""
    owners, number = np.unique(candidates.owner, return_inverse=True)
    half = (np.random.default_rng(0).permutation(len(owners)) % 2 == 0)[number]
    probabilities = np.zeros(len(scores))
    for test in (half, ~half):
        learnt, judged = candidates.only(~test), candidates.only(test)
        calibration = fit_calibration(scores[~test], learnt.table(learnt.right))
        probabilities[test] = calibrated(calibration, scores[test], judged)
    return Judged(scores, probabilities)


def report(candidates: Candidates, judged: dict[str, Judged], main: str = MAIN) -> dict[str, Any]:
    """The figures of every selector, what no selector could beat, and the paired tests of `main` against each."""
    bootstrap = Bootstrap(candidates.owner)
    owners = candidates.first(candidates.owner)
    possible = np.array([candidates.right[places].any() for places in candidates.groups], dtype=float)
    return {
        "candidates": len(candidates.choice),
        "choices": len(candidates.groups),
        "problems": len(np.unique(candidates.owner)),
        "possible": bootstrap.mean(possible, owners),
        "tied_votes": float(np.mean([_is_tied(candidates.votes[places]) for places in candidates.groups])),
        "selectors": {name: figures(candidates, one, bootstrap) for name, one in judged.items()},
        "tests": [against(candidates, judged[main], judged[name], name, bootstrap) for name in judged if name != main],
    }


def figures(candidates: Candidates, judged: Judged, bootstrap: Bootstrap) -> dict[str, Any]:
    """The figures of one selector, in JSON's types."""
    picked = picks(judged.scores, candidates)
    owners = candidates.first(candidates.owner)
    right = candidates.right[picked]
    found: dict[str, Any] = {
        "accepted": bootstrap.mean(candidates.accepted[picked].astype(float), owners),
        "executes": bootstrap.mean(candidates.executes[picked].astype(float), owners),
        "both": bootstrap.mean(right.astype(float), owners),
        "auc": bootstrap.auc(judged.scores, candidates.accepted, candidates.owner),
        "auc_executes": auc(judged.scores, candidates.executes),
        "ndcg3": bootstrap.mean(ndcg(judged.scores, candidates.accepted, candidates), owners),
        "by": {
            "source": _by(candidates.source[picked], right),
            "kind": _by(candidates.kind[picked], right),
            "size": _by(_sizes(candidates, picked), right),
            "origin": _by(candidates.origin[picked], right),
        },
    }
    if np.isnan(judged.probabilities).any():
        return found
    probabilities = judged.probabilities
    return {
        **found,
        "log_loss": log_loss(probabilities, candidates.right),
        "ece": bootstrap.calibration_error(probabilities, candidates.right, candidates.owner),
        "ece_of_picks": bootstrap.calibration_error(probabilities[picked], right, owners),
        "reliability": reliability(probabilities[picked], right),
        "abstention": abstention(probabilities[picked], right),
    }


def against(candidates: Candidates, one: Judged, other: Judged, name: str, bootstrap: Bootstrap) -> dict[str, Any]:
    """How much more often `one` picks what is accepted: over all choices, and tested over the first of each problem."""
    mine = candidates.accepted[picks(one.scores, candidates)]
    theirs = candidates.accepted[picks(other.scores, candidates)]
    firsts = candidates.first(candidates.step) == 0
    difference = bootstrap.mean(mine.astype(float) - theirs, candidates.first(candidates.owner))
    return {"against": name, "difference": difference, "mcnemar": mcnemar(mine[firsts], theirs[firsts])}


def _is_tied(votes: Any) -> bool:
    return int((votes == votes.max()).sum()) > 1


def _by(classes: Any, right: Flags) -> dict[str, dict[str, float | int]]:
    return {
        str(one): {"n": int((classes == one).sum()), "both": float(right[classes == one].mean())}
        for one in sorted(set(classes.tolist()))
    }


def _sizes(candidates: Candidates, picked: Any) -> Any:
    size = candidates.size[picked]
    names: Sequence[str] = list(SIZES)
    return np.array([next(name for name in names if SIZES[name][0] <= one <= SIZES[name][1]) for one in size])
