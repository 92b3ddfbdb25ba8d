"""A workspace of several folders: each file is fixed in the light of its own folder."""

from __future__ import annotations

import json
from pathlib import Path

from tests.e2e.vscode.about import editor
from tests.e2e.vscode.started import Started
from tests.editor_results import RecordCase

BROKEN = "from helpers import {name}\n\nprint({name}(3))\n\n\ndef area(width, height)\n    return width * height\n"


def test_several_folders(vscode: Started, tmp_path: Path, record_case: RecordCase) -> None:
    record_case(editor(), "several workspace folders")
    names = {"first": "double", "second": "triple"}
    for folder, name in names.items():
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "helpers.py").write_text(f"def {name}(number):\n    return number\n")
        (tmp_path / folder / "broken.py").write_text(
            f"import helpers\n\nprint(helpers.{name[:-2]}{name[-1]}{name[-2]}(3))\n"
        )
    workspace = tmp_path / "both.code-workspace"
    workspace.write_text(json.dumps({"folders": [{"path": folder} for folder in names]}))
    window = vscode.window
    window.show(workspace)
    try:
        for folder, name in names.items():
            window.open(tmp_path / folder / "broken.py", 2, 18)
            window.squiggle()
            assert name in window.menu()[0]
            window.page.press("Enter")
            window.changed(f"import helpers\n\nprint(helpers.{name[:-2]}{name[-1]}{name[-2]}(3))\n")
            assert f"helpers.{name}(3)" in window.text()
            window.save()
    finally:
        window.close_all()
        window.show(vscode.folder)
