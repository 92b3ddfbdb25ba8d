"""Fix all on save: what leaves no doubt is mended in the saved file, in one step that one key undoes."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.e2e.vscode.about import editor
from tests.e2e.vscode.window import Window
from tests.editor_results import RecordCase

BROKEN = (
    "def area(width, height)\r\n    return width * height\r\n\r\n\r\n"
    "# 😀\r\ndef volume(width, height, depth)\r\n    return area(width, height) * depth\r\n"
)
CHANGED = BROKEN.replace("😀", "😀!")
FIXED = CHANGED.replace("height)\r\n ", "height):\r\n ").replace("depth)\r\n", "depth):\r\n")
ON_SAVE = """await vscode.workspace.getConfiguration("editor").update("codeActionsOnSave", argument, true)"""


@pytest.fixture
def fixing(window: Window) -> Iterator[Window]:
    """A window that fixes all on save."""
    window.inside(ON_SAVE, {"source.fixAll.quickfix-ls": "explicit"})
    yield window
    window.inside(ON_SAVE, None)


def test_fix_all_on_save(fixing: Window, folder: Path, record_case: RecordCase) -> None:
    record_case(editor(), "fix all on save")
    file = folder / "saved.py"
    file.write_bytes(BROKEN.encode())
    fixing.open(file, 4)
    fixing.squiggle()
    # VS Code runs the actions of a save only where there is something to save.
    fixing.page.sequence("End", "!")
    fixing.save()
    fixing.wait("the file to be written", lambda: file.read_bytes() != BROKEN.encode())
    assert file.read_bytes() == FIXED.encode()
    fixing.page.press("Control+z")
    assert fixing.changed(FIXED) == CHANGED
