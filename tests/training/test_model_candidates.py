"""Candidate sets with a model's replies, from a real server that a script speaks for, and from a real model here."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from quickfix_ls.cli import main
from quickfix_ls.training.stored import read_candidates
from tests.kit_local import MODEL, needs_model
from tests.kit_models import Script, answers, fails, serving

pytestmark = pytest.mark.usefixtures("own_state")

BROKEN = "def positive(xs):\n    return [x for x in xs given x > 0]\n"
FIXED = "def positive(xs):\n    return [x for x in xs if 0 < x]\n"
TESTS = [{"call": "positive([1, -1])", "expect": "[1]"}]
ROW = {
    "id": "made-given", "lang": "python", "kind": "syntax", "group": "given", "broken": BROKEN, "fixed": FIXED,
    "error": "invalid syntax", "line": 2, "edit_tokens": 4, "tests": TESTS,
}  # fmt: skip
PROMPTS = ["plain", "system_minimal"]


def made(folder: Path, *options: str, expected: int = 0) -> tuple[list[dict[str, Any]], dict[str, Any]]:
    """The candidates and what is stated of the set that the command makes of the row."""
    data, out = folder / "rows.jsonl", folder / "set.parquet"
    data.write_text(json.dumps(ROW) + "\n", encoding="utf-8")
    variants = f"variants={json.dumps(PROMPTS)}"
    assert main(["candidates", "--data", str(data), "--out", str(out), "--set", variants, *options]) == expected
    if expected:
        return [], {}
    table, meta = read_candidates(out)
    return table.to_pylist(), meta


def replying(*lines: str) -> list[Script]:
    """One answer after the other: a line of code in place of the second."""
    return [answers(lambda _, line=line: f"2|{line}") for line in lines]


def test_each_variant_is_a_proposer_and_equal_replies_are_votes(tmp_path: Path) -> None:
    alone, stated = made(tmp_path)
    assert "model" not in stated
    with serving(*replying("    return [x for x in xs if x > 0]")) as (_, setting):
        found, stated = made(tmp_path, "--provider", setting)
    (written,) = [one for one in found if any(name.startswith("model:") for name in one["proposers"])]
    assert [name for name in written["proposers"] if name.startswith("model:")] == [f"model:{one}" for one in PROMPTS]
    # Not the human's tokens, but shown by the tests to be as good.
    assert (written["exact"], written["passes"], written["accepted"], written["executes"]) == (False, True, True, True)
    assert written["candidate"] == "    return [x for x in xs if x > 0]"
    assert {one["candidate"] for one in alone} <= {one["candidate"] for one in found}
    expected = {"name": "scripted-1", "variants": PROMPTS, "asked": 2, "failed": 0, "refused": 0, "passed": 2}
    assert {key: stated["model"][key] for key in expected} == expected


def test_what_only_the_model_proposes_has_features_and_labels_of_its_own(tmp_path: Path) -> None:
    right, wrong = "    return [x for x in xs if 0 < x]", "    return [y for y in xs if y < 0]"
    with serving(*replying(right, wrong)) as (_, setting):
        found, _ = made(tmp_path, "--provider", setting)
    by_text = {one["candidate"]: one for one in found}
    assert (by_text[right]["exact"], by_text[right]["leads"], by_text[right]["accepted"]) == (True, True, True)
    assert (by_text[wrong]["accepted"], by_text[wrong]["executes"]) == (False, False)
    assert [one["proposers"][0][:6] for one in (by_text[right], by_text[wrong])] == ["model:"] * 2
    assert (by_text[right]["step"], by_text[right]["complete"]) == (0, True)
    assert all(by_text[right][name] is not None for name in by_text[right] if name.startswith("x."))
    assert sorted(one["place"] for one in found if one["step"] == 0) == list(
        range(sum(one["step"] == 0 for one in found))
    )


def test_what_is_not_valid_is_counted_and_left_out(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    alone, _ = made(tmp_path)
    with serving(*replying("    return [x for x in xs given x]")) as (_, setting):
        found, stated = made(tmp_path, "--provider", setting)
    assert found == alone
    assert (stated["model"]["refused"], stated["model"]["passed"]) == (2, 0)
    assert "scripted-1: 2 asked, 0 failed, 2 refused, 0 passed" in capsys.readouterr().err


def test_a_model_that_answers_nothing_makes_no_set(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with serving(fails(400)) as (_, setting):
        made(tmp_path, "--provider", setting, expected=2)
    assert "the model answered nothing" in capsys.readouterr().err
    assert not (tmp_path / "set.parquet").exists()


def test_a_model_is_asked_by_one_process(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    made(tmp_path, "--provider", "ollama", "--jobs", "2", expected=2)
    assert "leave --jobs out" in capsys.readouterr().err


@needs_model
@pytest.mark.local_model
def test_a_model_on_this_machine_is_asked(tmp_path: Path) -> None:
    found, stated = made(tmp_path, "--provider", "embedded", "--model-path", str(MODEL), "--deadline", "45")
    model = stated["model"]
    assert model["variants"] == PROMPTS
    assert (model["asked"], model["failed"]) == (2, 0)
    assert model["refused"] + model["passed"] == 2
    votes = sum(name.startswith("model:") for one in found for name in one["proposers"])
    assert votes == model["passed"]
