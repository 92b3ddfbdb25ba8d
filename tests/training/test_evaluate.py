"""`evaluate` on a handful of rows whose outcome is known, with the real pipeline and no trained model."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from quickfix_ls.errors import UsageError
from quickfix_ls.pipeline import Budget
from quickfix_ls.training.evaluate import evaluate, outcomes_of
from quickfix_ls.training.rows import Outcome, Prediction, Row, TextRow, read_source
from quickfix_ls.training.summary import figures, winners

COLON = {
    "id": "colon",
    "lang": "python",
    "kind": "syntax",
    "broken": "def double(x)\n    return 2 * x\n",
    "fixed": "def double(x):\n    return 2 * x  # twice\n",
    "error": "expected ':'",
    "line": 1,
    "edit_tokens": 1,
}
HOPELESS = {**COLON, "id": "hopeless", "fixed": "something = 'else'\n", "edit_tokens": 9}
ATTRIBUTE = {**COLON, "id": "attribute", "kind": "attribute"}
OTHER = {"id": "other", "lang": "cobol", "text": "STOP RUN."}
VALID = {"id": "valid", "lang": "python", "text": "print(1)\n", "error": None}
INVALID = {"id": "invalid", "lang": "python", "text": "print(1\n", "error": "'(' was never closed"}


def written(path: Path, *rows: dict[str, Any]) -> Path:
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return path


def test_a_report_has_every_figure_of_every_group(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    data = written(tmp_path / "data.jsonl", COLON, HOPELESS, ATTRIBUTE, OTHER, VALID, INVALID)
    out = tmp_path / "report.json"
    assert evaluate([data], selector="first", json_out=out) == 0

    report = json.loads(out.read_text(encoding="utf-8"))
    (source,) = report["sources"]
    assert (report["version"], report["selector"], source["name"]) == (1, "first", "data.jsonl")
    groups = {(group["kind"], group["edit_tokens"]): group for group in source["groups"]}
    assert set(groups) == {("syntax", "all"), ("syntax", "1"), ("syntax", "7+")}
    everything = groups["syntax", "all"]
    assert everything["n"] == 2
    assert everything["exact"]["count"] == 1
    assert everything["exact"]["share"] == 0.5
    assert everything["exact"]["low"] < 0.5 < everything["exact"]["high"]
    assert everything["well_formed"]["count"] == 2
    assert groups["syntax", "1"]["exact"]["share"] == 1.0
    assert groups["syntax", "7+"]["exact_within_3"]["share"] == 0.0
    assert everything["ms"]["p50"]["value"] > 0
    assert source["unsupported"] == {"attribute": 1, "cobol": 1}
    assert (source["texts"]["n"], source["texts"]["known_broken"]) == (2, 1)
    assert source["texts"]["found_in_known_broken"]["count"] == 1
    assert source["texts"]["syntax_alarms"] == {
        "count": 0,
        "of": 1,
        **_bounds(source["texts"]["syntax_alarms"]),
    }
    assert source["crashes"] == []

    shown = capsys.readouterr().out
    assert "Not supported yet, not run: attribute 1, cobol 1" in shown
    assert "50.0 %" in shown


def _bounds(share: dict[str, Any]) -> dict[str, Any]:
    return {key: share[key] for key in ("share", "low", "high")}


def test_rows_with_tests_are_judged_by_running_them(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    tests = [{"call": "double(4)", "expect": "8"}]
    colon, hopeless = {**COLON, "tests": tests}, {**HOPELESS, "tests": tests}
    attribute = {
        **ATTRIBUTE,
        "broken": "def double(x):\n    return x.twice_of_it\n",
        "tests": tests,
        "fixed": COLON["fixed"],
    }
    data = written(tmp_path / "data.jsonl", colon, hopeless, attribute)
    out = tmp_path / "report.json"
    assert evaluate([data], selector="first", json_out=out) == 0

    (source,) = json.loads(out.read_text(encoding="utf-8"))["sources"]
    counts = {
        one["kind"]: [(one[key]["count"], one[key]["of"]) for key in ("offered", "error_gone", "tests_pass")]
        for one in source["behaviour"]
    }
    # The human's text of one row fails the tests, so they can't judge its repair.
    assert counts == {
        "syntax": [(2, 2), (2, 2), (1, 1)],
        "attribute": [(0, 1), (0, 1), (0, 1)],
        "all": [(2, 3), (2, 3), (1, 2)],
    }
    assert {group["kind"] for group in source["groups"]} == {"syntax"}
    assert "tests pass" in capsys.readouterr().out

    assert evaluate([data], selector="first", json_out=out, tests=False) == 0
    assert json.loads(out.read_text(encoding="utf-8"))["sources"][0]["behaviour"] == []


@pytest.mark.parametrize("tests", ["f(1)", ["f(1)"], [{"call": "f(1)"}], [{"expect": "1"}]])
def test_tests_of_another_form_are_refused(tmp_path: Path, tests: object) -> None:
    with pytest.raises(UsageError, match="the key 'tests'"):
        read_source(written(tmp_path / "data.jsonl", {**COLON, "tests": tests}))


def test_predictions_are_whole_texts_best_first(tmp_path: Path) -> None:
    data = written(tmp_path / "data.jsonl", COLON, VALID)
    out = tmp_path / "predictions.jsonl"
    assert evaluate([data], selector="first", predictions_out=out) == 0

    first, second = (json.loads(line) for line in out.read_text(encoding="utf-8").splitlines())
    assert set(first) == {"id", "offers", "ms"}
    assert first["id"] == "colon"
    assert 1 <= len(first["offers"]) <= 5
    assert set(first["offers"][0]) == {"fixed", "score", "source", "checks"}
    assert first["offers"][0]["fixed"] == "def double(x):\n    return 2 * x\n"
    scores = [offer["score"] for offer in first["offers"]]
    assert scores == sorted(scores, reverse=True)
    assert (second["id"], second["offers"]) == ("valid", [])


def test_more_processes_give_the_same(tmp_path: Path) -> None:
    rows = read_source(written(tmp_path / "data.jsonl", *[COLON] * 20, INVALID)).all
    alone, shared = (
        [(one.row.id, one.predictions, one.rank) for one in outcomes_of(rows, "first", Budget(seconds=30), jobs)]
        for jobs in (1, 2)
    )
    assert len(alone) == 21
    assert alone == shared


def test_abstentions_count_against_every_share() -> None:
    row = Row("one", "syntax", "", "", "", 1, 1)
    offer = Prediction("", 0.9, "fixer:x", ())
    outcomes = [
        Outcome(row, 1.0, ("syntax",), (offer,), preferred=True, well_formed=True, rank=0),
        Outcome(row, 2.0, ("syntax",), (offer,), preferred=True, well_formed=True, rank=2),
        Outcome(row, 3.0, ("syntax",), (offer,), well_formed=False, rank=3),
        Outcome(row, 4.0),
    ]
    found = figures(outcomes)
    counts = {key: (share["count"], share["of"]) for key, share in found.items() if key not in ("n", "ms")}
    assert counts == {
        "offered": (3, 4),
        "well_formed": (2, 4),
        "exact": (1, 4),
        "exact_within_3": (2, 4),
        "abstained": (1, 4),
        "no_problem_found": (1, 4),
        "preferred": (2, 4),
        "preferred_precision": (1, 2),
    }


def test_a_limit_takes_the_first_rows_of_each_sort(tmp_path: Path) -> None:
    source = read_source(written(tmp_path / "data.jsonl", COLON, HOPELESS, VALID, INVALID, ATTRIBUTE), limit=1)
    assert [row.id for row in source.all] == ["colon", "valid"]
    assert isinstance(source.texts[0], TextRow)


@pytest.mark.parametrize(
    ("second_line", "complaint"),
    [
        ("{", "data.jsonl:2: not JSON"),
        ("[]", "data.jsonl:2: not a JSON object"),
        ('{"id": "x"}', "data.jsonl:2: the key 'lang' is missing"),
        ('{"id": "x", "lang": "python"}', "data.jsonl:2: the key 'text' is missing"),
        (json.dumps({**COLON, "line": "1"}), "data.jsonl:2: the key 'line' is not of type int"),
        (json.dumps({key: COLON[key] for key in COLON if key != "broken"}), "the key 'broken' is missing"),
    ],
)
def test_bad_input_is_named_with_its_line(tmp_path: Path, second_line: str, complaint: str) -> None:
    path = written(tmp_path / "data.jsonl", COLON)
    with path.open("a", encoding="utf-8") as file:
        file.write(second_line + "\n")
    with pytest.raises(UsageError, match=complaint):
        read_source(path)


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"nowhere\.jsonl: can't be read: No such file"):
        read_source(tmp_path / "nowhere.jsonl")


def test_an_output_that_cannot_be_written_is_named_before_the_work(tmp_path: Path) -> None:
    data = written(tmp_path / "data.jsonl", COLON)
    with pytest.raises(UsageError, match="can't be written"):
        evaluate([data], selector="first", json_out=tmp_path / "no" / "folder.json")


def test_winners_count_each_source_and_repairs_of_several() -> None:
    row = Row("a", "syntax", "x = (1\n", "x = (1)\n", "'(' was never closed", 1, 1)

    def outcome(source: str, rank: int | None, preferred: bool) -> Outcome:
        return Outcome(row, 1.0, 1, (Prediction("x = (1)\n", 0.9, source, ()),), preferred, True, rank)

    outcomes = [outcome("fixer:a", 0, True), outcome("fixer:a", None, True), outcome("fixer:a+fixer:b", 0, False)]
    assert winners([*outcomes, Outcome(row, 1.0)]) == [
        {"source": "fixer:a", "wins": 2, "right": 1, "preferred": 2, "preferred_right": 1},
        {"source": "several", "wins": 1, "right": 1, "preferred": 0, "preferred_right": 0},
    ]


CASE = {
    "id": "typo",
    "lang": "python",
    "kind": "name-typo",
    "broken": "total = 1\nprint(totl)\n",
    "error": "undefined name 'totl'",
    "line": 2,
    "right": ["total = 1\nprint(total)\n"],
    "never": ["total = 1\nprint(float)\n"],
}
FINE = {**CASE, "id": "fine", "kind": "valid", "broken": "print(1)\n", "error": "", "line": 1, "right": [], "never": []}
UNKNOWABLE = {
    **CASE,
    "id": "unknowable",
    "broken": "print(zqx)\n",
    "error": "undefined name 'zqx'",
    "line": 1,
    "right": [],
}


def test_cases_are_judged_by_the_first_offer_and_by_silence(tmp_path: Path) -> None:
    data, out = written(tmp_path / "cases.jsonl", CASE, FINE, UNKNOWABLE), tmp_path / "report.json"
    assert evaluate([data], json_out=out) == 0
    (source,) = json.loads(out.read_text(encoding="utf-8"))["sources"]
    figures = source["cases"]
    assert (figures["n"], figures["right"]["count"], figures["wrong"]["count"]) == (2, 2, 0)
    assert (figures["alarms"]["count"], figures["alarms"]["of"]) == (0, 1)
    assert (figures["loses"]["count"], figures["misses"]) == (0, [])


def test_a_first_offer_that_is_no_right_one_is_told(tmp_path: Path) -> None:
    wrong = {**CASE, "right": ["total = 1\nprint(0)\n"], "never": ["total = 1\nprint(total)\n"]}
    data, out = written(tmp_path / "cases.jsonl", wrong), tmp_path / "report.json"
    assert evaluate([data], json_out=out) == 0
    (source,) = json.loads(out.read_text(encoding="utf-8"))["sources"]
    figures = source["cases"]
    assert (figures["right"]["count"], figures["wrong"]["count"], figures["never"]["count"]) == (0, 1, 1)
    assert [miss["id"] for miss in figures["misses"]] == ["typo"]


def test_a_layout_that_must_never_be_first_has_the_tokens_of_the_right_fix(tmp_path: Path) -> None:
    right, spread = CASE["right"][0], "total = 1\n\nprint(\n    total)\n"
    cases = [{**CASE, "never": [spread]}, {**CASE, "id": "layout", "right": [spread], "never": [right]}]
    data, out = written(tmp_path / "cases.jsonl", *cases), tmp_path / "report.json"
    assert evaluate([data], json_out=out) == 0
    (source,) = json.loads(out.read_text(encoding="utf-8"))["sources"]
    assert source["cases"]["never"]["count"] == 1


def test_undefined_names_are_told_by_what_the_person_did(tmp_path: Path) -> None:
    row = {**CASE, "fixed": CASE["right"][0], "kind": "name", "edit_tokens": 1, "fix_how": "rename-typo", "plain": True}
    del row["right"]
    data, out = written(tmp_path / "names.jsonl", row), tmp_path / "report.json"
    assert evaluate([data], json_out=out) == 0
    (source,) = json.loads(out.read_text(encoding="utf-8"))["sources"]
    figures = {group["how"]: group for group in source["names"]}
    assert figures["rename-typo, plain"]["right"]["count"] == figures["all plain"]["right"]["count"] == 1
