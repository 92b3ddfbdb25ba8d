"""Run-time errors of real runs: the first offer is what a person would write, and no wrong one is preferred."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from benchmarks.quality.recorded_errors import Recorded, in_folder, recorded, write
from quickfix_ls.commands.choices import Choices
from quickfix_ls.commands.tracebacks import fixes_of
from quickfix_ls.values import apply_edits

ROWS = {row.program.name: row for row in recorded() if not row.program.held_out}
OTHERS = {"name-math", "index-from-one"}
"""Those whose first offer ends the error in another way than was recorded."""


@pytest.mark.parametrize("name", sorted(ROWS))
def test_the_first_offer_of_a_recorded_error(name: str, tmp_path: Path) -> None:
    row: Recorded = ROWS[name]
    write(row.program, row.program.broken, str(tmp_path))
    (found,) = asyncio.run(fixes_of([in_folder(row.error, str(tmp_path))], Choices(), 3))
    assert found is not None
    first = found.found.offers[0]
    is_fixed = apply_edits(row.program.broken, first.candidate.edits) == row.program.fixed
    assert is_fixed or name in OTHERS
    assert is_fixed or not first.preferred


def test_the_records_are_of_the_programs() -> None:
    rows = list(recorded())
    assert len(rows) == 120
    assert sum(row.program.held_out for row in rows) == 55
    assert all(row.error.frames[0].path == "main.py" for row in rows)
    assert not any(frame.path.startswith("/") for row in rows for frame in row.error.frames)
