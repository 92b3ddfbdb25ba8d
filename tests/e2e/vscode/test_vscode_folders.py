"""A workspace of several folders: each file is fixed in the light of its own folder."""

from __future__ import annotations

import json
from pathlib import Path

from tests.e2e.vscode.about import editor
from tests.e2e.vscode.started import Started
from tests.editor_results import RecordCase

BROKEN = "import helpers\n\nprint(helpers.{misspelled}(3))\n"
NAMES = {"first": ("double", "doubel"), "second": ("triple", "tripel")}
"""For each folder, the function of its module `helpers`, and how a file beside it calls it."""


def test_several_folders(vscode: Started, tmp_path: Path, record_case: RecordCase) -> None:
    record_case(editor(), "several workspace folders")
    for folder, (name, misspelled) in NAMES.items():
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "helpers.py").write_text(f"def {name}(number):\n    return number\n")
        (tmp_path / folder / "broken.py").write_text(BROKEN.format(misspelled=misspelled))
    workspace = tmp_path / "both.code-workspace"
    workspace.write_text(json.dumps({"folders": [{"path": folder} for folder in NAMES]}))
    window = vscode.window
    window.show(workspace)
    try:
        for folder, (name, misspelled) in NAMES.items():
            window.open(tmp_path / folder / "broken.py", 2, 18)
            window.squiggle()
            assert f"`{name}`" in window.menu()[0]
            window.page.press("Enter")
            assert window.changed(BROKEN.format(misspelled=misspelled)) == BROKEN.format(misspelled=name)
    finally:
        window.close_all()
        window.show(vscode.folder)
