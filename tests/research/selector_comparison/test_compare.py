"""Selectors fitted on some problems and judged on others, and what is said of them."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from quickfix_ls.errors import UsageError
from quickfix_ls.languages.python.measures import FEATURE_NAMES
from quickfix_ls.training.candidate_arrays import Candidates, picks
from quickfix_ls.training.fitting import PARAMETERS, FeatureTable, fit_trees
from quickfix_ls.training.stored import SCHEMA, write_candidates
from quickfix_ls.training.stored import read_candidates as read_stored
from research.selector_comparison.__main__ import main
from research.selector_comparison.compare import Judged, calibrated_by_halves, judge, judge_tuned, report
from research.selector_comparison.evaluation import beside
from research.selector_comparison.importance import FAMILIES, importance
from research.selector_comparison.kept import keep
from research.selector_comparison.pool import pools
from research.selector_comparison.scores import read_scores, scored_as_a_whole
from research.selector_comparison.splits import SCHEMES, splits
from research.selector_comparison.timing import timing
from research.selector_comparison.ways import TUNED, WAYS, without

BEST = 0.9
"""The share of groups of the made-up candidates that have a right one."""


@pytest.fixture(scope="module")
def judged(candidates: Candidates) -> dict[str, Judged]:
    return {name: judge(candidates, "folds", WAYS[name], 0) for name in ("lightgbm", "logistic", "majority", "first")}


def test_each_candidate_is_tested_on_once_by_what_never_saw_its_problem(candidates: Candidates) -> None:
    for scheme in SCHEMES:
        found = list(splits(candidates, scheme))
        assert (sum(split.test.astype(int) for split in found) == 1).all()
        for split in found:
            assert not set(candidates.owner[split.fit]) & set(candidates.owner[split.test])
            assert (split.inner & ~split.fit).sum() == 0
            assert 0 < split.inner.sum() < split.fit.sum() / 2
            assert not set(candidates.owner[split.rest]) & set(candidates.owner[split.inner])
    assert {split.name for split in splits(candidates, "unseen")} == {"east", "west"}


def test_what_learns_finds_the_signal_and_what_does_not_doesnt(
    candidates: Candidates, judged: dict[str, Judged]
) -> None:
    rates = {name: candidates.right[picks(one.scores, candidates)].mean() for name, one in judged.items()}
    assert rates["lightgbm"] > 0.6 * BEST  # trees need more than a few hundred problems
    assert rates["logistic"] > 0.8 * BEST
    assert rates["first"] < 0.3
    assert rates["first"] < rates["majority"] < rates["logistic"]


def test_a_report_has_every_figure_and_its_interval(candidates: Candidates, judged: dict[str, Judged]) -> None:
    found = report(candidates, judged)
    assert json.loads(json.dumps(found)) == json.loads(json.dumps(found))
    assert (found["choices"], found["problems"]) == (240, 160)
    assert found["possible"]["value"] == pytest.approx(BEST)
    one = found["selectors"]["lightgbm"]
    for key in ("accepted", "both", "auc", "ndcg3", "ece", "ece_of_picks"):
        assert one[key]["low"] <= one[key]["value"] <= one[key]["high"], key
    assert one["executes"]["value"] == 1.0
    assert sum(part["n"] for part in one["by"]["source"].values()) == 240
    tests = {test["against"]: test for test in found["tests"]}
    assert set(tests) == {"logistic", "majority", "first"}
    assert tests["first"]["difference"]["low"] > 0
    assert tests["first"]["mcnemar"]["p"] < 0.001


def test_probabilities_are_those_of_problems_that_the_calibration_did_not_see(
    candidates: Candidates, judged: dict[str, Judged]
) -> None:
    probabilities = judged["lightgbm"].probabilities
    assert probabilities.mean() == pytest.approx(candidates.right.mean(), abs=0.05)
    halves = calibrated_by_halves(candidates, judged["lightgbm"].scores).probabilities
    assert halves.mean() == pytest.approx(candidates.right.mean(), abs=0.05)


def test_every_other_way_can_be_fitted(candidates: Candidates) -> None:
    some = candidates.only(candidates.choice < 60)
    for name in ("lightgbm_accepted", "lightgbm_lambdarank", "lightgbm_two_heads"):
        # Both labels have to vary for two heads.
        varied = replace(some, executes=some.x[:, FEATURE_NAMES.index("similarity")] > 0.2)
        scores = WAYS[name](varied, 0)(varied)
        assert varied.accepted[picks(scores, varied)].mean() > 0.6, name


def test_settings_are_chosen_on_a_part_of_the_fit(candidates: Candidates) -> None:
    some = candidates.only(candidates.choice < 90)
    scores = judge_tuned(some, "unseen", "logistic_tuned", 0, lambda: None).scores
    assert some.right[picks(scores, some)].mean() > 0.7
    assert set(TUNED) == {"logistic_tuned", "lightgbm_tuned"}


def test_other_objectives_have_the_parameters_of_the_shipped_trees() -> None:
    table = FeatureTable(
        np.zeros((4, len(FEATURE_NAMES))), np.array([0, 1, 0, 1]), np.arange(4), np.array(list("abcd"))
    )
    fitted = fit_trees(table, 0, 1).params
    assert {key: fitted[key] for key in PARAMETERS} == PARAMETERS
    assert PARAMETERS["objective"] == "binary"


def test_trees_that_do_not_see_the_signal_lose_it(candidates: Candidates) -> None:
    blind = judge(candidates, "unseen", without(("gain",)), 0)
    assert candidates.right[picks(blind.scores, candidates)].mean() < 0.4
    with pytest.raises(ValueError, match="no feature is called nothing"):
        without(("nothing",))
    known = set(FEATURE_NAMES)
    assert all(known & set(names) for names in FAMILIES.values())


def test_the_feature_with_the_signal_is_the_most_important(candidates: Candidates) -> None:
    found = importance(candidates, 0)
    assert {one["feature"] for one in found} == set(FEATURE_NAMES)
    for way in ("gain", "permutation", "picks", "contribution"):
        assert max(found, key=lambda one: one[way])["feature"] == "gain", way


def test_a_vote_over_more_samples_is_better_and_ties_less(candidates: Candidates, judged: dict[str, Judged]) -> None:
    found = pools(candidates, judged["lightgbm"], 0)
    assert [one["generators"] for one in found] == [4, 8, 16]
    assert found[0]["single"]["value"] < found[2]["majority"]["value"] <= found[2]["any"]["value"]
    assert found[2]["tied"] < found[0]["tied"]
    assert found[2]["reward"]["value"] <= found[2]["any"]["value"]


@pytest.mark.slow
def test_what_a_selector_costs_is_measured(candidates: Candidates) -> None:
    found = timing(candidates)
    assert {"first", "majority", "logistic", "lightgbm"} <= set(found["selectors"])
    lightgbm = found["selectors"]["lightgbm"]
    assert lightgbm["size"] > 10_000
    assert lightgbm["ms"]["8"] > 0
    assert lightgbm["load_ms"] > 0
    assert set(found["features"]) == set(found["python"]) == {"8", "32"}


def table_of(candidates: Candidates) -> pa.Table:
    """The made-up candidates as a stored set has them."""
    fields: dict[str, Any] = {field.name: None for field in SCHEMA}
    rows = []
    for index in range(len(candidates.choice)):
        numbers = {f"x.{name}": float(candidates.x[index, place]) for place, name in enumerate(FEATURE_NAMES)}
        row = {
            "row": str(candidates.owner[index]), "step": int(candidates.step[index]),
            "place": int(candidates.place[index]), "source": str(candidates.source[index]), "kind": "syntax",
            "group": str(candidates.owner[index]), "edit_tokens": int(candidates.size[index]),
            "proposers": [f"fixer:{vote}" for vote in range(candidates.votes[index])],
            "accepted": bool(candidates.accepted[index]), "executes": bool(candidates.executes[index]),
        }  # fmt: skip
        rows.append({**fields, **row, **numbers})
    table = pa.Table.from_pylist(rows, SCHEMA)
    return table.append_column("fold", pa.array(candidates.fold.tolist(), pa.int8()))


def test_the_stored_set_gives_the_same_arrays(candidates: Candidates) -> None:
    read = Candidates.of(table_of(candidates))
    for name in ("x", "votes", "place", "choice", "step", "owner", "accepted", "executes", "fold", "origin"):
        assert (getattr(read, name) == getattr(candidates, name)).all(), name


def test_scores_from_elsewhere_count_where_a_group_has_all(candidates: Candidates, tmp_path: Path) -> None:
    table = table_of(candidates)
    path = tmp_path / "scores.parquet"
    some = table.select(["row", "step", "place"]).slice(0, 12)
    scores = some.append_column("score", pa.array([float(number) for number in range(12)]))
    pq.write_table(scores.replace_schema_metadata({"quickfix_ls": '{"trained": "here"}'}), path)
    read = read_scores(path, table)
    assert read.facts == {"trained": "here"}
    assert list(read.of) == ["folds"]
    # Groups of five: two of them are scored as a whole, of the third only two candidates.
    assert scored_as_a_whole(read.of["folds"], candidates).sum() == 10
    pq.write_table(scores.append_column("split", pa.array(["unseen"] * 12)), path)
    assert list(read_scores(path, table).of) == ["unseen"]


def test_a_model_from_elsewhere_is_compared_on_what_it_scored(
    candidates: Candidates, judged: dict[str, Judged]
) -> None:
    scores = candidates.right + 0.0
    scores[candidates.choice >= 100] = np.nan
    found = beside(candidates, judged, "oracle", scores)
    assert found["choices"] == 100
    assert set(found["selectors"]) == {"first", "majority", "logistic", "lightgbm", "oracle"}
    assert found["selectors"]["oracle"]["accepted"]["value"] == pytest.approx(BEST)
    assert [test["against"] for test in found["its_tests"]] == ["first", "majority", "logistic", "lightgbm"]
    assert all(test["mcnemar"]["only_second"] == 0 for test in found["its_tests"])
    assert all(test["difference"]["low"] > 0 for test in found["its_tests"][:2])


def test_scores_are_added_to_a_comparison_without_fitting(
    candidates: Candidates, judged: dict[str, Judged], tmp_path: Path
) -> None:
    table, stored = table_of(candidates), tmp_path / "set.parquet"
    write_candidates(stored, table.drop_columns(["fold"]), {})
    table, facts = read_stored(stored)
    out, kept, scores = tmp_path / "comparison.json", tmp_path / "kept.parquet", tmp_path / "scores.parquet"
    keep(kept, table, {"folds": judged, "unseen": judged})
    schemes = {scheme: report(candidates, judged) for scheme in SCHEMES}
    out.write_text(json.dumps({"set": facts, "schemes": schemes}), encoding="utf-8")
    oracle = table.select(["row", "step", "place"]).append_column("score", pa.array(candidates.right + 0.0))
    pq.write_table(oracle, scores)
    arguments = [str(stored), "--json", str(out), "--keep", str(kept), "--add"]
    assert main([*arguments, "--scores", f"oracle={scores}"]) == 0
    found = json.loads(out.read_text(encoding="utf-8"))
    assert found["schemes"]["folds"] == json.loads(json.dumps(schemes["folds"]))
    figures = found["elsewhere"]["oracle"]["schemes"]["folds"]["selectors"]
    assert figures["oracle"]["accepted"]["value"] == pytest.approx(BEST)
    assert figures["lightgbm"] == found["schemes"]["folds"]["selectors"]["lightgbm"]

    write_candidates(stored, table.drop_columns(["fold"]).slice(5), {})
    assert main(arguments) == 2


@pytest.mark.parametrize("columns", [{"row": ["a"]}, {"row": ["x"], "step": [0], "place": [0], "score": [1.0]}])
def test_scores_of_other_candidates_are_refused(
    candidates: Candidates, tmp_path: Path, columns: dict[str, list[Any]]
) -> None:
    path = tmp_path / "scores.parquet"
    pq.write_table(pa.table(columns), path)
    with pytest.raises(UsageError, match="scores"):
        read_scores(path, table_of(candidates))


def test_scores_need_a_name(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["set.parquet", "--scores", "no-equals-sign"]) == 2
    assert "NAME=FILE.parquet" in capsys.readouterr().err
