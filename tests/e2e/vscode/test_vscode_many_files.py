"""Fifty files are open: each has its squiggle, and the last one its fix."""

from __future__ import annotations

from pathlib import Path

from tests.e2e.vscode.about import editor
from tests.e2e.vscode.window import Window
from tests.editor_results import RecordCase

FILES = 50
REPORTED = """return argument.map((file) => vscode.languages.getDiagnostics(vscode.Uri.file(file)).length)"""


def test_fifty_files_open(window: Window, folder: Path, record_case: RecordCase) -> None:
    record_case(editor(), "50 files open")
    files = [folder / f"module_{number}.py" for number in range(FILES)]
    for number, file in enumerate(files):
        file.write_text(f"def area_{number}(width, height)\n    return width * height\n")
        window.open(file, 0, 10)
    names = [str(file) for file in files]
    window.wait("a diagnostic in each file", lambda: all(window.inside(REPORTED, names)))
    assert window.inside(REPORTED, names) == [1] * FILES
    for file in (files[0], files[-1]):
        before = file.read_text()
        window.open(file, 0, len(before.splitlines()[0]))
        window.squiggle()
        window.menu()
        window.page.press("Enter")
        assert window.changed(before) == before.replace("height)\n", "height):\n")
