"""A person with VS Code: opens a broken file, presses Ctrl+., takes the first entry, saves; then undoes it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.e2e.acceptance import CASES, Case
from tests.e2e.vscode.about import editor
from tests.e2e.vscode.window import Window
from tests.editor_results import RecordCase

ALONE = [case for case in CASES if not case.beside_another_server]


@pytest.mark.parametrize("case", ALONE, ids=lambda case: case.name)
def test_fix_save_undo(window: Window, folder: Path, record_case: RecordCase, case: Case) -> None:
    record_case(editor(), case.name)
    fix_save_undo(window, folder, case)


def fix_save_undo(window: Window, folder: Path, case: Case) -> None:
    """The whole of it for one case, in a window without editors."""
    file = case.write(folder)
    before = case.before.decode()
    line = before.splitlines()[case.line]
    window.open(file, case.line, len(line[: case.column].encode("utf-16-le")) // 2)
    window.squiggle()
    window.menu()
    window.page.press("Enter")
    window.changed(before)
    window.save()
    assert file.read_bytes() == case.after
    window.page.press("Control+z")
    window.changed(case.after.decode())
    window.save()
    assert file.read_bytes() == case.before
