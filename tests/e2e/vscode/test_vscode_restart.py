"""The server is killed, and VS Code has its fixes again without anybody's doing."""

from __future__ import annotations

from pathlib import Path

from tests.e2e.vscode.about import editor
from tests.e2e.vscode.processes import kill_below
from tests.e2e.vscode.window import Window
from tests.editor_results import RecordCase

BROKEN = "def area(width, height)\n    return width * height\n"
FIXED = "def area(width, height):\n    return width * height\n"


def test_fixes_after_the_server_was_killed(window: Window, folder: Path, record_case: RecordCase) -> None:
    record_case(editor(), "fixes again after the server was killed")
    file = folder / "killed.py"
    file.write_text(BROKEN)
    window.open(file, 0, 23)
    window.squiggle()
    assert kill_below(window.server.process, "quickfix_ls", "serve") > 0
    window.wait("the squiggle to go or to be made anew", lambda: window.diagnostics() != [])
    window.menu()
    window.page.press("Enter")
    assert window.changed(BROKEN) == FIXED
