"""What pygls does differently from what we promise: text sync in time that does not grow with the number of
lines, and an answer to every request, also to one that is malformed, too early, too late or for somebody
else."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

from lsprotocol import types
from pygls.exceptions import JsonRpcException, JsonRpcInvalidRequest, JsonRpcServerNotInitialized
from pygls.protocol import LanguageServerProtocol, lsp_method

from quickfix_ls.lsp import notebooks
from quickfix_ls.lsp.client_documents import NO_VERSION, ClientDocument, apply_changes, opened
from quickfix_ls.lsp.notebooks import Notebook
from quickfix_ls.values import Edit
from quickfix_ls.worker.frames import Close

if TYPE_CHECKING:
    from quickfix_ls.lsp.session import QuickfixServer

logger = logging.getLogger(__name__)


class Protocol(LanguageServerProtocol):
    """pygls' protocol with our own documents."""

    _server: QuickfixServer

    @lsp_method(types.TEXT_DOCUMENT_DID_OPEN)
    def lsp_text_document__did_open(self, params: types.DidOpenTextDocumentParams) -> None:
        ls, uri = self._server, params.text_document.uri
        if ls.cells.get(uri, uri) != uri:
            logger.info("a cell that its notebook has told of was opened as a file too: %s", uri)
        elif uri.startswith(notebooks.CELL_SCHEME):
            self._take_up_notebook(notebooks.opened_cell(params.text_document))
        else:
            document = ls.documents[uri] = opened(params.text_document)
            self._take_up(document)

    @lsp_method(types.TEXT_DOCUMENT_DID_CHANGE)
    def lsp_text_document__did_change(self, params: types.DidChangeTextDocumentParams) -> None:
        ls, version, uri = self._server, params.text_document.version, params.text_document.uri
        document = ls.documents.get(uri)
        if document is None:
            logger.warning("a change of a document that is not open was ignored: %s", uri)
            return
        silence = document.silence
        if notebook := ls.notebooks.get(uri):
            edit = notebook.change_text(uri, params.content_changes, version, ls.client.encoding)
            self._follow(document, silence, (edit,) if edit else ())
        else:
            self._follow(
                document, silence, apply_changes(document, params.content_changes, version, ls.client.encoding)
            )

    @lsp_method(types.TEXT_DOCUMENT_DID_CLOSE)
    def lsp_text_document__did_close(self, params: types.DidCloseTextDocumentParams) -> None:
        self._let_go(params.text_document.uri)

    @lsp_method(types.NOTEBOOK_DOCUMENT_DID_OPEN)
    def lsp_notebook_document__did_open(self, params: types.DidOpenNotebookDocumentParams) -> None:
        for cell in params.cell_text_documents:
            self._let_go(cell.uri)
        self._take_up_notebook(notebooks.opened(params))

    @lsp_method(types.NOTEBOOK_DOCUMENT_DID_CHANGE)
    def lsp_notebook_document__did_change(self, params: types.DidChangeNotebookDocumentParams) -> None:
        ls, uri, cells = self._server, params.notebook_document.uri, params.change.cells
        notebook = ls.notebooks.get(uri)
        if notebook is None:
            logger.warning("a change of a notebook that is not open was ignored: %s", uri)
            return
        if cells is None:
            return
        if cells.structure is not None or cells.data:
            gone, silence = set(notebook.cells), notebook.document.silence
            edit = notebook.change_cells(notebooks.restructured(notebook, cells))
            self._know_cells(notebook, gone - set(notebook.cells))
            self._follow(notebook.document, silence, (edit,) if edit else (), cells_moved=True)
        for one in cells.text_content or ():
            silence, document = notebook.document.silence, one.document
            edit = notebook.change_text(document.uri, one.changes, document.version, ls.client.encoding)
            self._follow(notebook.document, silence, (edit,) if edit else ())

    @lsp_method(types.NOTEBOOK_DOCUMENT_DID_CLOSE)
    def lsp_notebook_document__did_close(self, params: types.DidCloseNotebookDocumentParams) -> None:
        self._let_go(params.notebook_document.uri)

    def _take_up_notebook(self, notebook: Notebook) -> None:
        ls, uri = self._server, notebook.document.uri
        self._let_go(uri)
        ls.notebooks[uri], ls.documents[uri] = notebook, notebook.document
        self._know_cells(notebook)
        self._take_up(notebook.document)

    def _know_cells(self, notebook: Notebook, gone: Iterable[str] = ()) -> None:
        """Know which notebook a cell is of, and forget the cells that are gone."""
        ls = self._server
        for uri in gone:
            ls.cells.pop(uri, None)
        ls.cells.update(dict.fromkeys(notebook.cells, notebook.document.uri))
        ls.publisher.clear(gone)

    def _take_up(self, document: ClientDocument) -> None:
        """Begin to work on a document as it is now, or say why we don't."""
        ls = self._server
        if document.silence:
            logger.info("%s is left alone: %s", document.uri, document.silence)
            return
        ls.begin()
        ls.worker.tell(document.opening())
        ls.publisher.schedule(document, delay=0)

    def _follow(
        self, document: ClientDocument, silence: str, edits: tuple[Edit, ...], *, cells_moved: bool = False
    ) -> None:
        """Tell the worker of a document's edits, `silence` being what it was before them. `cells_moved`: what is known
        of it must be published anew in any case."""
        ls = self._server
        if document.silence != silence:
            if not silence:
                ls.publisher.forget(document)
                ls.worker.tell(Close(document.uri))
            self._take_up(document)
        elif edits and not document.silence:
            ls.worker.tell(document.change(edits))
            ls.publisher.schedule(document)
        elif cells_moved:
            ls.publisher.show(document)

    def _let_go(self, uri: str) -> None:
        """Forget a document that was closed, or a notebook with its cells; nothing where it is not open."""
        ls = self._server
        if notebook := ls.notebooks.pop(uri, None):
            for cell in notebook.cells:
                ls.cells.pop(cell, None)
        if document := ls.documents.pop(uri, None):
            document.changed.set_result(None)
            ls.publisher.forget(document)
            ls.worker.tell(Close(document.uri))

    @lsp_method(types.WORKSPACE_EXECUTE_COMMAND)
    def lsp_workspace__execute_command(self, params: types.ExecuteCommandParams) -> Any:
        """Some clients send every command to every server: one that is not ours is no error."""
        handler = self.fm.commands.get(params.command)
        if handler is None:
            logger.info("a command of somebody else was ignored: %s", params.command)
            return None
        return (yield handler, tuple(params.arguments or ()), {})

    def structure_message(self, data: dict[str, Any]) -> Any:
        """Typed messages from JSON; a request that is not what its method says is answered, then dropped."""
        try:
            if loosened := _LOOSENED.get(data.get("method", "")):
                loosened(data.get("params"))
            return super().structure_message(data)
        except JsonRpcException as error:
            if "jsonrpc" in data and "id" in data and "method" in data:
                self._send_response(data["id"], error=error.to_response_error())
            raise

    def handle_message(self, message: Any) -> None:
        """Hand a message on; a request that comes too early or too late is answered with the right error."""
        method = getattr(message, "method", "")
        if hasattr(message, "id") and method:
            error: JsonRpcException | None = None
            if self._shutdown:
                error = JsonRpcInvalidRequest("the server is shutting down")
            elif self._workspace is None and method != types.INITIALIZE:
                error = JsonRpcServerNotInitialized("the first request must be `initialize`")
            if error is not None:
                self._send_response(message.id, error=error.to_response_error())
                return
        super().handle_message(message)

    def warm(self) -> Iterator[None]:
        """Convert one of each message that a fix needs, since the converter writes its code at the first; a
        pause can be made at every step."""
        place = {"start": {"line": 0, "character": 0}, "end": {"line": 0, "character": 0}}
        document = {"uri": "", "languageId": "", "version": 0, "text": ""}
        asked = {"textDocument": document, "range": place, "context": {"diagnostics": []}}
        changed = {"textDocument": document, "contentChanges": [{"range": place, "text": ""}]}
        for method, params in (
            (types.TEXT_DOCUMENT_DID_OPEN, {"textDocument": document}),
            (types.TEXT_DOCUMENT_DID_CHANGE, changed),
            (types.TEXT_DOCUMENT_CODE_ACTION, asked),
        ):
            self.structure_message({"jsonrpc": "2.0", "id": 0, "method": method, "params": params})
            yield
        action = types.CodeAction("", edit=types.WorkspaceEdit({}), command=types.Command("", ""))
        self._converter.unstructure(types.CodeActionResponse(id=0, result=[action]))


def _flatten_messages(params: Any) -> None:
    """Since LSP 3.18 a diagnostic's message may be marked-up text, which older types don't know."""
    context = params.get("context") if isinstance(params, dict) else None
    diagnostics = context.get("diagnostics") if isinstance(context, dict) else None
    for diagnostic in diagnostics if isinstance(diagnostics, list) else ():
        if isinstance(diagnostic, dict) and isinstance(diagnostic.get("message"), dict):
            diagnostic["message"] = str(diagnostic["message"].get("value", ""))


def _fill_version(params: Any) -> None:
    """A missing version is legal in what we answer, but lsprotocol's types for what we hear demand a number."""
    document = params.get("textDocument") if isinstance(params, dict) else None
    if isinstance(document, dict) and document.get("version") is None:
        document["version"] = NO_VERSION


_LOOSENED = {
    types.TEXT_DOCUMENT_CODE_ACTION: _flatten_messages,
    types.TEXT_DOCUMENT_DID_OPEN: _fill_version,
    types.TEXT_DOCUMENT_DID_CHANGE: _fill_version,
}
