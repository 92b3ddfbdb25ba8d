"""Ruff's server beside ours: nothing is seen twice, and our fix stands first."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.e2e.acceptance import CASES
from tests.e2e.vscode.about import editor
from tests.e2e.vscode.installed import Installed
from tests.e2e.vscode.packages import packed
from tests.e2e.vscode.started import Started, started
from tests.e2e.vscode.test_vscode_acceptance import fix_save_undo
from tests.editor_results import RecordCase

RUFF = shutil.which("ruff")

pytestmark = pytest.mark.skipif(RUFF is None, reason="no ruff: pip install ruff")

KNOWN_TO_BOTH = {
    "an undefined name": "total = 1\nprint(totl)\n",
    "an undefined module": "def load(text):\n    return json.loads(text)\n",
    "an open bracket": "values = [1, 2\nprint(values)\n",
    "an open call": "def total(values):\n    return sum(values\n\n\nprint(total([]))\n",
    "no colon": "def area(width)\n    return width\n",
    "no block": "def area(width):\nreturn width\n",
    "an open string": "name = 'ada\nprint(name)\n",
    "a stray bracket": "print('a'))\n",
    "deeper for no reason": "a = 1\n    b = 2\n",
    "an undefined name in a class": "class A:\n    def f(self):\n        return slf.x\n",
}
"""Ten errors that each of the two reports when it is alone."""


@pytest.fixture(scope="module")
def beside_ruff(programs: Installed, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Started]:
    """A window with ruff's server in it, too."""
    place = tmp_path_factory.mktemp("ruff")
    neighbour = packed(Path(__file__).with_name("neighbour"), place / "neighbour.vsix", programs.client)
    settings = {"neighbour.command": [RUFF, "server"]}
    with started(programs, place, user=settings, beside=[neighbour]) as one:
        yield one


def test_fix_save_undo_beside_ruff(beside_ruff: Started, record_case: RecordCase) -> None:
    case = next(case for case in CASES if case.beside_another_server)
    record_case(editor(), case.name)
    window = beside_ruff.window
    window.close_all()
    (beside_ruff.folder / "first.py").write_bytes(case.before)
    window.open(beside_ruff.folder / "first.py")
    window.wait("both servers to answer", lambda: case.title in window.actions(case.line, case.column))
    fix_save_undo(window, beside_ruff.folder, case)


def test_nothing_is_seen_twice(beside_ruff: Started, record_case: RecordCase) -> None:
    record_case(editor(), "ten errors that ruff reports, too: none seen twice")
    window, twice = beside_ruff.window, []
    for name, text in KNOWN_TO_BOTH.items():
        file = beside_ruff.folder / f"{name.replace(' ', '_')}.py"
        file.write_text(text)
        window.close_all()
        window.open(file)
        window.wait(f"ruff to report {name}", lambda: window.diagnostics("Ruff"))
        try:
            window.wait("ours to be silent", lambda: not window.diagnostics("quickfix-ls"), 5)
        except TimeoutError:
            twice.append(f"{name}: {window.diagnostics()}")
    assert twice == []
