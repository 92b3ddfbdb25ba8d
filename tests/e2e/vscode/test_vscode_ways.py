"""Other ways to the same fix than the menu: auto fix, fix all on save, an untitled document, a notebook's cell."""

from __future__ import annotations

from pathlib import Path

from tests.e2e.vscode.about import editor
from tests.e2e.vscode.window import Window
from tests.editor_results import RecordCase

BROKEN = b"def area(width, height)\n    return width * height\n"
FIXED = b"def area(width, height):\n    return width * height\n"


def test_auto_fix_applies_the_preferred_fix(window: Window, folder: Path, record_case: RecordCase) -> None:
    record_case(editor(), "the key of the preferred fix (`editor.action.autoFix`)")
    file = folder / "auto.py"
    file.write_bytes(BROKEN)
    window.open(file, 0, 23)
    window.squiggle()
    window.page.press("Shift+Alt+.")
    window.changed(BROKEN.decode())
    window.save()
    assert file.read_bytes() == FIXED


def test_an_untitled_document(window: Window, record_case: RecordCase) -> None:
    record_case(editor(), "an untitled document")
    window.inside(
        """const document = await vscode.workspace.openTextDocument({ language: "python", content: argument });
        const at = new vscode.Position(0, 23);
        await vscode.window.showTextDocument(document, { selection: new vscode.Range(at, at) });""",
        BROKEN.decode(),
    )
    window.focus()
    window.squiggle()
    window.menu()
    window.page.press("Enter")
    assert window.changed(BROKEN.decode()) == FIXED.decode()
