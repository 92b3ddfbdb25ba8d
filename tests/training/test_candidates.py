"""The candidate set: what it says of each candidate, and that a file with other features is refused."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest

from quickfix_ls.cli import main
from quickfix_ls.errors import ModelError, UsageError
from quickfix_ls.languages.python.measures import FEATURE_NAMES
from quickfix_ls.training.candidate_set import make_candidates
from quickfix_ls.training.labels import warnings_of
from quickfix_ls.training.stored import features_of, keys_of, read_candidates

LONG = "".join(f"\n\ndef f{number}():\n    return {number}\n" for number in range(60)) + "\n\n"
TESTS = [{"call": "double(4)", "expect": "8"}]


def row(name: str, broken: str, fixed: str, error: str, **more: Any) -> dict[str, Any]:
    keys = {"line": 1, "edit_tokens": 1, "group": name, "lang": "python", "kind": "syntax"}
    return {**keys, "id": f"made-{name}", "broken": broken, "fixed": fixed, "error": error, **more}


def written(path: Path, *rows: dict[str, Any]) -> Path:
    path.write_text("".join(json.dumps(one) + "\n" for one in rows), encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("candidates")
    rows = [
        row("colon", "def double(x)\n    return 2 * x\n", "def double(x):\n    return x * 2\n", "expected ':'",
            tests=TESTS),
        row("two", "if x\n    print y\n", "if x:\n    print(y)\n", "expected ':'"),
        row("words", "x = (1 2)\nprint(x)\n", "x = (1, 2)\nprint(x)\n", "invalid syntax"),
        row("name", f"import os\n{LONG}print(pathlib.Path())\n",
            f"import os\nimport pathlib\n{LONG}print(pathlib.Path())\n",
            "name 'pathlib' is not defined", line=LONG.count("\n") + 2, kind="name", error_type="NameError"),
        row("quotes", "x = 'a\n", "x = 'a'\n", "unterminated string literal (detected at line 1)"),
        row("brackets", "print(1\n", "print(1)\n", "'(' was never closed"),
    ]  # fmt: skip
    out = folder / "set.parquet"
    data = written(folder / "rows.jsonl", *rows)
    assert main(["candidates", "--data", str(data), "--out", str(out), "--jobs", "1"]) == 0
    return out


def of_row(path: Path, name: str) -> list[dict[str, Any]]:
    table, _ = read_candidates(path)
    return [one for one in table.to_pylist() if one["row"] == f"made-{name}"]


def test_a_repair_may_be_accepted_for_what_it_does(made: Path) -> None:
    colon = next(one for one in of_row(made, "colon") if one["candidate"] == "def double(x):")
    # The human wrote the product the other way round, so only the tests can say that this is as good.
    assert (colon["exact"], colon["leads"]) == (False, True)
    assert (colon["passes"], colon["executes"], colon["accepted"]) == (True, True, True)
    assert colon["original"] == "def double(x)"
    assert colon["below"] == "    return 2 * x\n"
    assert colon["error"] == "SyntaxError: expected ':'"
    assert "fixer:add_colon" in colon["proposers"]


def test_steps_follow_the_way_to_the_humans_text(made: Path) -> None:
    found = of_row(made, "two")
    assert {one["step"] for one in found} == {0, 1}
    first = next(one for one in found if one["step"] == 0 and one["accepted"])
    assert (first["complete"], first["passes"], first["executes"]) == (False, None, True)
    second = next(one for one in found if one["step"] == 1 and one["accepted"])
    assert (second["complete"], second["candidate"]) == (True, "    print(y)")


def test_what_python_warns_of_does_not_execute(made: Path) -> None:
    by_text = {one["candidate"]: one["executes"] for one in of_row(made, "words")}
    assert by_text["x = (1, 2)"]
    assert not by_text.get("x = (1)(2)", False)
    assert warnings_of("x = (1)(2)\n")
    assert warnings_of("x = (1, 2)\n") == []
    assert warnings_of("x = '\\d'\n") == []


def test_an_import_stands_outside_of_the_lines(made: Path) -> None:
    found = next(one for one in of_row(made, "name") if one["outside"] == "import pathlib")
    assert (found["original"], found["candidate"]) == ("print(pathlib.Path())", "print(pathlib.Path())")
    assert (found["accepted"], found["executes"]) == (True, True)


def test_the_file_says_what_it_is(made: Path) -> None:
    table, meta = read_candidates(made)
    assert features_of(table).shape == (table.num_rows, len(FEATURE_NAMES))
    assert meta["features"] == list(FEATURE_NAMES)
    assert meta["split"] == {"folds": 5, "column": "fold", "by": "group", "unseen": "source"}
    assert meta["sources"] == {"made": table.num_rows}
    folds = dict(zip(table["group"].to_pylist(), table["fold"].to_pylist(), strict=True))
    assert set(folds.values()) == set(range(5))
    assert all(folds[one["group"]] == one["fold"] for one in table.select(["group", "fold"]).to_pylist())
    assert len(set(keys_of(table))) == table.num_rows


def test_the_same_rows_give_the_same_set_in_any_number_of_processes(made: Path, tmp_path: Path) -> None:
    again = tmp_path / "again.parquet"
    make_candidates([made.with_name("rows.jsonl")], again, jobs=2)
    assert read_candidates(again)[0].equals(read_candidates(made)[0])


def test_a_set_with_other_features_is_refused(made: Path, tmp_path: Path) -> None:
    table = pq.read_table(made)
    stated = json.loads(table.schema.metadata[b"quickfix_ls"])
    other = tmp_path / "other.parquet"
    pq.write_table(table.replace_schema_metadata({"quickfix_ls": json.dumps({**stated, "feature_hash": "0"})}), other)
    with pytest.raises(ModelError, match="other features"):
        read_candidates(other)


@pytest.mark.parametrize("data", [b"", b"PAR1", b"no parquet at all"])
def test_what_is_no_set_is_refused(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "set.parquet"
    path.write_bytes(data)
    with pytest.raises(UsageError, match="no candidate set"):
        read_candidates(path)


def test_an_output_without_a_folder_is_named_before_the_work(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="can't be written"):
        make_candidates([], tmp_path / "no" / "set.parquet")
