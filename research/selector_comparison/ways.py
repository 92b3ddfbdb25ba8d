"""The selectors that are compared, as what a fit on some candidates makes of others.

LightGBM's parameters and the logistic regression are those of `fitting`, which makes the shipped models; each also
comes `tuned`, with as many settings tried for the one as for the other.
"""

from __future__ import annotations

import warnings
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

import lightgbm
import numpy as np
from scipy.sparse import csr_matrix, hstack
from sklearn.exceptions import ConvergenceWarning
from sklearn.linear_model import LogisticRegression
from sklearn.preprocessing import OneHotEncoder, StandardScaler

from quickfix_ls.languages.python.measures import FEATURES
from quickfix_ls.training.candidate_arrays import Candidates, Flags, Floats, picks
from quickfix_ls.training.fitting import CATEGORIES, NUMBERS, PARAMETERS, ROUNDS, fit_linear, fit_trees

Scored = Callable[[Candidates], Floats]
Fit = Callable[[Candidates, int], Scored]


def first(train: Candidates, seed: int) -> Scored:
    """What was proposed first."""
    return lambda test: -test.place.astype(float)


def majority(train: Candidates, seed: int) -> Scored:
    """What most propose; among equals, what was proposed first."""
    return lambda test: test.votes + 1 / (test.place + 2.0)


def logistic(train: Candidates, seed: int) -> Scored:
    """As it is shipped."""
    learnt = train.table(train.right)
    return lambda test: fit_linear(learnt, seed, test.table(test.right)).raw


def trees(train: Candidates, seed: int) -> Scored:
    """As they are shipped: both labels in one."""
    return _raw(fit_trees(train.table(train.right), seed))


def trees_accepted(train: Candidates, seed: int) -> Scored:
    """One label alone: accepted."""
    return _raw(fit_trees(train.table(train.accepted), seed))


def trees_executes(train: Candidates, seed: int) -> Scored:
    """The other label alone: it executes. By itself it can't tell which of the candidates is meant."""
    return _raw(fit_trees(train.table(train.executes), seed))


def trees_ranking(train: Candidates, seed: int) -> Scored:
    """Fitted on orders within groups (C. Burges, From RankNet to LambdaRank to LambdaMART, 2010), the rest alike."""
    return _raw(_boosted(train, train.right, {**PARAMETERS, "objective": "lambdarank", "seed": seed}, ROUNDS))


def two_heads(train: Candidates, seed: int) -> Scored:
    """The product of the two labels' probabilities, each by trees of its own; log-odds of it."""
    heads = [_raw(fit_trees(train.table(labels), seed)) for labels in (train.accepted, train.executes)]

    def score(test: Candidates) -> Floats:
        product = np.prod([1 / (1 + np.exp(-head(test))) for head in heads], axis=0).clip(1e-12, 1 - 1e-12)
        odds: Floats = np.log(product / (1 - product))
        return odds

    return score


def tuned_trees(train: Candidates, seed: int, inner: Flags) -> Scored:
    """The best of `TREES_TRIED` on the inner part, then fitted on all."""

    def fit(settings: dict[str, Any]) -> Fit:
        parameters = {**PARAMETERS, **settings, "seed": seed}
        rounds = parameters.pop("rounds", ROUNDS)
        return lambda some, _: _raw(_boosted(some, some.right, parameters, rounds))

    return _best([fit(settings) for settings in TREES_TRIED], train, seed, inner)


def tuned_logistic(train: Candidates, seed: int, inner: Flags) -> Scored:
    """The best of `LOGISTIC_TRIED` on the inner part, then fitted on all."""
    fits = [_logistic_with(strength, relative) for strength, relative in LOGISTIC_TRIED]
    return _best(fits, train, seed, inner)


TREES_TRIED: tuple[dict[str, Any], ...] = (
    {},
    {"num_leaves": 23},
    {"num_leaves": 95, "min_data_in_leaf": 60},
    {"learning_rate": 0.02, "rounds": 2 * ROUNDS},
    {"feature_fraction": 0.4},
    {"lambda_l2": 10.0, "min_data_in_leaf": 100},
)
LOGISTIC_TRIED = ((0.03, False), (0.3, False), (3.0, False), (0.03, True), (0.3, True), (3.0, True))
"""The inverse strength of the L2 penalty, and whether heavy tails are drawn in and features are also given relative to
the group's others, which trees find out by themselves from ranks and leads."""

WAYS: dict[str, Fit] = {
    "first": first,
    "majority": majority,
    "logistic": logistic,
    "lightgbm": trees,
    "lightgbm_accepted": trees_accepted,
    "lightgbm_executes": trees_executes,
    "lightgbm_lambdarank": trees_ranking,
    "lightgbm_two_heads": two_heads,
}
TUNED = {"logistic_tuned": tuned_logistic, "lightgbm_tuned": tuned_trees}


def without(names: Sequence[str], fit: Fit = trees) -> Fit:
    """A fit that does not see these features. Raises ValueError where there is none of them."""
    gone = [index for index, feature in enumerate(FEATURES) if feature.name in names]
    if not gone:
        raise ValueError(f"no feature is called {' or '.join(names)}")

    def blind(some: Candidates) -> Candidates:
        x = some.x.copy()
        x[:, gone] = 0.0
        return replace(some, x=x)

    def fitted(train: Candidates, seed: int) -> Scored:
        scored = fit(blind(train), seed)
        return lambda test: scored(blind(test))

    return fitted


def _boosted(train: Candidates, labels: Flags, parameters: dict[str, Any], rounds: int) -> lightgbm.Booster:
    data = lightgbm.Dataset(train.x, labels.astype(int), categorical_feature=CATEGORIES)
    if parameters["objective"] == "lambdarank":
        data.set_group(np.diff([*train.starts, len(train.choice)]))
    return lightgbm.train(parameters, data, rounds)


def _raw(booster: lightgbm.Booster) -> Scored:
    return lambda test: np.asarray(booster.predict(test.x, raw_score=True), dtype=np.float64)


def _logistic_with(strength: float, relative: bool) -> Fit:
    scaler, encoder = StandardScaler(), OneHotEncoder(handle_unknown="ignore")

    def encoded(some: Candidates, *, fitting: bool = False) -> csr_matrix:
        numbers, categories = _with_leads(some) if relative else some.x[:, NUMBERS], some.x[:, CATEGORIES]
        parts = [one.fit_transform(x) if fitting else one.transform(x) for one, x in
                 ((scaler, numbers), (encoder, categories))]  # fmt: skip
        return csr_matrix(hstack(parts))

    def fit(train: Candidates, seed: int) -> Scored:
        model = LogisticRegression(C=strength, max_iter=200, random_state=seed)
        with warnings.catch_warnings():
            # The last digits of the weights, which take most of the iterations, change nobody's place.
            warnings.simplefilter("ignore", ConvergenceWarning)
            model.fit(encoded(train, fitting=True), train.right)
        return lambda test: np.asarray(model.decision_function(encoded(test)), dtype=np.float64)

    return fit


def _with_leads(some: Candidates) -> Floats:
    """The numbers with their tails drawn in, and by how much each leads the mean of its group."""
    numbers = some.x[:, NUMBERS]
    drawn = np.sign(numbers) * np.log1p(np.abs(numbers))
    sizes = np.diff([*some.starts, len(drawn)])
    means = np.add.reduceat(drawn, some.starts) / sizes[:, None]
    return np.hstack([drawn, drawn - np.repeat(means, sizes, axis=0)])


def _best(fits: Sequence[Fit], train: Candidates, seed: int, inner: Flags) -> Scored:
    """The fit whose picks are right most often on `inner`, a part of `train` that the trials do not see."""
    rest, judged = train.only(~inner), train.only(inner)
    rates = [float(judged.right[picks(fit(rest, seed)(judged), judged)].mean()) for fit in fits]
    return fits[int(np.argmax(rates))](train, seed)
