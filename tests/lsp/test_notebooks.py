"""Notebooks that a client synchronises: fixes of more than one cell, of all of a cell, and what no fix may touch."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from lsprotocol import types

from tests.kit_texts import Json, apply_text_edits, position_at
from tests.lsp.session import Client, bounded, capabilities, start

pytestmark = pytest.mark.asyncio(loop_scope="session")

NOTEBOOK = "file:///project/analysis.ipynb"
IMPORTS = "import os\nimport re"
FIX_ALL = "source.fixAll.quickfix-ls"


class Cells:
    """The cells of an open notebook, by their numbers."""

    def __init__(self, client: Client, texts: Sequence[str], uri: str = NOTEBOOK) -> None:
        self.client, self.texts, self.uri = client, list(texts), uri
        cells = [types.NotebookCell(types.NotebookCellKind.Code, self.cell(number)) for number in range(len(texts))]
        items = [types.TextDocumentItem(self.cell(n), "python", n + 1, text) for n, text in enumerate(texts)]
        notebook = types.NotebookDocument(uri, "jupyter-notebook", 1, cells)
        client.notebook_document_did_open(types.DidOpenNotebookDocumentParams(notebook, items))

    def cell(self, number: int) -> str:
        return f"vscode-notebook-cell:/project/analysis.ipynb#{'CBADEFG'[number]}"

    async def actions(self, number: int, at: str, only: Sequence[str] | None = None) -> list[types.CodeAction]:
        text = self.texts[number]
        place = types.Position(**position_at(text, text.index(at)))
        context = types.CodeActionContext([], only=only, trigger_kind=types.CodeActionTriggerKind.Invoked)
        params = types.CodeActionParams(
            types.TextDocumentIdentifier(self.cell(number)), types.Range(place, place), context
        )
        found = await bounded(self.client.text_document_code_action_async(params))
        return [action for action in found or () if isinstance(action, types.CodeAction)]

    async def fixed(self, number: int, at: str, only: Sequence[str] | None = None) -> list[str]:
        """The texts of all cells after the first action."""
        actions = await self.actions(number, at, only)
        assert actions, self.texts[number]
        return self.after(actions[0])

    def after(self, action: types.CodeAction) -> list[str]:
        assert action.edit is not None
        texts = list(self.texts)
        if action.edit.changes is not None:
            changes = dict(action.edit.changes)
        else:
            changes = {}
            for one in action.edit.document_changes or ():
                assert isinstance(one, types.TextDocumentEdit)
                assert one.text_document.version == self.number(one.text_document.uri) + 1
                changes[one.text_document.uri] = [edit for edit in one.edits if isinstance(edit, types.TextEdit)]
        for uri, edits in changes.items():
            number = self.number(uri)
            texts[number] = apply_text_edits(texts[number], [_plain(edit) for edit in edits])
        return texts

    def number(self, uri: str) -> int:
        return [self.cell(number) for number in range(len(self.texts))].index(uri)


def _plain(edit: types.TextEdit) -> Json:
    start, end = edit.range.start, edit.range.end
    place = {
        "start": {"line": start.line, "character": start.character},
        "end": {"line": end.line, "character": end.character},
    }
    return {"range": place, "newText": edit.new_text}


async def test_an_import_goes_to_the_other_imports(client: Client) -> None:
    await start(client, capabilities(document_changes=True))
    cells = Cells(client, [IMPORTS, "print(os.sep, re.M)\nprint(json.dumps([]))"])
    assert await cells.fixed(1, "json") == [f"{IMPORTS}\nimport json", cells.texts[1]]


async def test_an_import_goes_to_the_first_cell_where_there_is_none(client: Client) -> None:
    await start(client)
    cells = Cells(client, ["x = 1\n", "y = 2\n", "print(math.pi, x, y)\n"])
    assert await cells.fixed(2, "math") == ["import math\n\nx = 1\n", *cells.texts[1:]]


async def test_a_first_value_goes_to_the_cell_that_needs_it(client: Client) -> None:
    await start(client, options={"minProbability": 0})
    cells = Cells(client, ["%%sql engine\nSELECT (", "rows = [1]\n", "total += len(rows)\nprint(total)\n"])
    offered = [cells.after(one) for one in await cells.actions(2, "total") if one.edit]
    assert [*cells.texts[:2], "total = 0\n" + cells.texts[2]] in offered


async def test_all_of_a_kind_are_fixed_in_all_cells(client: Client) -> None:
    await start(client)
    cells = Cells(client, ["rows = 1\n", "print(rosw)", "!ls\nprint(rosw, rows)", "rosw"])
    *_, last = await cells.actions(1, "rosw")
    assert cells.after(last) == ["rows = 1\n", "print(rows)", "!ls\nprint(rows, rows)", "rows"]


async def test_fix_all_of_a_cell_leaves_the_others_alone(client: Client) -> None:
    await start(client)
    broken, fixed = "def {}(x)\n    return x", "def {}(x):\n    return x"
    both = "{}\n\n%time k = [1, 2]\n\n{}"
    texts = [broken.format("f"), both.format(broken.format("g"), broken.format("h")), broken.format("i")]
    cells = Cells(client, texts)
    after = both.format(fixed.format("g"), fixed.format("h"))
    assert await cells.fixed(1, "g", [FIX_ALL]) == [texts[0], after, texts[2]]
    for kind in ("source.fixAll", "source", "", "notebook.source.fixAll"):
        assert not [one for one in await cells.actions(1, "g", [kind]) if one.kind == FIX_ALL], kind


async def test_nothing_is_fixed_in_what_is_no_python(client: Client) -> None:
    await start(client, options={"minProbability": 0})
    cells = Cells(client, ["%%bash\necho (", "%%html\n<b>", "!echo (\nprint(1)"])
    for number, at in ((0, "echo"), (1, "<b>"), (2, "echo"), (2, "print")):
        assert await cells.actions(number, at, ["quickfix", FIX_ALL]) == []


async def test_a_problem_of_the_next_cell_is_not_this_one_s(client: Client) -> None:
    await start(client)
    cells = Cells(client, ["value = 1\n", "print(valeu)\n"])
    assert await cells.actions(0, "\n") == []
    assert await cells.fixed(1, "valeu") == ["value = 1\n", "print(value)\n"]
