"""The report's figures of a handful of records, counted by hand."""

from __future__ import annotations

from research.quality_report.figures import are_of_model, beaten, calibration, coverage, figures, proposers
from tests.research.quality_report.kit import offered, record

RIGHT = record(offered(0.9, exact=True), edit_tokens=1, preferred=True, chances=(0.9, 0.1), right=(0,))
SECOND = record(offered(0.8), offered(0.2, "fixer:b", exact=True), edit_tokens=2, preferred=True,
                chances=(0.8, 0.2), right=(1,))  # fmt: skip
UNLIKELY = record(offered(0.6, "fixer:a+fixer:c"), edit_tokens=9, reached=True, way=("fixer:b", "fixer:b"))
SILENT = record(edit_tokens=2, reached=True, way=("fixer:b", "search:insert"))
RECORDS = [RIGHT, SECOND, UNLIKELY, SILENT]


def test_shares_are_of_all_rows() -> None:
    made = figures(RECORDS, {})
    (source,) = made["sources"]
    everything, *by_size = source["groups"]
    counts = {
        key: (share["count"], share["of"]) for key, share in everything.items() if key not in ("n", "edit_tokens")
    }
    assert counts == {
        "offered": (3, 4),
        "well_formed": (3, 4),
        "exact": (1, 4),
        "exact_within_3": (2, 4),
        "among_candidates": (4, 4),
        "preferred": (2, 4),
        "precision": (1, 2),
    }
    assert [(one["edit_tokens"], one["n"]) for one in by_size] == [("1", 1), ("2", 2), ("7+", 1)]
    assert [share["count"] for share in source["top"]] == [1, 2, 2, 2, 2]
    assert everything["exact"]["low"] < 0.25 < everything["exact"]["high"]


def test_right_candidates_are_held_against_wrong_ones_of_all_rows() -> None:
    # Of the four pairs of a right (0.9, 0.2) and a wrong candidate (0.1, 0.8), three are in order.
    assert figures(RECORDS, {})["auc"] == 0.75
    assert figures([SILENT], {})["auc"] is None


def test_bins_of_calibration_have_equal_mass() -> None:
    found = calibration(RECORDS, bins=3)
    assert [(one["probability"], one["right"]["count"]) for one in found["bins"]] == [(0.6, 0), (0.8, 0), (0.9, 1)]
    assert found["error"] == round((0.6 + 0.8 + 0.1) / 3, 4)
    assert calibration([SILENT])["error"] is None


def test_the_curve_goes_from_the_surest_offer_on() -> None:
    found = coverage(RECORDS)
    assert found["curve"] == [(0.25, 1.0), (0.5, 0.5), (0.75, 0.3333)]
    assert (found["marked"]["count"], found["precision"]["count"]) == (2, 1)


def test_proposers_win_and_lose() -> None:
    assert proposers(RECORDS) == [
        {"source": "fixer:a", "wins": 2, "right": 1, "preferred_wrong": 1, "loses": 0},
        {"source": "several", "wins": 1, "right": 0, "preferred_wrong": 0, "loses": 1},
        {"source": "fixer:b", "wins": 0, "right": 0, "preferred_wrong": 0, "loses": 2},
    ]
    assert beaten(RECORDS) == [
        {"winner": "fixer:a", "loser": "fixer:b", "count": 1},
        {"winner": "several", "loser": "fixer:b", "count": 1},
        {"winner": "silence", "loser": "several", "count": 1},
    ]


def test_figures_are_those_of_a_model_where_its_card_has_the_same_counts() -> None:
    made = figures([RIGHT], {})
    group = {"kind": "syntax", "edit_tokens": "all", "exact": {"count": 1}}
    groups = [group, {**group, "edit_tokens": "1"}]
    assert are_of_model(made, {"cross_validated": {"sources": [{"name": "debugbench.jsonl", "groups": groups}]}})
    groups = [group, {**group, "edit_tokens": "1", "exact": {"count": 0}}]
    assert not are_of_model(made, {"cross_validated": {"sources": [{"name": "debugbench.jsonl", "groups": groups}]}})
