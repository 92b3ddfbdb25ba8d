"""The files of the ranking models: what is left out of LightGBM's text is not missed."""

from __future__ import annotations

from random import Random

import pytest

pytest.importorskip("sklearn", reason="training needs the extra `train`")

import lightgbm
import numpy as np

from quickfix_ls.ranking.boosting import Booster
from quickfix_ls.ranking.tree_text import check_trees
from quickfix_ls.training.model_files import without_statistics


def test_a_text_without_statistics_scores_and_explains_the_same() -> None:
    rng = Random(5)
    rows = [[rng.randrange(8), rng.gauss(0, 9), rng.random()] for _ in range(400)]
    labels = [row[0] % 2 == (row[1] > row[2]) for row in rows]
    data = lightgbm.Dataset(np.array(rows), np.array(labels), categorical_feature=[0])
    parameters = {"objective": "binary", "verbosity": -1, "num_threads": 1, "min_data_per_group": 5}
    whole = lightgbm.train(parameters, data, num_boost_round=12).model_to_string()
    lean = without_statistics(whole)
    assert len(lean) < 0.8 * len(whole)
    assert without_statistics(lean) == lean
    check_trees(lean.encode())
    before, after = Booster(whole.encode()), Booster(lean.encode())
    assert after.raw(rows) == before.raw(rows)
    assert [after.contributions(row) for row in rows[:50]] == [before.contributions(row) for row in rows[:50]]
    peer = lightgbm.Booster(model_str=lean)
    assert peer.predict(np.array(rows), raw_score=True).tolist() == before.raw(rows)
