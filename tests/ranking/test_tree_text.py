"""Models that agree with their cards and would lead LightGBM astray."""

from __future__ import annotations

import hashlib
import json
import re
from pathlib import Path

import lightgbm
import numpy as np
import pytest

from quickfix_ls.errors import ModelError
from quickfix_ls.ranking.calibration import Calibration
from quickfix_ls.ranking.loader import load_selector
from quickfix_ls.ranking.tree_text import check_trees
from tests.kit_python import MODELS

NAMES = ("size", "kind")


@pytest.fixture(scope="module")
def text() -> str:
    rng = np.random.default_rng(3)
    data = np.column_stack([rng.normal(size=3000), rng.integers(0, 12, 3000)])
    labels = (data[:, 0] + (data[:, 1] % 3 == 0) > 0.5).astype(int)
    parameters = {
        "objective": "binary", "num_leaves": 9, "verbosity": -1, "num_threads": 1, "max_cat_to_onehot": 1,
        "min_data_per_group": 10,
    }  # fmt: skip
    dataset = lightgbm.Dataset(data, labels, categorical_feature=[1])
    return str(lightgbm.train(parameters, dataset, num_boost_round=5).model_to_string())


def resized(text: str) -> str:
    """The text with sizes that fit its trees, so that only what was changed in them is wrong."""
    trees = re.findall(r"Tree=\d+\n.*?\n\n\n", text, re.S)
    return re.sub(r"tree_sizes=.*", "tree_sizes=" + " ".join(str(len(tree)) for tree in trees), text)


def test_models_that_lightgbm_wrote_pass(text: str) -> None:
    assert resized(text) == text
    check_trees(text.encode())
    check_trees((MODELS / "lightgbm.txt").read_bytes())


def test_a_tree_of_one_leaf_passes() -> None:
    data = lightgbm.Dataset(np.zeros((50, 2)), np.arange(50) % 2)
    model = lightgbm.train({"objective": "binary", "verbosity": -1, "num_threads": 1}, data, num_boost_round=2)
    check_trees(model.model_to_string().encode())


HOSTILE = {
    "a feature that there is not": (r"split_feature=\d+", "split_feature=1000000"),
    "a negative feature": (r"split_feature=\d+", "split_feature=-7"),
    "a child far away": (r"left_child=\S+", "left_child=1000000"),
    "a leaf far away": (r"right_child=\S+", "right_child=-1000000"),
    "a node that is its own child": (r"left_child=\S+", "left_child=0"),
    "fewer leaves than nodes ask for": (r"num_leaves=\d+", "num_leaves=2"),
    "more leaves than there are": (r"num_leaves=\d+", "num_leaves=100000"),
    "no leaves": (r"num_leaves=\d+", "num_leaves=0"),
    "a value that is no number": (r"leaf_value=\S+", "leaf_value=nan"),
    "a rule less": (r"threshold=\S+ ", "threshold="),
    "sets of categories without an end": (r"cat_boundaries=0 \d+", "cat_boundaries=0 1000000"),
    "more sets of categories than there are": (r"num_cat=[1-9]\d*", "num_cat=1000"),
    "linear leaves": (r"is_linear=0", "is_linear=1"),
    "letters for numbers": (r"split_feature=\d+", "split_feature=many"),
}


@pytest.mark.parametrize("what", HOSTILE)
def test_a_hostile_model_is_refused_whatever_its_card_says(text: str, tmp_path: Path, what: str) -> None:
    pattern, replacement = HOSTILE[what]
    changed = resized(re.sub(pattern, replacement, text, count=1))
    assert changed != text
    assert_refused(changed.encode(), tmp_path)


@pytest.mark.parametrize("sizes", ["", "1000000000", "-5 10", "10 x"])
def test_sizes_that_lead_elsewhere_are_refused(text: str, tmp_path: Path, sizes: str) -> None:
    assert_refused(re.sub(r"tree_sizes=.*", f"tree_sizes={sizes}", text).encode(), tmp_path)


@pytest.mark.parametrize("share", [0.1, 0.3, 0.5, 0.7, 0.9])
def test_a_model_that_is_cut_in_the_middle_is_refused(text: str, tmp_path: Path, share: float) -> None:
    data = text.encode()
    middle = data[: int(share * data.index(b"\nend of trees"))]
    assert_refused(middle + data[data.index(b"\nend of trees") :], tmp_path)


def assert_refused(data: bytes, folder: Path) -> None:
    (folder / "lightgbm.txt").write_bytes(data)
    card = {
        "features": list(NAMES),
        "calibration": Calibration(((-4.0, 0.05), (4.0, 0.9))).as_card(),
        "offer_threshold": 0.1,
        "prefer_threshold": 0.9,
        "sha256": hashlib.sha256(data).hexdigest(),
    }
    (folder / "lightgbm.json").write_text(json.dumps(card), encoding="utf-8")
    with pytest.raises(ModelError, match=r"lightgbm\.txt can't be used"):
        load_selector("lightgbm", NAMES, folder)
