"""Majority vote where it is at home: on a pool of sampled answers, many of them the same.

Rules that each speak once are no test of voting. Here generators propose: each has learnt by itself, on problems drawn
with replacement and on a random half of the features, by a logistic regression, so that they err differently; each
draws its answer at temperature 1 from the candidates of a problem, like a language model that is sampled. All of them
propose for folds that they were not fitted on. What they propose is the pool: voting takes the most frequent answer,
the reward model the one that it likes best, and does not know how often it was drawn.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

from quickfix_ls.languages.python.measures import FEATURES
from quickfix_ls.training.candidate_arrays import Candidates, Floats, Ints
from quickfix_ls.training.fitting import NUMBERS
from research.selector_comparison.compare import Judged
from research.selector_comparison.significance import Bootstrap, mcnemar
from research.selector_comparison.splits import splits

GENERATORS = (4, 8, 16)
_NUMBERS = [index for index in NUMBERS if FEATURES[index].name not in ("votes", "order")]


def pools(candidates: Candidates, reward: Judged, seed: int) -> list[dict[str, Any]]:
    """For each number of generators: how often one answer is right (`single`), the most frequent (`majority`; among
    equals, the earliest drawn), the one that the reward model likes best (`reward`), and any (`any`); how often the
    vote is tied; and the paired difference of reward model and vote."""
    drawn = np.array([_draw(candidates, number, seed) for number in range(max(GENERATORS))]).T
    bootstrap = Bootstrap(candidates.owner)
    return [_figures(candidates, reward, drawn[:, :count], bootstrap) for count in GENERATORS]


def _draw(candidates: Candidates, number: int, seed: int) -> Ints:
    """One generator's answer to each group, the place of a candidate."""
    rng = np.random.default_rng((seed, number))
    features = rng.permutation(_NUMBERS)[: len(_NUMBERS) // 2]
    scores = np.zeros(len(candidates.choice))
    for split in splits(candidates, "folds"):
        owners = np.unique(candidates.owner[split.fit])
        times = dict(zip(*np.unique(rng.choice(owners, len(owners)), return_counts=True), strict=True))
        weights = np.array([times.get(owner, 0) for owner in candidates.owner[split.fit]], dtype=float)
        model = make_pipeline(StandardScaler(), LogisticRegression(max_iter=100))
        learnt = candidates.x[split.fit][:, features]
        model.fit(learnt, candidates.right[split.fit], logisticregression__sample_weight=weights)
        scores[split.test] = model.decision_function(candidates.x[split.test][:, features])
    # The largest of scores with Gumbel noise is a draw from their softmax (E. Gumbel, 1954).
    noisy = scores + rng.gumbel(size=len(scores))
    return np.array([places[np.argmax(noisy[places])] for places in candidates.groups], dtype=np.int64)


def _figures(candidates: Candidates, reward: Judged, drawn: Ints, bootstrap: Bootstrap) -> dict[str, Any]:
    votes = [np.unique(answers, return_index=True, return_counts=True) for answers in drawn]
    voted = np.array([answers[np.lexsort((first, -counts))[0]] for answers, first, counts in votes])
    tied = np.mean([(counts == counts.max()).sum() > 1 for _, _, counts in votes])
    liked = np.array([answers[np.argmax(reward.scores[answers])] for answers, _, _ in votes])
    owners = candidates.first(candidates.owner)
    accepted = candidates.accepted
    firsts = candidates.first(candidates.step) == 0

    def mean(values: Any) -> dict[str, float]:
        numbers: Floats = np.asarray(values, dtype=np.float64)
        return bootstrap.mean(numbers, owners)

    return {
        "generators": drawn.shape[1],
        "single": mean(accepted[drawn].mean(axis=1)),
        "majority": mean(accepted[voted]),
        "reward": mean(accepted[liked]),
        "any": mean(accepted[drawn].any(axis=1)),
        "tied": float(tied),
        "difference": mean(accepted[liked].astype(float) - accepted[voted]),
        "mcnemar": mcnemar(accepted[liked][firsts], accepted[voted][firsts]),
    }
