"""Open notebooks: what a client's messages make of their cells, and the one document that the worker gets of them.

A notebook is one document to the worker, whose text is the view of its code cells. The cells' own documents are
what the client speaks of; `ClientDocument.view` maps between the two.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from lsprotocol import types

from quickfix_ls.documents.composed_view import ComposedView, Piece
from quickfix_ls.documents.positions import Encoding
from quickfix_ls.documents.snapshot import Snapshot
from quickfix_ls.lsp.client_documents import (
    ClientDocument,
    TextStep,
    changed_by,
    edit_between,
    take_steps,
    unsupported_reason,
    version_of,
)
from quickfix_ls.values import Edit, Span

OPTIONS = types.NotebookDocumentSyncOptions(
    notebook_selector=[
        types.NotebookDocumentFilterWithNotebook(
            notebook=types.NotebookDocumentFilterNotebookType(notebook_type="jupyter-notebook"),
            cells=[types.NotebookCellLanguage(language="python")],
        )
    ]
)

CELL_SCHEME = "vscode-notebook-cell:"
"""What the uri of a cell begins with where a client that knows no notebooks opens it like a file."""


class Cell(NamedTuple):
    """The document of one cell, and what it is in the notebook's view: nothing where it is no Python code."""

    snapshot: Snapshot
    is_python: bool
    pieces: tuple[Piece, ...]

    @property
    def shown(self) -> str:
        """Its text in the view."""
        return "".join(piece.text for piece in self.pieces)


class Notebook:
    """An open notebook. `view` is the text of its code cells, and `document` what the worker knows of it; `cells` are
    its cells by their uris, in the client's order."""

    def __init__(self, uri: str, cells: Iterable[Cell], *, is_whole: bool = True) -> None:
        """A notebook that is not `is_whole` has other cells, of which nothing is known."""
        self._is_whole = is_whole
        self.cells = {cell.snapshot.uri: cell for cell in cells}
        self.view = self._composed()
        self.document = ClientDocument(Snapshot.of(self.view.text, uri), "python", self.view, sources=self._sources())
        self.document.silence = unsupported_reason(self.document)

    def _composed(self) -> ComposedView:
        from quickfix_ls.documents.formats.notebook import OTHER_CELLS, goes_on  # here, like `pieces_of`

        pieces = [piece for cell in self.cells.values() for piece in cell.pieces]
        return ComposedView(pieces if self._is_whole else [*pieces, OTHER_CELLS], goes_on)

    def _sources(self) -> dict[str, Snapshot]:
        return {uri: cell.snapshot for uri, cell in self.cells.items()}

    def change_text(
        self, uri: str, changes: Sequence[types.TextDocumentContentChangeEvent], version: int, encoding: Encoding
    ) -> Edit | None:
        """Change the text of one cell: the edit of the view that it is, None where the view stays as it is."""
        cell = self.cells.get(uri)
        if cell is None:
            return None
        steps = changed_by(cell.snapshot, changes, version, encoding)
        snapshot = steps[-1].after if steps else replace(cell.snapshot, version=version_of(version))
        if not steps or not cell.pieces:
            return self._replace({**self.cells, uri: cell._replace(snapshot=snapshot)}, None)
        after = _of_code(cell._replace(snapshot=snapshot))
        start = self._start_of(uri)
        edit = edit_between(cell.shown, after.shown)
        edit = Edit(Span(start + edit.span.start, start + edit.span.end), edit.text)
        return self._replace({**self.cells, uri: after}, edit)

    def change_cells(self, cells: Sequence[Cell]) -> Edit | None:
        """Give it other cells, or the same in another order: the edit of the view that it is, None where the view stays
        as it is. The edit spans all text of the cells that were touched, since it tells where cells begin."""
        before, after = list(self.cells.values()), list(cells)
        head = 0
        while head < min(len(before), len(after)) and before[head] == after[head]:
            head += 1
        tail = 0
        while tail < min(len(before), len(after)) - head and before[-1 - tail] == after[-1 - tail]:
            tail += 1
        start = sum(len(cell.shown) for cell in before[:head])
        gone = "".join(cell.shown for cell in before[head : len(before) - tail])
        new = "".join(cell.shown for cell in after[head : len(after) - tail])
        edit = Edit(Span(start, start + len(gone)), new) if gone or new else None
        return self._replace({cell.snapshot.uri: cell for cell in after}, edit)

    def _replace(self, cells: dict[str, Cell], edit: Edit | None) -> Edit | None:
        """Take the cells, and the edit that they are in the view."""
        self.cells = cells
        self.view = self._composed()
        document = self.document
        document.sources, document.view = self._sources(), self.view
        if edit is not None:
            take_steps(document, [TextStep(edit, document.snapshot.edited(edit, None))])
        return edit

    def _start_of(self, uri: str) -> int:
        start = 0
        for cell in self.cells.values():
            if cell.snapshot.uri == uri:
                break
            start += len(cell.shown)
        return start


def opened(params: types.DidOpenNotebookDocumentParams) -> Notebook:
    """The notebook that a client opens."""
    texts = {item.uri: item for item in params.cell_text_documents}
    cells = params.notebook_document.cells
    return Notebook(params.notebook_document.uri, (_cell(one.kind, one.document, texts) for one in cells))


def opened_cell(item: types.TextDocumentItem) -> Notebook:
    """A cell that a client opens like a file, as a notebook whose other cells are not known."""
    cell = _cell(types.NotebookCellKind.Code, item.uri, {item.uri: item})
    return Notebook(item.uri, [cell], is_whole=False)


def restructured(notebook: Notebook, changes: types.NotebookDocumentCellChanges) -> list[Cell]:
    """The cells after cells were inserted, removed or moved, or became of another kind."""
    cells = list(notebook.cells.values())
    if changes.structure is not None:
        array = changes.structure.array
        texts = {item.uri: item for item in changes.structure.did_open or ()}
        cells[array.start : array.start + array.delete_count] = [
            _cell(one.kind, one.document, texts, notebook.cells.get(one.document)) for one in array.cells or ()
        ]
    kinds = {one.document: one.kind for one in changes.data or ()}
    return [
        _of_kind(one, kinds[one.snapshot.uri]) if one.snapshot.uri in kinds else one
        for one in {cell.snapshot.uri: cell for cell in cells}.values()
    ]


def _cell(
    kind: types.NotebookCellKind, uri: str, texts: Mapping[str, types.TextDocumentItem], known: Cell | None = None
) -> Cell:
    """A cell that a message tells of, with its text among `texts`, or `known` already; an empty one where it is in
    neither, so that places of cells are counted as the client does."""
    if item := texts.get(uri):
        is_python = "python" in (item.language_id or "python").lower()
        known = Cell(Snapshot.of(item.text, uri, version_of(item.version)), is_python, ())
    return _of_kind(known or Cell(Snapshot.of("", uri), False, ()), kind)


def _of_kind(cell: Cell, kind: types.NotebookCellKind) -> Cell:
    if kind != types.NotebookCellKind.Code or not cell.is_python:
        return cell._replace(pieces=())
    return cell if cell.pieces else _of_code(cell)


def _of_code(cell: Cell) -> Cell:
    """The cell as it is in the view."""
    from quickfix_ls.documents.formats.notebook import pieces_of  # here: the server's start need not wait for it

    return cell._replace(pieces=pieces_of(cell.snapshot.uri, cell.snapshot.text))
