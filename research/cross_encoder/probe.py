"""What the language model knew before it was trained: a logistic regression on what its frozen layers say of each
candidate. Only what a fine-tuned model does better was learnt."""

from __future__ import annotations

import warnings
from collections.abc import Sequence

import numpy as np
from sklearn.exceptions import ConvergenceWarning
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

from quickfix_ls.training.candidate_arrays import Flags, Floats
from research.cross_encoder.fitting import Labelled

_STRENGTH = 0.01
"""The inverse of the L2 penalty: there are nearly as many numbers as there are candidates."""


def probe(train: Labelled, test: Labelled, seed: int) -> list[Floats]:
    """The scores of the groups of `test`, from pooled activations (see `Activations.pooled`)."""
    model = make_pipeline(
        StandardScaler(), LogisticRegression(C=_STRENGTH, class_weight="balanced", max_iter=200, random_state=seed)
    )
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ConvergenceWarning)
        model.fit(_pooled(train), np.concatenate(train.right))
    return [model.decision_function(test.activations.pooled(number)) for number in test.numbers]


def top_one(scores: Sequence[Floats], right: Sequence[Flags]) -> float:
    """The share of groups whose best candidate is right."""
    return float(np.mean([own[int(np.argmax(one))] for one, own in zip(scores, right, strict=True)]))


def _pooled(train: Labelled) -> Floats:
    found: Floats = np.vstack([train.activations.pooled(number) for number in train.numbers])
    return found
