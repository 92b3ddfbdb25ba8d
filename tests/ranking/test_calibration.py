"""Scores in, probabilities out."""

from __future__ import annotations

import math

import pytest

from quickfix_ls.ranking.calibration import Calibration, removing

KNOTS = ((-2.0, 0.1), (0.0, 0.5), (2.0, 0.5), (3.0, 0.9))


@pytest.mark.parametrize(
    ("score", "probability"),
    [(-9, 0.1), (-2, 0.1), (-1, 0.3), (0, 0.5), (1, 0.5), (2.5, 0.7), (3, 0.9), (99, 0.9)],
)
def test_linear_between_the_knots_and_constant_outside(score: float, probability: float) -> None:
    assert Calibration(KNOTS).probabilities([score])[0] == pytest.approx(probability, abs=1e-6)


def test_a_higher_score_gives_a_higher_probability_even_on_a_plateau() -> None:
    scores = [-50.0, -3.0, 0.5, 1.0, 1.5, 4.0, 5.0, 80.0]
    found = Calibration(KNOTS, 1.0, 0.5, 2.0).probabilities(scores)
    assert found == sorted(found)
    assert len(set(found)) == len(found)


def test_shares_are_the_softmax_of_the_group() -> None:
    scores = [1.0, 2.0, 4.0]
    total = sum(math.exp(score / 2) for score in scores)
    found = Calibration(((0.0, 0.0), (1.0, 1.0)), 0.0, 1.0, 2.0).evidence(scores)
    assert found == pytest.approx([math.log(math.exp(score / 2) / total) for score in scores])


def test_scores_far_apart_do_not_overflow() -> None:
    assert all(0 < one < 1 for one in Calibration(KNOTS, 1.0, 1.0).probabilities([-1e300, 0.0, 1e300]))


def test_one_knot_is_a_constant() -> None:
    assert Calibration(((0.0, 0.3),)).probabilities([-1.0, 1.0]) == pytest.approx([0.3, 0.3], abs=1e-6)


def test_a_card_keeps_it() -> None:
    one = Calibration(KNOTS, 0.5, 0.25, 3.0)
    assert Calibration.from_card(one.as_card()) == one


def test_deletions_are_calibrated_apart() -> None:
    both = Calibration(KNOTS, 1.0, 0.5, 2.0, Calibration(((-2.0, 0.0), (3.0, 0.5)), 0.7, 0.1))
    scores, removing = [1.0, 2.5, 2.5, -1.0], [False, True, False, True]
    alone, apart = Calibration(KNOTS, 1.0, 0.5, 2.0), Calibration(((-2.0, 0.0), (3.0, 0.5)), 0.7, 0.1)
    found = both.probabilities(scores, removing)
    assert [found[0], found[2]] == [alone.probabilities(scores)[0], alone.probabilities(scores)[2]]
    assert [found[1], found[3]] == [apart.probabilities(scores)[1], apart.probabilities(scores)[3]]
    assert both.probabilities(scores) == alone.probabilities(scores) == alone.probabilities(scores, removing)
    assert Calibration.from_card(both.as_card()) == both


def test_a_row_tells_whether_its_candidate_removes_content() -> None:
    assert removing(("gain", "content_removed"), [[3.0, 0.0], [0.0, 2.0]]) == [False, True]
    assert removing(("gain",), [[3.0]]) == []
