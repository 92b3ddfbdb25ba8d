"""A start with settings of the extension's own: nothing is complained about, and the editor is not held up."""

from __future__ import annotations

import re
from pathlib import Path

from tests.e2e.vscode.about import editor
from tests.e2e.vscode.figures import Figures
from tests.e2e.vscode.installed import Installed
from tests.e2e.vscode.started import started
from tests.editor_results import RecordCase

OF_THE_EXTENSION = {
    "quickfix-ls.trace.server": "messages",
    "quickfix-ls.showNotifications": "always",
    "quickfix-ls.args": [],
    "quickfix-ls.languageModel": {},
}
"""Settings that the server has no use for."""

MESSAGES = "() => [...document.querySelectorAll('.notification-list-item-message')].map((one) => one.textContent)"
ACTIVATION = 100
"""Milliseconds of its own that the extension may take until the server is started."""


def test_a_start_says_nothing(programs: Installed, tmp_path: Path, record_case: RecordCase, figures: Figures) -> None:
    record_case(editor(), "no warning at start, with the extension's own settings")
    with started(programs, tmp_path, user=OF_THE_EXTENSION) as one:
        file = one.folder / "broken.py"
        file.write_text("print(totl)\ntotal = 1\n")
        one.window.open(file)
        one.window.squiggle()
        assert one.window.page.run(MESSAGES) == []
        logs = one.window.server.logs("*Quickfix*.log")
    assert "there is no setting" not in logs
    warnings = [line for line in logs.splitlines() if re.search(r"\[(warning|error)\]", line)]
    assert warnings == []
    taken = sum(float(part) for part in re.findall(r"(?:activated in|its client took) ([\d.]+) ms", logs))
    figures.say("activation, the extension's own time", taken, "ms")
    assert 0 < taken < ACTIVATION
