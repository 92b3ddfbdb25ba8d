"""The page of the reward models is what its stored figures say; its verdicts follow from them."""

from __future__ import annotations

import copy
import json
from typing import Any

import pytest

from research.reward_models_report.claims import claims
from research.reward_models_report.page import page as page_of
from tests.kit import REPOSITORY

DOCS = REPOSITORY / "docs"


@pytest.fixture
def comparison() -> dict[str, Any]:
    found: dict[str, Any] = json.loads((DOCS / "reward-models" / "comparison.json").read_bytes())
    return found


def test_the_page_is_current(comparison: dict[str, Any]) -> None:
    page = (DOCS / "reward-models.md").read_text(encoding="utf-8")
    assert page == page_of(comparison), "run: python -m research.reward_models_report"
    for name in ("selectors", "pool", "abstention", "calibration", "features", "ablations"):
        for theme in ("light", "dark"):
            assert f"reward-models/{name}-{theme}.svg" in page
            assert (DOCS / "reward-models" / f"{name}-{theme}.svg").stat().st_size > 1000


def verdict(comparison: dict[str, Any], words: str) -> str:
    (found,) = [one for one in claims(comparison) if words in one.claim]
    return str(found.verdict)


def test_a_verdict_is_that_of_the_intervals(comparison: dict[str, Any]) -> None:
    turned = copy.deepcopy(comparison)
    turned["pools"][-1]["majority"] = {"value": 0.1, "low": 0.05, "high": 0.15}
    assert verdict(turned, "Majority voting picks well") == "refuted"
    unsure = copy.deepcopy(comparison)
    unsure["pools"][-1]["majority"] = unsure["pools"][-1]["single"]
    assert verdict(unsure, "Majority voting picks well") == "open"
    first = copy.deepcopy(comparison)
    for one in first["importance"]:
        if one["feature"] == "similarity":
            one.update(contribution=99.0, gain=99.0, permutation=99.0)
    assert verdict(first, "similar") == "confirmed"


def test_without_a_language_model_the_page_says_so(comparison: dict[str, Any]) -> None:
    without = {**comparison, "elsewhere": {}}
    assert verdict(without, "language model") == "open"
    assert "**Not compared here:**" in page_of(without)


@pytest.mark.parametrize(
    ("gained", "over_majority", "expected"),
    [(0.02, 0.2, "confirmed"), (-0.1, 0.2, "refuted"), (-0.01, 0.2, "open"), (0.1, -0.01, "open")],
)
def test_a_language_model_that_does_not_beat_voting_is_no_comparison(
    comparison: dict[str, Any], gained: float, over_majority: float, expected: str
) -> None:
    figures = copy.deepcopy(comparison["schemes"]["folds"])
    figures["selectors"] = {"lightgbm": figures["selectors"]["lightgbm"]}
    figures["selectors"]["cross_encoder"] = figures["selectors"]["lightgbm"]
    chance = {"only_first": 1, "only_second": 1, "p": 1.0}

    def test(against: str, difference: float) -> dict[str, Any]:
        around = {"value": difference, "low": difference - 0.005, "high": difference + 0.005}
        return {"against": against, "difference": around, "mcnemar": chance}

    figures["tests"], figures["its_tests"] = [test("cross_encoder", gained)], [test("majority", over_majority)]
    facts = {"trained": "on 100 pairs", "latency_ms": {"8": 500.0}, "lightgbm_ms": {"8": 0.1}}
    model = {"cross_encoder": {"facts": facts, "schemes": {"folds": figures}}}
    with_model = {**comparison, "elsewhere": model}
    assert verdict(with_model, "match the fine-tuned") == expected
    assert verdict(with_model, "100 times as fast") == "confirmed"
    assert "on 100 pairs" in page_of(with_model)
