"""Which features matter: three ways to ask the trees, and what is lost where a family of features is left out."""

from __future__ import annotations

from typing import Any

import numpy as np

from quickfix_ls.languages.python.measures import FEATURE_NAMES
from quickfix_ls.training.candidate_arrays import Candidates, Floats, picks
from quickfix_ls.training.fitting import fit_trees
from research.selector_comparison.compare import Advance, against, figures, judge
from research.selector_comparison.measures import log_loss
from research.selector_comparison.significance import Bootstrap
from research.selector_comparison.splits import SCHEMES, splits
from research.selector_comparison.ways import trees, without

FAMILIES: dict[str, tuple[str, ...]] = {
    "similarity": ("similarity", "name_ratio", "name_distance", "same_initial"),
    "error type": ("error", "error_after"),
    "plausibility": ("gain", "gain_lead", "gain_rank", "line_bits", "worst_bits", "changed_bits", "changed_tokens"),
    "agreement": ("votes",),
    "proposer": ("source", "order"),
    "size of the edit": ("edits", "tokens_added", "tokens_removed", "chars_added", "chars_removed", "lines_moved"),
}
_EXPLAINED = 4000


def importance(candidates: Candidates, seed: int) -> list[dict[str, Any]]:
    """For each feature, the most informative first (by its contributions):

    - `gain`, its share of the loss that splits on it took away in training;
    - `permutation`, the log loss that is added where its values are shuffled, and `picks`, the share of right picks
      that is lost, on the fold that was left out (L. Breiman, Machine Learning 45, 2001);
    - `contribution`, the mean absolute SHAP value, in log-odds, on a sample of that fold (S. Lundberg and others,
      Nature Machine Intelligence 2, 2020).
    """
    split = next(splits(candidates, "folds"))
    train, test = candidates.only(split.fit), candidates.only(split.test)
    booster = fit_trees(train.table(train.right), seed)
    gains = booster.feature_importance("gain")
    sample = np.random.default_rng(seed).permutation(len(test.choice))[:_EXPLAINED]
    shares = np.abs(np.asarray(booster.predict(test.x[sample], pred_contrib=True))[:, :-1]).mean(axis=0)

    def loss_and_picks(x: Floats) -> tuple[float, float]:
        raw = np.asarray(booster.predict(x, raw_score=True))
        return log_loss(1 / (1 + np.exp(-raw)), test.right), float(test.right[picks(raw, test)].mean())

    loss, right = loss_and_picks(test.x)
    rng = np.random.default_rng(seed)
    found = []
    for index, name in enumerate(FEATURE_NAMES):
        x = test.x.copy()
        x[:, index] = rng.permutation(x[:, index])
        shuffled_loss, shuffled_right = loss_and_picks(x)
        found.append(
            {
                "feature": name,
                "gain": float(gains[index] / gains.sum()),
                "permutation": shuffled_loss - loss,
                "picks": right - shuffled_right,
                "contribution": float(shares[index]),
            }
        )
    return sorted(found, key=lambda one: -one["contribution"])


def ablations(candidates: Candidates, seed: int, advance: Advance = lambda: None) -> list[dict[str, Any]]:
    """For each family of features and each scheme, the figures of trees that don't see them, and by how much more often
    those that do pick what is accepted (`lost`)."""
    found = []
    for scheme in SCHEMES:
        whole = judge(candidates, scheme, trees, seed)
        bootstrap = Bootstrap(candidates.owner)
        for family, names in FAMILIES.items():
            blind = judge(candidates, scheme, without(names), seed, advance)
            test = against(candidates, whole, blind, family, bootstrap)
            numbers = figures(candidates, blind, bootstrap)
            found.append(
                {
                    "without": family,
                    "features": [name for name in names if name in FEATURE_NAMES],
                    "scheme": scheme,
                    "lost": test["difference"],
                    "mcnemar": test["mcnemar"],
                    **{key: numbers[key] for key in ("accepted", "auc", "log_loss", "ece")},
                }
            )
    return found
