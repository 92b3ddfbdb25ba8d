"""The stale-version race: the text changes while the answer is under way. No edit may land in the wrong place."""

from __future__ import annotations

import contextlib
import threading
from pathlib import Path

import pytest

from tests.e2e.vscode.about import editor
from tests.e2e.vscode.figures import Figures
from tests.e2e.vscode.window import ROWS, Window
from tests.editor_results import RecordCase

BEFORE = "def count(visitor):\n    return 1 +vistor\n"
LINE, COLUMN = 1, 14
"""The start of the misspelled name, before which a space is missing: typed there, it moves the name on."""
TYPED = "Space"
ABOVE = "# One more line above.\n"
DELAYS = (0, 3, 6, 10, 15, 20, 25, 30, 40, 50, 65, 80, 100, 130, 170)
"""Milliseconds from the key to the change: before the request, under way, and after the answer."""

LATE = 1.0
"""Seconds after which an edit that has not come does not come any more."""

INSERT_ABOVE = """await new Promise((done) => setTimeout(done, argument.delay));
const edit = new vscode.WorkspaceEdit(), document = vscode.window.activeTextEditor.document;
edit.insert(document.uri, new vscode.Position(0, 0), argument.text);
return await vscode.workspace.applyEdit(edit);"""


@pytest.mark.parametrize("key", ["Shift+Alt+.", "Control+."], ids=["auto fix", "menu"])
@pytest.mark.parametrize("change", ["typed", "inserted above"])
def test_no_wrong_edit_when_the_text_changes_meanwhile(
    window: Window, folder: Path, record_case: RecordCase, figures: Figures, key: str, change: str
) -> None:
    record_case(editor(), f"never a wrong edit: text {change} while the answer to {key} is under way")
    changed = BEFORE.replace("+vistor", "+ vistor") if change == "typed" else ABOVE + BEFORE
    allowed = {
        changed: "the change alone",
        changed.replace("vistor", "visitor"): "the change and the fix",
    }
    if change == "typed":  # Auto Fix opens a menu, too, where no fix is preferred
        allowed[BEFORE.replace("vistor", "visitor")] = "the fix; the menu took the key"
    outcomes = {}
    for delay in DELAYS:
        file = folder / f"after_{delay}.py"
        file.write_text(BEFORE)
        text = race(window, file, key, change, delay)
        outcomes[delay] = allowed.get(text, f"WRONG: {text!r}")
    figures.log(f"{key}, text {change}", [f"after {delay:3} ms: {outcome}" for delay, outcome in outcomes.items()])
    assert [each for each in outcomes.values() if each.startswith("WRONG")] == []


def race(window: Window, file: Path, key: str, change: str, delay: int) -> str:
    """Press the key, change the text after `delay` ms, take what the menu offers; returns the text in the end."""
    window.open(file, LINE, COLUMN)
    window.lightbulb()
    if change == "typed":
        window.page.sequence(key, delay, TYPED)
    else:
        insert = {"delay": delay, "text": ABOVE}
        inserting = threading.Thread(target=window.inside, args=(INSERT_ABOVE, insert))
        inserting.start()
        window.page.press(key)
        inserting.join()
    before = window.text()
    if key == "Control+." and window.appears(ROWS, LATE):
        window.page.press("Enter")
    with contextlib.suppress(TimeoutError):
        for _ in ("the change", "the fix", "nothing more"):
            before = window.changed(before, LATE)
    window.page.press("Escape")
    return window.text()
