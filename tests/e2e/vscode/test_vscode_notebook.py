"""A notebook: the fix of one cell's error goes into that cell, and correct cells have no squiggle."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from tests.e2e.vscode.about import editor
from tests.e2e.vscode.window import Window
from tests.editor_results import RecordCase

CELLS = (
    "%matplotlib inline\nimport csv\ntotal = 3",
    "!ls\nfor row in csv.reader(['a']):\n    print(row, total)",
    "print('😀', totl)",
    "await_me = total + 1\nawait_me",
)
CELLS_OF_NOTEBOOK = """const editor = vscode.window.activeNotebookEditor;
return editor.notebook.getCells().map((cell) => ({ text: cell.document.getText(),
  found: vscode.languages.getDiagnostics(cell.document.uri).map((d) => d.message) }));"""


def test_a_cell_is_fixed(window: Window, folder: Path, record_case: RecordCase) -> None:
    record_case(editor(), "a notebook's cell")
    file = folder / "note.ipynb"
    file.write_text(json.dumps(notebook(CELLS)))
    show_cell(window, file, 2)
    found = window.wait("an error in the third cell", lambda: cells(window) if cells(window)[2]["found"] else None)
    assert [len(cell["found"]) for cell in found] == [0, 0, 1, 0]
    window.menu()
    window.page.press("Enter")
    fixed = window.wait("the fix", lambda: cells(window) if cells(window)[2]["text"] != CELLS[2] else None)
    assert [cell["text"] for cell in fixed] == [*CELLS[:2], "print('😀', total)", CELLS[3]]
    window.page.press("Control+s")
    window.wait("the file to be saved", lambda: "total)" in "".join(json.loads(file.read_text())["cells"][2]["source"]))
    window.wait("the errors to be gone", lambda: not any(cell["found"] for cell in cells(window)))


def show_cell(window: Window, file: Path, number: int) -> None:
    """Open a notebook with the keyboard in one cell's editor, at its end."""
    window.inside(
        """const notebook = await vscode.workspace.openNotebookDocument(vscode.Uri.file(argument.file));
        const range = new vscode.NotebookRange(argument.number, argument.number + 1);
        await vscode.window.showNotebookDocument(notebook, { selections: [range] });""",
        {"file": str(file), "number": number},
    )
    window.command("notebook.cell.edit")
    window.page.until("() => document.activeElement?.closest('.monaco-editor') !== null")
    window.page.sequence("Control+End", "ArrowLeft", "ArrowLeft")


def cells(window: Window) -> list[dict[str, Any]]:
    """The text of each cell, and what is found in it."""
    return list(window.inside(CELLS_OF_NOTEBOOK))


def notebook(sources: tuple[str, ...]) -> dict[str, Any]:
    """A notebook of Python's, as Jupyter writes it."""
    python = {"language_info": {"name": "python"}, "kernelspec": {"name": "python3", "display_name": "Python 3"}}
    return {
        "nbformat": 4,
        "nbformat_minor": 5,
        "metadata": python,
        "cells": [
            {
                "cell_type": "code",
                "id": f"cell{number}",
                "metadata": {},
                "outputs": [],
                "execution_count": None,
                "source": source.splitlines(keepends=True),
            }
            for number, source in enumerate(sources)
        ],
    }
