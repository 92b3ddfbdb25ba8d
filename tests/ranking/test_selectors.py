"""Selectors: what they say of a group, and which models they refuse."""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
import textwrap
from pathlib import Path
from typing import Any

import lightgbm
import numpy as np
import pytest

from quickfix_ls.errors import ModelError
from quickfix_ls.ranking import boosting
from quickfix_ls.ranking.calibration import Calibration
from quickfix_ls.ranking.loader import load_selector
from quickfix_ls.ranking.selectors import all_selectors
from quickfix_ls.ranking.selectors.lightgbm import LightGBM
from quickfix_ls.ranking.selectors.logistic import Logistic
from tests.kit_python import MODELS

NAMES = ("size", "kind", "similarity", "votes")
THRESHOLDS = {"offer_threshold": 0.25, "prefer_threshold": 0.75}
CALIBRATION = Calibration(((-4.0, 0.05), (0.0, 0.5), (4.0, 0.9)))


def rows(count: int, seed: int = 1) -> list[list[float]]:
    rng = np.random.default_rng(seed)
    found = rng.normal(size=(count, len(NAMES)))
    found[:, 1] = rng.integers(0, 8, count)
    return [[float(number) for number in row] for row in found]


@pytest.fixture(scope="module")
def peer() -> lightgbm.Booster:
    data = np.array(rows(600))
    label = (data[:, 0] + (data[:, 1] == 3) > 0.3).astype(int)
    parameters = {"objective": "binary", "num_leaves": 15, "verbosity": -1, "num_threads": 1, "seed": 1}
    dataset = lightgbm.Dataset(data, label, feature_name=list(NAMES), categorical_feature=["kind"])
    return lightgbm.train(parameters, dataset, num_boost_round=40)


@pytest.fixture
def models(tmp_path: Path, peer: lightgbm.Booster) -> Path:
    """A folder with a model for each selector that needs one."""
    text = peer.model_to_string().encode()
    (tmp_path / "lightgbm.txt").write_bytes(text)
    card = {"features": list(NAMES), "calibration": CALIBRATION.as_card(), **THRESHOLDS}
    write(tmp_path / "lightgbm.json", {**card, "sha256": hashlib.sha256(text).hexdigest()})
    terms = {
        "size": {"mean": 1.0, "scale": 2.0, "weight": 3.0, "low": -5.0, "high": 5.0},
        "kind": {"weights": [0.0, 0.5, -0.5]},
    }
    write(tmp_path / "logistic.json", {**card, "bias": 0.25, "terms": terms})
    return tmp_path


def write(path: Path, value: object) -> None:
    path.write_text(json.dumps(value), encoding="utf-8")


def changed(path: Path, **values: object) -> None:
    write(path, {**json.loads(path.read_text()), **values})


def test_the_selectors_are_those_in_the_folder() -> None:
    assert list(all_selectors()) == ["first", "lightgbm", "logistic", "majority"]


@pytest.mark.parametrize("name", ["first", "majority", "logistic", "lightgbm"])
def test_a_group_gets_one_probability_each_and_the_same_every_time(models: Path, name: str) -> None:
    one = load_selector(name, NAMES, models)
    group = rows(12)
    scores = one.score(group, [1] * 12)
    assert one.name == name
    assert 0 <= one.thresholds.offer <= one.thresholds.prefer
    assert len(scores) == 12
    assert all(0 < score < 1 for score in scores)
    assert one.score(group, [1] * 12) == scores
    assert one.score([], []) == []
    assert load_selector(name, NAMES, models) is one


def test_first_keeps_the_order() -> None:
    scores = load_selector("first", NAMES, MODELS).score(rows(5), [1, 9, 1, 1, 2])
    assert scores == sorted(scores, reverse=True)
    assert len(set(scores)) == 5


@pytest.mark.parametrize(("votes", "order"), [([1, 3, 2], [1, 2, 0]), ([2, 1, 2], [0, 2, 1]), ([1, 1, 1], [0, 1, 2])])
def test_majority_counts_votes_and_breaks_ties_by_order(votes: list[int], order: list[int]) -> None:
    scores = load_selector("majority", NAMES, MODELS).score(rows(3), votes)
    assert sorted(range(3), key=lambda index: -scores[index]) == order
    assert sum(scores) == pytest.approx(1)


def test_logistic_is_the_sum_of_its_terms(models: Path) -> None:
    one = load_selector("logistic", NAMES, models)
    raw = [0.25 + 3.0 * (3.0 - 1.0) / 2.0 - 0.5, 0.25 + 3.0 * (-5.0 - 1.0) / 2.0]
    scores = one.score([[3.0, 2.0, 0.0, 0.0], [-50.0, 7.0, 0.0, 0.0]], [1, 1])
    assert scores == pytest.approx(CALIBRATION.probabilities(raw), abs=1e-12)


def test_raw_scores_equal_lightgbm_bit_for_bit(models: Path, peer: lightgbm.Booster) -> None:
    one = load_selector("lightgbm", NAMES, models)
    assert isinstance(one, LightGBM)
    for count in (1, 2, 32, 200):
        group = rows(count, seed=count)
        group[0][2] = float("nan")
        assert one.booster.raw(group) == peer.predict(np.array(group), raw_score=True).tolist()
    scores = one.score(group, [1] * count)
    assert scores == CALIBRATION.probabilities(one.booster.raw(group))


def test_contributions_equal_lightgbm_bit_for_bit_and_add_up(models: Path, peer: lightgbm.Booster) -> None:
    one = load_selector("lightgbm", NAMES, models)
    assert isinstance(one, LightGBM)
    group = rows(20)
    theirs = peer.predict(np.array(group), pred_contrib=True)
    for row, expected in zip(group, theirs, strict=True):
        found = one.contributions(row)
        assert found == expected[:-1].tolist()
        assert sum(found) + expected[-1] == pytest.approx(one.booster.raw([row])[0], abs=1e-9)


def test_contributions_of_the_logistic_regression_add_up(models: Path) -> None:
    one = load_selector("logistic", NAMES, models)
    assert isinstance(one, Logistic)
    for row in rows(5):
        assert len(one.contributions(row)) == len(NAMES)
        assert one.bias + sum(one.contributions(row)) == pytest.approx(one.raw(row), abs=1e-12)


def test_serving_imports_neither_lightgbm_nor_numpy_and_prints_nothing(models: Path) -> None:
    code = f"""
        import sys
        from pathlib import Path
        from quickfix_ls.ranking.loader import load_selector
        one = load_selector("lightgbm", {NAMES!r}, Path({str(models)!r}))
        one.score([[1.0, 2.0, 3.0, 4.0]], [1])
        sys.exit(len({{"lightgbm", "numpy", "scipy"}} & set(sys.modules)))
    """
    done = subprocess.run([sys.executable, "-c", textwrap.dedent(code)], check=False, capture_output=True, text=True)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_a_closed_model_says_so(models: Path) -> None:
    booster = boosting.Booster((models / "lightgbm.txt").read_bytes())
    booster.close()
    booster.close()
    with pytest.raises(ValueError, match="closed"):
        booster.raw(rows(1))


def test_rows_of_another_length_are_refused(models: Path) -> None:
    booster = boosting.Booster((models / "lightgbm.txt").read_bytes())
    with pytest.raises(ValueError, match="another length than 4"):
        booster.raw([[1.0, 2.0]])


@pytest.mark.parametrize("name", ["lightgbm", "logistic"])
@pytest.mark.parametrize(
    ("names", "said"),
    [
        (NAMES[:-1], f"it has {NAMES[-1]} besides"),
        (("size", "kind", "similarity", "wotes"), "it has votes besides"),
    ],
)
def test_a_model_for_other_features_is_refused(models: Path, name: str, names: tuple[str, ...], said: str) -> None:
    with pytest.raises(ModelError, match="made for other features") as caught:
        load_selector(name, names, models)
    assert said in str(caught.value)
    assert "quickfix-ls train" in str(caught.value)


@pytest.mark.parametrize("name", ["lightgbm", "logistic"])
def test_a_model_may_use_a_part_of_the_features(models: Path, name: str) -> None:
    selector = load_selector(name, ("depth", *reversed(NAMES)), models)
    assert selector.features == load_selector(name, NAMES, models).features == NAMES


@pytest.mark.parametrize("kept", [0, 4, 300, -1])
def test_a_truncated_model_is_refused(models: Path, kept: int) -> None:
    text = (models / "lightgbm.txt").read_bytes()
    (models / "lightgbm.txt").write_bytes(text[:kept])
    with pytest.raises(ModelError, match=r"lightgbm\.txt can't be used: it is damaged"):
        load_selector("lightgbm", NAMES, models)


@pytest.mark.parametrize("text", [b"", b"\x7fELF\0", b"tree\nversion=v4\n", b"[LightGBM] Model\nend of trees"])
def test_what_is_no_model_is_refused_even_with_the_right_hash(models: Path, text: bytes) -> None:
    (models / "lightgbm.txt").write_bytes(text)
    changed(models / "lightgbm.json", sha256=hashlib.sha256(text).hexdigest())
    with pytest.raises(ModelError, match="not a model of LightGBM"):
        load_selector("lightgbm", NAMES, models)


def test_a_model_with_fewer_features_than_its_card_is_refused(models: Path, tmp_path: Path) -> None:
    changed(models / "lightgbm.json", features=[*NAMES, "depth"])
    with pytest.raises(ModelError, match="its trees use 4 features, the card states 5"):
        load_selector("lightgbm", (*NAMES, "depth"), models)


def test_a_model_with_several_outputs_is_refused(models: Path) -> None:
    data = np.array(rows(90))
    parameters = {"objective": "multiclass", "num_class": 3, "verbosity": -1, "num_threads": 1}
    peer = lightgbm.train(parameters, lightgbm.Dataset(data, np.arange(90) % 3), num_boost_round=2)
    text = peer.model_to_string().encode()
    (models / "lightgbm.txt").write_bytes(text)
    changed(models / "lightgbm.json", sha256=hashlib.sha256(text).hexdigest())
    with pytest.raises(ModelError, match="several outputs"):
        load_selector("lightgbm", NAMES, models)


@pytest.mark.parametrize("file", ["lightgbm.txt", "lightgbm.json", "logistic.json"])
def test_a_missing_file_is_named(models: Path, file: str) -> None:
    (models / file).unlink()
    with pytest.raises(ModelError, match="is missing") as caught:
        load_selector(Path(file).stem, NAMES, models)
    assert file in str(caught.value)


@pytest.mark.parametrize("content", ["", "{", "[]", "null", '{"features": "size"}', "[" * 100_000, "\ufeff"])
@pytest.mark.parametrize("name", ["lightgbm", "logistic"])
def test_a_damaged_card_is_refused(models: Path, name: str, content: str) -> None:
    (models / f"{name}.json").write_text(content, encoding="utf-8")
    with pytest.raises(ModelError, match=rf"{name}\.json can't be used"):
        load_selector(name, NAMES, models)


@pytest.mark.parametrize(
    "values",
    [
        {"bias": "much"},
        {"terms": []},
        {"terms": 7},
        {"offer_threshold": None},
        {"offer_threshold": 0.8},
        {"terms": {"size": {"mean": 0, "scale": 0, "weight": 1}}},
        {"terms": {"size": {"mean": 0, "scale": 1}}},
        {"terms": {"kind": {"weights": ["x"]}}},
        {"terms": {"depth": {"weights": [1]}}},
        {"calibration": None},
        {"calibration": {**CALIBRATION.as_card(), "knots": []}},
        {"calibration": {**CALIBRATION.as_card(), "knots": [[1, 0.5], [0, 0.6]]}},
        {"calibration": {**CALIBRATION.as_card(), "temperature": 0}},
    ],
)
def test_damaged_weights_are_refused(models: Path, values: dict[str, Any]) -> None:
    changed(models / "logistic.json", **values)
    with pytest.raises(ModelError, match=r"logistic\.json can't be used"):
        load_selector("logistic", NAMES, models)


def test_an_unknown_selector_is_refused_with_the_choice() -> None:
    with pytest.raises(ModelError, match="choose one of first, lightgbm, logistic, majority"):
        load_selector("oracle", NAMES, MODELS)


def test_a_library_that_does_not_open_comes_with_the_cure(tmp_path: Path) -> None:
    (tmp_path / "lib_lightgbm.so").write_bytes(b"not a library")
    with pytest.raises(ModelError, match="can't be opened") as caught:
        boosting.open_library(tmp_path / "lib_lightgbm.so")
    assert "`logistic`" in str(caught.value)
