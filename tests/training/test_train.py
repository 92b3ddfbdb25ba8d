"""Training end to end on a small corpus, and that the same input gives the same models."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path

import pytest

from quickfix_ls.candidates.fixers import all_fixers
from quickfix_ls.cli import main
from quickfix_ls.errors import ModelError, UsageError
from quickfix_ls.languages.python.compile_check import compile_check
from quickfix_ls.languages.python.measures import FEATURE_NAMES
from quickfix_ls.pipeline import Pipeline
from quickfix_ls.ranking.loader import load_selector
from quickfix_ls.training.fitting import FeatureTable, fit_calibration, fit_trees
from quickfix_ls.training.groups import Group, groups_of
from quickfix_ls.training.rows import Row
from quickfix_ls.training.train import train
from tests.kit_python import PYTHON


def rows() -> list[Row]:
    """The fixers' own examples of broken syntax, as rows of a benchmark."""
    found = []
    for fixer in all_fixers(PYTHON.fixers):
        for number, example in enumerate(fixer.examples):
            before = example.before.replace("$0", "")  # where it is asked about, in examples of other errors
            fault = compile_check(before)
            if fault is not None:
                line = before.count("\n", 0, fault.span.start) + 1
                name = f"{fixer.name}-{number}"
                found.append(Row(name, "syntax", before, example.after, fault.message, line, 1, name))
    return found


@pytest.fixture(scope="module")
def groups() -> list[Group]:
    pipeline = Pipeline.load(PYTHON, "first")

    async def collect() -> list[Group]:
        return [group for row in rows() for group in await groups_of(pipeline, row)]

    return asyncio.run(collect())


def test_groups_hold_what_leads_to_the_humans_text(groups: list[Group]) -> None:
    assert len({group.row_id for group in groups}) > 50
    # Every fixer's example is mended by that fixer, so nearly every row's first group has a right answer.
    first = [group for group in groups if group.step == 0]
    assert sum(any(group.labels) for group in first) >= 0.9 * len(first)
    assert all(len(row) == len(FEATURE_NAMES) for group in groups for row in group.rows)


def test_several_errors_are_taken_one_step_at_a_time() -> None:
    row = Row("two", "syntax", "if x\n    print y\n", "if x:\n    print(y)\n", "expected ':'", 1, 3, "two")
    found = asyncio.run(groups_of(Pipeline.load(PYTHON, "first"), row))
    assert [group.step for group in found] == [0, 1]
    assert all(any(group.labels) for group in found)


def test_a_deletion_leads_nowhere_if_the_human_keeps_the_content_in_another_form() -> None:
    def right(broken: str, fixed: str) -> list[str]:
        bound = "file = file_name = 1\n"
        row = Row("one", "syntax", bound + broken, bound + fixed, "invalid syntax", 2, 2, "one")
        (group,) = asyncio.run(groups_of(Pipeline.load(PYTHON, "first"), row))
        return [source for source, label in zip(group.sources, group.labels, strict=True) if label]

    assert right("put(file name)\n", "put(file_name)\n") == ["fixer:join_words"]
    assert "search:delete" in right("put(file name)\n", "put(file)\n")


def test_the_same_table_gives_the_same_trees(groups: list[Group]) -> None:
    table = FeatureTable.of(groups)
    assert fit_trees(table, 1, 20).model_to_string() == fit_trees(table, 1, 20).model_to_string()


def test_calibrated_probabilities_add_up_to_what_is_right(groups: list[Group]) -> None:
    table = FeatureTable.of(groups)
    scores = fit_trees(table, 1, 20).predict(table.x, raw_score=True)
    calibration = fit_calibration(scores, table)
    total = 0.0
    for number in range(len(groups)):
        total += sum(calibration.probabilities(list(scores[table.group == number])))
    assert total == pytest.approx(float(table.y.sum()), rel=0.2)


def written(some: list[Row], data: Path) -> list[str]:
    """The lines of a file of rows, which is written to `data`."""
    keys = ("id", "kind", "broken", "fixed", "error", "line", "edit_tokens", "group")
    lines = [json.dumps({"lang": "python", **{key: getattr(row, key) for key in keys}}) for row in some]
    data.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return lines


@pytest.mark.slow
def test_training_writes_models_that_serve(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    some = rows()
    lines = written(some, data := tmp_path / "rows.jsonl")
    out = tmp_path / "models"
    kept = tmp_path / "outcomes.jsonl"
    assert train([data], out, seed=3, quick=True, outcomes_out=kept) == 0
    outcomes = [json.loads(line) for line in kept.read_text(encoding="utf-8").splitlines()]
    assert [(one["id"], one["source"]) for one in outcomes] == [(row.id, "rows.jsonl") for row in some]
    assert sum(one["reached"] for one in outcomes) >= 0.9 * len(outcomes)
    assert "rows.jsonl" in capsys.readouterr().out
    assert {path.name for path in out.iterdir()} == {"lightgbm.txt", "lightgbm.json", "logistic.json"}
    for name in ("lightgbm", "logistic"):
        selector = load_selector(name, FEATURE_NAMES, out)
        best, other = selector.score([[0.0] * len(FEATURE_NAMES), [1.0] * len(FEATURE_NAMES)], [1, 1])
        assert 0 <= best <= 1
        assert 0 <= other <= 1
        with pytest.raises(ModelError, match="made for other features"):
            load_selector(name, FEATURE_NAMES[:-1], out)
    card = json.loads((out / "lightgbm.json").read_text(encoding="utf-8"))
    assert len(card["data"]["sha256"]) == 64
    assert card["cross_validated"]["sources"][0]["groups"][0]["n"] == len(lines)


@pytest.mark.parametrize("every", [4, pytest.param(1, marks=pytest.mark.slow)])
def test_a_stored_set_gives_models_that_serve(tmp_path: Path, every: int) -> None:
    written(rows()[::every], data := tmp_path / "rows.jsonl")
    stored, out = tmp_path / "set.parquet", tmp_path / "models"
    assert main(["candidates", "--data", str(data), "--out", str(stored)]) == 0
    assert main(["train", "--candidates", str(stored), "--out", str(out), "--seed", "3"]) == 0
    assert {path.name for path in out.iterdir()} == {"lightgbm.txt", "lightgbm.json", "logistic.json"}
    for name in ("lightgbm", "logistic"):
        assert len(load_selector(name, FEATURE_NAMES, out).score([[0.0] * len(FEATURE_NAMES)], [1])) == 1
    before = (out / "lightgbm.txt").read_bytes()
    assert main(["train", "--candidates", str(stored), "--out", str(out), "--seed", "3"]) == 0
    assert (out / "lightgbm.txt").read_bytes() == before
    assert main(["train", "--candidates", str(stored), "--quick"]) == 2


def test_data_that_is_not_there_is_said_so(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no such file"):
        train([tmp_path / "nothing"], tmp_path / "models", quick=True)
