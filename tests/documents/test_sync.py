"""Text sync and position conversion under random edits. `QUICKFIX_LS_EDITS` sets how many, `QUICKFIX_LS_SEED`
which; `benchmarks/soak/fuzz_sync.py` runs many more."""

from __future__ import annotations

import os
import random

import pytest

from quickfix_ls.documents.positions import to_offset, to_position
from quickfix_ls.documents.snapshot import Snapshot
from quickfix_ls.values import Edit, Span
from tests.documents.random_edits import ENCODINGS, check_cuts, check_seams, check_sync
from tests.kit_texts import position_at

EDITS = int(os.environ.get("QUICKFIX_LS_EDITS", "500"))
SEED = os.environ.get("QUICKFIX_LS_SEED", "quickfix-ls")

EVERY_KIND = "\ufeffa\tb\r\nécole 漢😀x\r\n\r\n\rlast 👩‍👩‍👧 line\u2028no end"


def test_random_edits_through_positions() -> None:
    for run in range(max(1, EDITS // 50)):
        check_sync(random.Random(f"{SEED} {run}"), min(EDITS, 50))


def test_random_edits_keep_the_units_of_an_analysis() -> None:
    for run in range(max(1, EDITS // 50)):
        check_cuts(random.Random(f"{SEED} {run}"), min(EDITS, 50))


def test_random_edits_keep_the_units_of_a_notebook() -> None:
    for run in range(max(1, EDITS // 50)):
        check_seams(random.Random(f"{SEED} {run}"), min(EDITS, 50))


@pytest.mark.parametrize("encoding", ENCODINGS)
@pytest.mark.parametrize("text", ["", "\n", "\r\n", "\ufeff", "x", "x\n", EVERY_KIND])
def test_every_offset_goes_to_a_position_and_back(text: str, encoding: str) -> None:
    snapshot = Snapshot.of(text)
    for offset in range(len(text) + 1):
        if text[offset - 1 : offset + 1] == "\r\n" and offset:
            continue
        line, character = to_position(snapshot, offset, encoding)  # type: ignore[arg-type]  # a parameter of a test
        assert {"line": line, "character": character} == position_at(text, offset, encoding)
        assert to_offset(snapshot, line, character, encoding) == offset  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("line", "character", "offset"),
    [(0, 99, 3), (1, 99, 6), (2, 0, 8), (9, 0, 8), (-1, 5, 0), (0, -2, 0)],
    ids=[
        "past the line",
        "past an emoji line",
        "the empty last line",
        "past the text",
        "before it",
        "negative",
    ],
)
def test_positions_outside_of_the_text_are_clamped(line: int, character: int, offset: int) -> None:
    assert to_offset(Snapshot.of("abc\né😀\r\n"), line, character, "utf-16") == offset


def test_a_position_inside_of_a_character_means_its_start() -> None:
    snapshot = Snapshot.of("é😀x")
    assert [to_offset(snapshot, 0, unit, "utf-16") for unit in range(5)] == [0, 1, 1, 2, 3]
    assert [to_offset(snapshot, 0, unit, "utf-8") for unit in range(8)] == [0, 0, 1, 1, 1, 1, 2, 3]


def test_an_edit_that_makes_and_breaks_a_line_end() -> None:
    made = Snapshot.of("a\rb").edited(Edit(Span(2, 2), "\n"), 2)
    assert made.line_starts == [0, 3]
    broken = made.edited(Edit(Span(2, 2), " "), 3)
    assert broken.line_starts == [0, 2, 4]


def test_an_edit_outside_of_the_text_is_refused() -> None:
    with pytest.raises(ValueError, match="outside"):
        Snapshot.of("abc").edited(Edit(Span(2, 5), ""), 1)


def test_an_edit_leaves_the_snapshot_before_it_alone() -> None:
    before = Snapshot.of("a\nb\n", "file:///x.py", 0)
    after = before.edited(Edit(Span(0, 2), ""), 1)
    assert (before.text, before.version, before.line_starts) == ("a\nb\n", 0, [0, 2, 4])
    assert (after.text, after.version, after.line_starts) == ("b\n", 1, [0, 2])
