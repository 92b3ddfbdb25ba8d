"""The figures on cases small enough to work out by hand."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest

from quickfix_ls.training.candidate_arrays import Candidates, picks
from research.selector_comparison.measures import abstention, auc, calibration_error, log_loss, ndcg, reliability
from research.selector_comparison.significance import Bootstrap, mcnemar


def flags(*values: int) -> np.ndarray:
    return np.array(values, dtype=bool)


def groups(candidates: Candidates, *sizes: int) -> Candidates:
    """The first candidates, cut into groups of these sizes."""
    some = candidates.only(np.arange(len(candidates.choice)) < sum(sizes))
    return replace(some, choice=np.repeat(np.arange(len(sizes)), sizes))


def test_the_best_of_each_group_is_picked_and_the_first_of_equals(candidates: Candidates) -> None:
    some = groups(candidates, 3, 2, 1)
    assert picks(np.array([0.1, 0.3, 0.3, 0.5, 0.2, 0.0]), some).tolist() == [1, 3, 5]


def test_auc_counts_pairs_and_equals_by_half() -> None:
    scores = np.array([0.9, 0.8, 0.8, 0.1])
    right = flags(1, 0, 1, 0)
    assert auc(scores, right) == pytest.approx((1 + 1 + 0.5 + 1) / 4)
    assert auc(-scores, right) == pytest.approx(1 - 3.5 / 4)
    assert auc(scores, right, np.array([2.0, 1, 0, 1])) == 1.0
    assert math.isnan(auc(scores, flags(1, 1, 1, 1)))


def test_ndcg_discounts_by_place_and_leaves_out_hopeless_groups(candidates: Candidates) -> None:
    some = groups(candidates, 3, 4, 2)
    scores = np.array([3.0, 2, 1, 4, 3, 2, 1, 1, 2])
    found = ndcg(scores, flags(0, 1, 0, 0, 0, 0, 1, 0, 0), some)
    assert found[0] == pytest.approx(1 / math.log2(3))
    assert found[1] == 0.0
    assert math.isnan(found[2])


def test_log_loss_is_that_of_what_came_true() -> None:
    assert log_loss(np.array([0.8, 0.4]), flags(1, 0)) == pytest.approx(-(math.log(0.8) + math.log(0.6)) / 2)


def test_calibration_is_measured_in_bins_of_equal_mass() -> None:
    probabilities = np.array([0.1, 0.2, 0.8, 0.9])
    right = flags(0, 0, 1, 0)
    assert calibration_error(probabilities, right, bins=2) == pytest.approx(0.5 * 0.15 + 0.5 * 0.35)
    assert reliability(probabilities, right, bins=2)[0] == pytest.approx((0.15, 0.0, 0.5))


def test_abstention_goes_from_the_surest_to_all() -> None:
    curve = abstention(np.array([0.9, 0.1, 0.8, 0.5]), flags(1, 0, 1, 0), points=4)
    assert curve == [(0.25, 1.0), (0.5, 1.0), (0.75, pytest.approx(2 / 3)), (1.0, 0.5)]


def test_intervals_hold_their_value_and_shrink_with_more_problems() -> None:
    rng = np.random.default_rng(1)
    widths = []
    for count in (50, 5000):
        owners = np.array([f"{number:05}" for number in range(count)])
        found = Bootstrap(owners).mean((rng.random(count) < 0.7).astype(float), owners)
        assert found["low"] < found["value"] < found["high"]
        widths.append(found["high"] - found["low"])
    # The normal approximation of a binomial share.
    assert widths == pytest.approx([2 * 1.96 * math.sqrt(0.21 / 50), 2 * 1.96 * math.sqrt(0.21 / 5000)], rel=0.25)


def test_values_of_one_problem_are_drawn_together() -> None:
    values = np.repeat([0.0, 1.0], 50)
    together = Bootstrap(np.repeat(["a", "b"], 50)).mean(values, np.repeat(["a", "b"], 50))
    assert (together["low"], together["high"]) == (0.0, 1.0)


def test_the_interval_of_a_calibration_error_starts_from_its_bins() -> None:
    rng = np.random.default_rng(2)
    probabilities = rng.random(3000)
    owners = np.array([str(number) for number in range(3000)])
    true = Bootstrap(owners).calibration_error(probabilities, rng.random(3000) < probabilities, owners)
    false = Bootstrap(owners).calibration_error(probabilities, rng.random(3000) < probabilities / 2, owners)
    assert true["high"] < 0.05
    assert 0.2 < false["low"] < 0.25 < false["high"] < 0.3


def test_mcnemar_looks_at_what_only_one_gets_right() -> None:
    one, other = flags(1, 1, 1, 1, 1, 1, 0, 1), flags(0, 0, 0, 0, 0, 0, 0, 1)
    assert mcnemar(one, other) == {"only_first": 6, "only_second": 0, "p": pytest.approx(2 / 2**6)}
    assert mcnemar(one, one)["p"] == 1.0
