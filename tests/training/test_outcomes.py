"""What cross-validation found, written and read again."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from quickfix_ls.errors import UsageError
from quickfix_ls.training.groups import Group
from quickfix_ls.training.outcomes import Considered, considered, write_outcomes
from quickfix_ls.training.rows import Outcome, Prediction, Row, RowFile
from research.quality_report.records import Offered, Record, read_records

ROW = Row("one", "syntax", "f(\nx = 1\n", "f()\nx = 1\n", "'(' was never closed", 1, 1, "g")


def group(step: int, labels: list[int], sources: list[str], *, reaches: bool = False) -> Group:
    return Group("one", "g", step, [[0.0]] * len(labels), labels, [1] * len(labels), sources, reaches)


def test_what_was_considered_follows_the_humans_way() -> None:
    groups = [group(0, [0, 1, 1], ["a", "b", "c"]), group(1, [1], ["d"], reaches=True)]
    found = considered(groups, [[0.1, 0.7, 0.2], [0.9]])
    assert found == {"one": Considered((0.1, 0.7, 0.2), (1, 2), ("b", "d"), reached=True)}


def test_a_step_without_a_right_candidate_ends_the_way() -> None:
    found = considered([group(0, [1], ["a"]), group(1, [0], ["b"])], [[0.8], [0.3]])
    assert found["one"].way == ("a",)
    assert not found["one"].reached


def test_outcomes_are_read_as_they_were_written(tmp_path: Path) -> None:
    right = Prediction(ROW.fixed, 0.9, "fixer:close_bracket", (), ("fixer:close_bracket", "search:insert"))
    wrong = Prediction("f\nx = 1\n", 0.05, "search:delete", ())
    outcomes = [Outcome(ROW, 12.5, ("syntax",), (right, wrong), preferred=True, well_formed=True, rank=0)]
    path = tmp_path / "outcomes.jsonl"
    write_outcomes(path, [RowFile("rows.jsonl", "", (ROW,), (), Counter())], outcomes, {
        "one": Considered((0.9, 0.05), (0,), ("fixer:close_bracket",), reached=True)
    })  # fmt: skip
    offers = (
        Offered(0.9, "fixer:close_bracket", ("fixer:close_bracket", "search:insert"), ROW.fixed, exact=True),
        Offered(0.05, "search:delete", (), "f\nx = 1\n", exact=False),
    )
    assert read_records(path) == [
        Record(
            id="one", source="rows.jsonl", kind="syntax", edit_tokens=1, ms=12.5, well_formed=True, preferred=True,
            offers=offers, chances=(0.9, 0.05), right=(0,), way=("fixer:close_bracket",), reached=True,
        )
    ]  # fmt: skip


def test_rows_of_no_file_are_made_up_ones(tmp_path: Path) -> None:
    write_outcomes(tmp_path / "outcomes.jsonl", [], [Outcome(ROW, 1.0)], {})
    (record,) = read_records(tmp_path / "outcomes.jsonl")
    assert (record.source, record.rank, record.reached) == ("corpus", None, False)


def test_a_place_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"outcomes\.jsonl: can't be written"):
        write_outcomes(tmp_path / "no" / "outcomes.jsonl", [], [], {})


def test_a_file_of_something_else_is_named_with_its_line(tmp_path: Path) -> None:
    path = tmp_path / "rows.jsonl"
    path.write_text('{"id": "one"}\n', encoding="utf-8")
    with pytest.raises(UsageError, match=r"rows\.jsonl:1: no outcome of"):
        read_records(path)
