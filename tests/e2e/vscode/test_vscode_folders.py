"""A workspace of several folders: each file is fixed in the light of its own folder."""

from __future__ import annotations

import json
from pathlib import Path

from tests.e2e.vscode.about import editor
from tests.e2e.vscode.started import Started
from tests.editor_results import RecordCase

FUNCTIONS = {"first": "whisper", "second": "applaud"}
"""For each folder, the function of its module, whose name begins with the folder's."""


def test_several_folders(vscode: Started, tmp_path: Path, record_case: RecordCase) -> None:
    record_case(editor(), "several workspace folders")
    for folder, name in FUNCTIONS.items():
        (tmp_path / folder).mkdir()
        (tmp_path / folder / f"{folder}_helpers.py").write_text(f"def {name}(number):\n    return number\n")
        (tmp_path / folder / "broken.py").write_text(f"print({name}(3))\n")
    workspace = tmp_path / "both.code-workspace"
    workspace.write_text(json.dumps({"folders": [{"path": folder} for folder in FUNCTIONS]}))
    window = vscode.window
    window.show(workspace)
    try:
        for folder, name in FUNCTIONS.items():
            window.open(tmp_path / folder / "broken.py", 0, 8)
            window.squiggle()
            window.menu()
            window.choose(f"Import `{name}` from `{folder}_helpers`")
            fixed = f"from {folder}_helpers import {name}\n\nprint({name}(3))\n"
            assert window.changed(f"print({name}(3))\n") == fixed
    finally:
        window.close_all()
        window.show(vscode.folder)
