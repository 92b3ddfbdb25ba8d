"""A notebook after many changes is the same as one that is opened anew, and so is what the worker makes of it."""

from __future__ import annotations

import random

from lsprotocol import types

from quickfix_ls.documents.snapshot import Snapshot
from quickfix_ls.lsp import notebooks
from quickfix_ls.lsp.notebooks import Notebook
from quickfix_ls.values import Edit
from tests.kit_python import python_index
from tests.kit_texts import position_at

PIECES = (
    "x = 1\n",
    "%time f(x)\n",
    "!ls\n",
    "%%bash\n",
    "def f(x):\n",
    "    return x\n",
    "(",
    "'''",
    "\r\n",
    "y",
    "?",
    "😀",
)
CODE, MARKUP = types.NotebookCellKind.Code, types.NotebookCellKind.Markup


class Editor:
    """A notebook on the client's side, which changes at random."""

    def __init__(self, chance: random.Random) -> None:
        self.chance, self.made = chance, 0
        self.texts: dict[str, str] = {}
        self.kinds: dict[str, types.NotebookCellKind] = {}
        for _ in range(3):
            self.new()

    def new(self) -> str:
        uri = f"cell:{self.made}"
        self.made += 1
        self.texts[uri], self.kinds[uri] = self.text(), CODE
        return uri

    def text(self) -> str:
        return "".join(self.chance.choices(PIECES, k=self.chance.randint(0, 5)))

    def item(self, uri: str) -> types.TextDocumentItem:
        return types.TextDocumentItem(uri, "python", 1, self.texts[uri])

    def opened(self) -> Notebook:
        cells = [types.NotebookCell(self.kinds[uri], uri) for uri in self.texts]
        document = types.NotebookDocument("file:///a.ipynb", "jupyter-notebook", 1, cells)
        return notebooks.opened(types.DidOpenNotebookDocumentParams(document, [self.item(uri) for uri in self.texts]))

    def change(self, notebook: Notebook) -> Edit | None:
        """Change both in the same way."""
        roll, uris = self.chance.random(), list(self.texts)
        if roll < 0.6 and uris:
            return self.type(notebook, self.chance.choice(uris))
        if roll < 0.7 and uris:
            uri = self.chance.choice(uris)
            self.kinds[uri] = MARKUP if self.kinds[uri] == CODE else CODE
            return self.told(notebook, data=[types.NotebookCell(self.kinds[uri], uri)])
        start = self.chance.randint(0, len(uris))
        count = self.chance.randint(0, min(2, len(uris) - start))
        gone = uris[start : start + count]
        put = self.chance.sample(gone, self.chance.randint(0, count))
        fresh = [self.new() for _ in range(self.chance.randint(0, 1))]
        order = [*uris[:start], *put, *fresh, *uris[start + count :]]
        self.texts = {uri: self.texts[uri] for uri in order}
        cells = [types.NotebookCell(self.kinds[uri], uri) for uri in [*put, *fresh]]
        array = types.NotebookCellArrayChange(start, count, cells)
        opened = [self.item(uri) for uri in fresh]
        return self.told(notebook, structure=types.NotebookDocumentCellChangeStructure(array, opened))

    def type(self, notebook: Notebook, uri: str) -> Edit | None:
        text, new = self.texts[uri], self.text()
        # No editor has a position between the two characters of a line end.
        places = [at for at in range(len(text) + 1) if text[at - 1 : at + 1] != "\r\n" or not at]
        start, end = sorted(self.chance.choices(places, k=2))
        ends = [types.Position(**position_at(text, at)) for at in (start, end)]
        self.texts[uri] = text[:start] + new + text[end:]
        change = types.TextDocumentContentChangePartial(range=types.Range(*ends), text=new)
        return notebook.change_text(uri, [change], 2, "utf-16")

    def told(
        self,
        notebook: Notebook,
        structure: types.NotebookDocumentCellChangeStructure | None = None,
        data: list[types.NotebookCell] | None = None,
    ) -> Edit | None:
        changes = types.NotebookDocumentCellChanges(structure, data)
        return notebook.change_cells(notebooks.restructured(notebook, changes))


async def test_random_changes() -> None:
    for seed in range(40):
        editor = Editor(random.Random(seed))
        notebook = editor.opened()
        document = notebook.document
        index = python_index(document.snapshot, notebook=True, seams=document.view.seams)
        for _ in range(25):
            edit, fresh = editor.change(notebook), editor.opened()
            assert document.snapshot.text == fresh.document.snapshot.text == notebook.view.text
            assert document.snapshot.line_starts == fresh.document.snapshot.line_starts
            assert notebook.view.pieces == fresh.view.pieces
            assert {uri: one.text for uri, one in document.texts().items()} == editor.texts
            if edit is not None:
                index = index.edited(edit, None, document.view.seams)
            whole = python_index(Snapshot.of(document.snapshot.text), notebook=True, seams=document.view.seams)
            assert index.snapshot.text == document.snapshot.text
            assert index.cuts == whole.cuts
