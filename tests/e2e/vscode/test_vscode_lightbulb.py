"""What stands below the fixes in the menu: a preview, the reasons, and a refusal."""

from __future__ import annotations

from pathlib import Path

from tests.e2e.vscode.about import editor
from tests.e2e.vscode.window import Window
from tests.editor_results import RecordCase

BROKEN = "def greet(visitor):\n    return 'Hello, ' + vistor\n"
FIXED = BROKEN.replace("vistor", "visitor")
TITLE = "Replace `vistor` with `visitor`"
NAME = (1, 25)
LABELS = "return vscode.window.tabGroups.all.flatMap((group) => group.tabs.map((tab) => tab.label))"
DIFF = """const tab = vscode.window.tabGroups.activeTabGroup.activeTab;
if (!(tab?.input instanceof vscode.TabInputTextDiff)) return null;
const texts = [tab.input.original, tab.input.modified].map((uri) => vscode.workspace.openTextDocument(uri));
return (await Promise.all(texts)).map((document) => document.getText());"""


def broken(window: Window, folder: Path) -> Path:
    """Open a file with one misspelled name, with the cursor on it."""
    file = folder / "greet.py"
    file.write_text(BROKEN)
    window.open(file, *NAME)
    window.squiggle()
    return file


def test_a_preview_changes_nothing(window: Window, folder: Path, record_case: RecordCase) -> None:
    record_case(editor(), "a preview before accepting")
    file = broken(window, folder)
    window.menu()
    window.choose("Preview the change")
    assert window.wait("a diff", lambda: window.inside(DIFF)) == [BROKEN, FIXED]
    assert file.read_text() == BROKEN


def test_the_reasons_of_a_fix(window: Window, folder: Path, record_case: RecordCase) -> None:
    record_case(editor(), "why this fix")
    broken(window, folder)
    window.menu()
    window.choose("Why this fix?")
    window.wait("the report", lambda: any("Why this fix" in label for label in window.inside(LABELS)))


def test_a_refused_fix_is_not_offered_again(window: Window, folder: Path, record_case: RecordCase) -> None:
    record_case(editor(), "never offer this here")
    file = broken(window, folder)
    assert window.menu()[0] == TITLE
    window.choose("Never offer this here")
    window.wait("the fix to be gone", lambda: TITLE not in window.actions(*NAME))
    window.close_all()
    window.open(file, *NAME)
    window.squiggle()
    assert TITLE not in window.actions(*NAME)
