"""Open notebooks: applies the client's changes of cells, and makes the one document that the worker analyses.

To the worker a notebook is one document, whose text is the view of its code cells. The client's messages name the
cells' own documents; `ClientDocument.view` maps between the two.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from lsprotocol import types

from quickfix_ls.documents.composed_view import ComposedView, Piece
from quickfix_ls.documents.diff import common_ends
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
"""The URI prefix of a cell that a client without notebook support opens like a file."""


class Cell(NamedTuple):
    """A cell: its document, and its pieces in the notebook's view (none if it isn't Python code)."""

    snapshot: Snapshot
    is_python: bool
    pieces: tuple[Piece, ...]

    @property
    def shown(self) -> str:
        """The cell's text in the view."""
        return "".join(piece.text for piece in self.pieces)


class Notebook:
    """An open notebook.

    `cells` are its cells by URI, in the client's order; `view` composes the text of the code cells, and `document` is
    the document of that text, which the worker analyses.
    """

    def __init__(self, uri: str, cells: Iterable[Cell], *, is_whole: bool = True) -> None:
        """Make a notebook of these cells; unless `is_whole`, it has other cells too, which are unknown."""
        self._is_whole = is_whole
        self.cells = {cell.snapshot.uri: cell for cell in cells}
        self.view = self._composed()
        self.document = ClientDocument(Snapshot.of(self.view.text, uri), "python", self.view, sources=self._sources())
        self.document.unsupported = unsupported_reason(self.document)

    def _composed(self) -> ComposedView:
        from quickfix_ls.documents.formats.notebook import OTHER_CELLS, goes_on  # here, like `pieces_of`

        pieces = [piece for cell in self.cells.values() for piece in cell.pieces]
        return ComposedView(pieces if self._is_whole else [*pieces, OTHER_CELLS], goes_on)

    def _sources(self) -> dict[str, Snapshot]:
        return {uri: cell.snapshot for uri, cell in self.cells.items()}

    def change_text(
        self, uri: str, changes: Sequence[types.TextDocumentContentChangeEvent], version: int, encoding: Encoding
    ) -> Edit | None:
        """Change the text of one cell. Returns the edit of the view; None if the view doesn't change."""
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
        """Replace or reorder the cells. Returns the edit of the view; None if the view doesn't change.

        The edit spans all text of the changed cells, since the worker reads from it where cells begin.
        """
        before, after = list(self.cells.values()), list(cells)
        head, tail = common_ends(before, after)
        start = sum(len(cell.shown) for cell in before[:head])
        gone = "".join(cell.shown for cell in before[head : len(before) - tail])
        new = "".join(cell.shown for cell in after[head : len(after) - tail])
        edit = Edit(Span(start, start + len(gone)), new) if gone or new else None
        return self._replace({cell.snapshot.uri: cell for cell in after}, edit)

    def _replace(self, cells: dict[str, Cell], edit: Edit | None) -> Edit | None:
        """Set the cells, apply `edit` to the document's text, and return it."""
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
    """Return the notebook that a client opens."""
    texts = {item.uri: item for item in params.cell_text_documents}
    cells = params.notebook_document.cells
    return Notebook(params.notebook_document.uri, (_cell(cell.kind, cell.document, texts) for cell in cells))


def opened_cell(item: types.TextDocumentItem) -> Notebook:
    """Return a notebook of the one cell that a client opens like a file; its other cells are unknown."""
    cell = _cell(types.NotebookCellKind.Code, item.uri, {item.uri: item})
    return Notebook(item.uri, [cell], is_whole=False)


def restructured(notebook: Notebook, changes: types.NotebookDocumentCellChanges) -> list[Cell]:
    """Return the cells after a change that inserts, removes, moves cells or changes their kinds."""
    cells = list(notebook.cells.values())
    if changes.structure is not None:
        array = changes.structure.array
        texts = {item.uri: item for item in changes.structure.did_open or ()}
        cells[array.start : array.start + array.delete_count] = [
            _cell(cell.kind, cell.document, texts, notebook.cells.get(cell.document)) for cell in array.cells or ()
        ]
    kinds = {changed.document: changed.kind for changed in changes.data or ()}
    return [
        _of_kind(cell, kinds[uri]) if uri in kinds else cell
        for uri, cell in {cell.snapshot.uri: cell for cell in cells}.items()
    ]


def _cell(
    kind: types.NotebookCellKind, uri: str, texts: Mapping[str, types.TextDocumentItem], known: Cell | None = None
) -> Cell:
    """Return the cell that a message describes: with its text from `texts`, else the one `known` already.

    A cell in neither is empty, so that the indices of cells stay those of the client.
    """
    if item := texts.get(uri):
        is_python = "python" in (item.language_id or "python").lower()
        known = Cell(Snapshot.of(item.text, uri, version_of(item.version)), is_python, ())
    return _of_kind(known or Cell(Snapshot.of("", uri), False, ()), kind)


def _of_kind(cell: Cell, kind: types.NotebookCellKind) -> Cell:
    """Return the cell with its pieces in the view; without any unless its kind and language are code in Python."""
    if kind != types.NotebookCellKind.Code or not cell.is_python:
        return cell._replace(pieces=())
    return cell if cell.pieces else _of_code(cell)


def _of_code(cell: Cell) -> Cell:
    """Return a code cell with its pieces in the view."""
    from quickfix_ls.documents.formats.notebook import pieces_of  # here: the server's start need not wait for it

    return cell._replace(pieces=pieces_of(cell.snapshot.uri, cell.snapshot.text))
