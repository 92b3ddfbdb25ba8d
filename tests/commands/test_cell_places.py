"""Places in notebooks: lines are counted in each cell, also behind lines that a change puts into another."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from quickfix_ls.commands.changed_words import changed_words
from quickfix_ls.commands.disk import FileOnDisk, read_source
from quickfix_ls.commands.places import cell_diff, place_of, range_in, range_in_file
from quickfix_ls.commands.preview import changes_shown
from quickfix_ls.documents.formats.notebook_text import MARK
from quickfix_ls.documents.snapshot import Snapshot
from quickfix_ls.values import Edit, Span, apply_edits

CELLS = ["first = 1\n", "a\nb\nc", "", "last\n\nlines"]


@pytest.fixture
def source(tmp_path: Path) -> FileOnDisk:
    cells = [{"cell_type": "code", "execution_count": 7, "source": text.splitlines(True)} for text in CELLS]
    path = tmp_path / "a.ipynb"
    path.write_text(json.dumps({"nbformat": 4, "cells": cells}, indent=1))
    return read_source(str(path), notebooks=True)


def test_each_line_is_counted_in_its_cell(source: FileOnDisk) -> None:
    snapshot = Snapshot.of(source.text)
    for number, cell in enumerate(CELLS, 1):
        start = sum(len(text) + len(MARK) for text in CELLS[: number - 1])
        for offset in range(len(cell) + 1):
            lines = cell[:offset].split("\n")
            expected = f"cell {number} [7]:{len(lines)}:{len(lines[-1]) + 1}"
            assert str(place_of(source, snapshot, start + offset)) == expected


def test_a_place_in_the_file_is_that_of_the_json(source: FileOnDisk) -> None:
    snapshot = Snapshot.of(source.text)
    span = Span(source.text.index("lines"), len(source.text))
    assert range_in(source, snapshot, span) == {"cell": 4, "line": 3, "column": 1, "end_line": 3, "end_column": 6}
    place = range_in_file(source, snapshot, span)
    stored = source.data.decode().splitlines()[place["line"] - 1]
    assert stored[place["column"] - 1 : place["end_column"] - 1] == "lines"


def test_lines_that_are_put_into_one_cell_do_not_move_those_of_another(source: FileOnDisk) -> None:
    snapshot = Snapshot.of(source.text)
    at = source.text.index("b")
    edits = [Edit(Span(0, 0), "import os\n\n"), Edit(Span(at, at + 1), "B")]
    shown = changes_shown(source, snapshot, changed_words(snapshot, edits), "cell 2 [7]")
    assert [place.label for place in shown] == ["cell 1 [7]", "cell 2 [7]"]
    lines = [(line.sign, line.number, line.text) for line in shown[1].lines]
    assert lines == [(" ", 1, "a"), ("-", 2, "b"), ("+", 2, "B"), (" ", 3, "c")]


def test_a_change_at_the_end_of_a_cell_is_one_of_that_cell(source: FileOnDisk) -> None:
    snapshot = Snapshot.of(source.text)
    at = source.text.index("c") + 1
    edits = [Edit(Span(at, at), "\nd")]
    (shown,) = changes_shown(source, snapshot, changed_words(snapshot, edits), "cell 1 [7]")
    assert shown.label == "cell 2 [7]"
    assert [(line.sign, line.number, line.text) for line in shown.lines] == [(" ", 3, "c"), ("+", 4, "d")]
    assert [*cell_diff(source, apply_edits(source.text, edits))][2:] == ["@@ -1,3 +1,4 @@", " a", " b", " c", "+d"]
