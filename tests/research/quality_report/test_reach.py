"""Why a first offer was not the human's fix, by what the texts show."""

from __future__ import annotations

from dataclasses import replace

import pytest

from quickfix_ls.training.rows import Row
from research.quality_report.reach import REASONS, by_shape, hunks_of, pieces, reason_of, reasons
from research.quality_report.records import Record
from tests.research.quality_report.kit import offered, record, row

MISSED = record(offered(0.5, fixed="if x: pass\n"))
LONG = "x = 1\n" * 20
CASES = {
    "ranked_lower": (record(offered(0.5), offered(0.4, exact=True)), row("if x\n    y\n", "if x:\n    y\n")),
    "too_unlikely": (replace(MISSED, reached=True), row("if x\n    y\n", "if x:\n    y\n")),
    "more_than_needed": (MISSED, row("if x\n    y\nx = y\n", "if x:\n    y\nx = x\n")),
    "new_words": (MISSED, row("x = \n", "x = total\n")),
    "far_away": (MISSED, row(f"x = (\n{LONG}y\n", f"x = (\n{LONG}y)\n")),
    "many_places": (MISSED, row("f(\ng(\nh(\n", "f()\ng()\nh()\n")),
    "smaller_change": (replace(MISSED, offers=(offered(0.5, fixed="f(x)\n"),)), row("f(x\n", "f((x,))\n")),
    "not_proposed": (MISSED, row("f(x]\n", "f(x)\n")),
}


@pytest.mark.parametrize("reason", REASONS)
def test_each_reason(reason: str) -> None:
    assert reason_of(*CASES[reason]) == reason


@pytest.mark.parametrize(
    ("fixed", "reason"),
    [
        ("print(value)\n", "not_proposed"),
        ("print(vlaue)\nvlaue = 1\n", "not_proposed"),
        ("exit(value)\n", "more_than_needed"),
        ("print(wert)\n", "new_words"),
    ],
)
def test_what_an_undefined_name_tells_of_is_the_name(fixed: str, reason: str) -> None:
    text = "value = 1\nprint(vlaue)\n"
    broken = row(text, f"value = 1\n{fixed}", 2, kind="name", error="name 'vlaue' is not defined")
    assert reason_of(record(), broken) == reason


def test_misses_are_counted_by_reason() -> None:
    one, two = replace(MISSED, id="one", edit_tokens=2), replace(MISSED, id="two", edit_tokens=5)
    right = replace(record(offered(0.9, exact=True)), id="right")
    unknown = replace(MISSED, id="unknown")
    text = row("f(x]\n", "f(x)\n")
    found = reasons([one, two, right, unknown], {"one": text, "two": text, "right": text})
    assert found == {"rows": 3, "of": 2, "reasons": {"not_proposed": {"count": 2, "tokens": 3.5}}}


def test_fixes_of_each_shape_are_counted() -> None:
    near, far = row("f(x]\n", "f(x)\n"), row(f"x = (\n{LONG}y\n", f"x = [\n{LONG}y]\n")
    right = replace(record(offered(0.9, exact=True)), id="near")
    found = by_shape([right, replace(MISSED, id="far"), replace(MISSED, id="unknown")], {"near": near, "far": far})
    counts = {
        shape: {title: (one["count"], one["of"]) for title, one in classes.items()} for shape, classes in found.items()
    }
    assert counts == {
        "places": {"one place": (1, 1), "two places": (0, 1), "three or more": (0, 0)},
        "distance": {"on the line": (1, 1), "1 to 3 lines away": (0, 0), "4 to 10": (0, 0), "more than 10": (0, 1)},
    }


@pytest.mark.parametrize("text", ["", "\n", "x", "# only\n", "if x:  # why\n\n    y = '''a\nb'''\n", "\tx = $\r\n"])
def test_pieces_are_the_text(text: str) -> None:
    assert "".join(piece.text for piece in pieces(text)) == text


def test_layout_is_no_change_and_indentation_is() -> None:
    assert hunks_of(pieces("x = 1  # one\n\ny\n"), pieces("x=1\ny\n")) == []
    assert len(hunks_of(pieces("if x:\ny\n"), pieces("if x:\n    y\n"))) == 1


def test_all_reasons_have_a_case() -> None:
    assert list(CASES) == list(REASONS)
    assert all(isinstance(one, Record) and isinstance(other, Row) for one, other in CASES.values())
