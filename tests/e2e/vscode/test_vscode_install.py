"""A new user: installs the .vsix in a fresh code-server, opens a broken file, presses Ctrl+. and Enter. Nothing else
is set up: no setting, no other extension, no quickfix-ls on the machine."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from tests.e2e.vscode.about import editor
from tests.e2e.vscode.code_server import install, serving, write_settings
from tests.e2e.vscode.figures import Figures
from tests.e2e.vscode.installed import Installed
from tests.e2e.vscode.packages import ours
from tests.e2e.vscode.page import Page, open_page
from tests.e2e.vscode.window import ROWS
from tests.editor_results import RecordCase

FLOOR = 60.0
BROKEN = "def area(width, height)\n    return width * height\n"
FIXED_LINE = "def area(width, height):"
FIRST_LINE = """() => document.querySelector('.monaco-editor .view-line')?.textContent.replaceAll('\\u00a0', ' ')"""


def test_from_nothing_to_the_first_fix(
    programs: Installed, tmp_path: Path, record_case: RecordCase, figures: Figures
) -> None:
    record_case(editor(), f"from installing the .vsix to the first fix in {FLOOR:.0f} s")
    package, data = ours(bundled=True), tmp_path / "data"
    if package is None:
        pytest.skip("no .vsix with a server in it: `npm run package` in editors/vscode builds it")
    write_settings(data, {}, {})
    project = tmp_path / "project"
    project.mkdir()
    (project / "broken.py").write_text(BROKEN)
    start = time.perf_counter()
    install(programs, data, package)
    installed = time.perf_counter()
    with serving(programs, data, {}) as server, open_page(programs, tmp_path) as page:
        page.goto(f"{server.url}/?folder={project}")
        page.until("() => document.querySelector('.monaco-workbench .part.editor') !== null")
        opened(page, "broken.py")
        page.until("() => document.querySelector('.monaco-editor .squiggly-error') !== null")
        page.sequence("Control+Home", "End", "Control+.")
        page.until(f"() => document.querySelector({ROWS!r}) !== null")
        page.press("Enter")
        page.until(f"() => ({FIRST_LINE})() === {FIXED_LINE!r}")
    seconds = time.perf_counter() - start
    figures.say("from installing the .vsix to the first fix accepted", round(seconds, 1), "s")
    figures.say("of these, installing", round(installed - start, 1), "s")
    assert seconds < FLOOR


def opened(page: Page, name: str) -> None:
    """Open a file of the folder as people do: Ctrl+P, its name, Enter."""
    row = f"() => document.querySelector('.quick-input-list .monaco-list-row[aria-label*=\"{name}\"]') !== null"
    page.press("Control+p")
    page.until("() => document.querySelector('.quick-input-widget input') !== null")
    page.type(name)
    page.until(row)
    page.press("Enter")
    page.until("() => document.querySelector('.monaco-editor .view-line') !== null")
