"""Replaces parts of pygls' protocol: text synchronization in time that does not grow with the number of lines, and a
response to every request, also to a malformed one, one too early or too late, or one for another server."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator
from typing import Any

from lsprotocol import types
from pygls.exceptions import JsonRpcException, JsonRpcInvalidRequest, JsonRpcServerNotInitialized
from pygls.protocol import LanguageServerProtocol, lsp_method

from quickfix_ls.lsp import notebooks
from quickfix_ls.lsp.client_documents import NO_VERSION, ClientDocument, apply_changes, opened
from quickfix_ls.lsp.custom_messages import MESSAGES, OTHER_DIAGNOSTICS
from quickfix_ls.lsp.notebooks import Notebook
from quickfix_ls.lsp.server_state import ServerState
from quickfix_ls.values import Edit
from quickfix_ls.worker.frames import Close

logger = logging.getLogger(__name__)


class Protocol(LanguageServerProtocol):
    """pygls' protocol with our own handling of documents."""

    _server: ServerState

    @lsp_method(types.TEXT_DOCUMENT_DID_OPEN)
    def lsp_text_document__did_open(self, params: types.DidOpenTextDocumentParams) -> None:
        ls, uri = self._server, params.text_document.uri
        if ls.cells.get(uri, uri) != uri:
            logger.info("a cell of an open notebook was opened as a file too: %s", uri)
        elif uri.startswith(notebooks.CELL_SCHEME):
            self._open_notebook(notebooks.opened_cell(params.text_document))
        else:
            document = ls.documents[uri] = opened(params.text_document)
            self._open_document(document)

    @lsp_method(types.TEXT_DOCUMENT_DID_CHANGE)
    def lsp_text_document__did_change(self, params: types.DidChangeTextDocumentParams) -> None:
        ls, version, uri = self._server, params.text_document.version, params.text_document.uri
        document = ls.documents.get(uri)
        if document is None:
            logger.warning("a change of a document that is not open was ignored: %s", uri)
            return
        unsupported_before = document.unsupported
        if notebook := ls.notebooks.get(uri):
            edit = notebook.change_text(uri, params.content_changes, version, ls.client.encoding)
            self._send_edits(document, unsupported_before, (edit,) if edit else ())
        else:
            self._send_edits(
                document,
                unsupported_before,
                apply_changes(document, params.content_changes, version, ls.client.encoding),
            )

    @lsp_method(types.TEXT_DOCUMENT_DID_CLOSE)
    def lsp_text_document__did_close(self, params: types.DidCloseTextDocumentParams) -> None:
        self._close_document(params.text_document.uri)

    @lsp_method(types.NOTEBOOK_DOCUMENT_DID_OPEN)
    def lsp_notebook_document__did_open(self, params: types.DidOpenNotebookDocumentParams) -> None:
        for cell in params.cell_text_documents:
            self._close_document(cell.uri)
        self._open_notebook(notebooks.opened(params))

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
            gone, unsupported_before = set(notebook.cells), notebook.document.unsupported
            edit = notebook.change_cells(notebooks.restructured(notebook, cells))
            self._register_cells(notebook, gone - set(notebook.cells))
            self._send_edits(notebook.document, unsupported_before, (edit,) if edit else (), cells_moved=True)
        for content in cells.text_content or ():
            unsupported_before, document = notebook.document.unsupported, content.document
            edit = notebook.change_text(document.uri, content.changes, document.version, ls.client.encoding)
            self._send_edits(notebook.document, unsupported_before, (edit,) if edit else ())

    @lsp_method(types.NOTEBOOK_DOCUMENT_DID_CLOSE)
    def lsp_notebook_document__did_close(self, params: types.DidCloseNotebookDocumentParams) -> None:
        self._close_document(params.notebook_document.uri)

    def _open_notebook(self, notebook: Notebook) -> None:
        ls, uri = self._server, notebook.document.uri
        self._close_document(uri)
        ls.notebooks[uri], ls.documents[uri] = notebook, notebook.document
        self._register_cells(notebook)
        self._open_document(notebook.document)

    def _register_cells(self, notebook: Notebook, gone: Iterable[str] = ()) -> None:
        """Register the notebook's cells, and drop the cells that are gone with their diagnostics."""
        ls = self._server
        for uri in gone:
            ls.cells.pop(uri, None)
        ls.cells.update(dict.fromkeys(notebook.cells, notebook.document.uri))
        ls.publisher.clear(gone)

    def _open_document(self, document: ClientDocument) -> None:
        """Open a document in the worker with its present text, or log why it is not supported."""
        ls = self._server
        if document.unsupported:
            logger.info("%s is left alone: %s", document.uri, document.unsupported)
            return
        ls.begin()
        ls.worker.tell(document.opening())
        ls.publisher.schedule(document)

    def _send_edits(
        self, document: ClientDocument, unsupported_before: str, edits: tuple[Edit, ...], *, cells_moved: bool = False
    ) -> None:
        """Send a document's edits to the worker and schedule its diagnostics.

        `unsupported_before` is the document's `unsupported` before the edits: where it has changed, the document is
        closed or opened in the worker. `cells_moved` publishes the known diagnostics again even without edits.
        """
        ls = self._server
        if document.unsupported != unsupported_before:
            if not unsupported_before:
                ls.publisher.forget(document)
                ls.worker.tell(Close(document.uri))
            self._open_document(document)
        elif edits and not document.unsupported:
            ls.worker.tell(document.change(edits))
            ls.publisher.schedule(document)
        elif cells_moved:
            ls.publisher.publish_known(document)

    def _close_document(self, uri: str) -> None:
        """Drop a document, or a notebook with its cells, that was closed; does nothing if it is not open."""
        ls = self._server
        if notebook := ls.notebooks.pop(uri, None):
            for cell in notebook.cells:
                ls.cells.pop(cell, None)
        if document := ls.documents.pop(uri, None):
            document.changed.set_result(None)
            ls.publisher.forget(document)
            ls.worker.tell(Close(document.uri))
        if not ls.documents:
            # The next document may be one of another project, or the other tool may have been ended meanwhile.
            ls.kinds_elsewhere = frozenset()

    @lsp_method(types.WORKSPACE_EXECUTE_COMMAND)
    def lsp_workspace__execute_command(self, params: types.ExecuteCommandParams) -> Any:
        """Run a command. An unknown one is no error, since some clients send every command to every server."""
        handler = self.fm.commands.get(params.command)
        if handler is None:
            logger.info("a command of another server was ignored: %s", params.command)
            return None
        return (yield handler, tuple(params.arguments or ()), {})

    def _handle_cancel_notification(self, msg_id: Any) -> None:
        """Cancel a request. One that was answered already is no news: pygls would warn of it on stderr, which clients
        show."""
        if msg_id in self._request_futures:
            super()._handle_cancel_notification(msg_id)

    def structure_message(self, data: dict[str, Any]) -> Any:
        """Return a message of the protocol's types from JSON. Raises JsonRpcException for a malformed one, and sends
        an error response first if it is a request."""
        try:
            if tolerate := _TOLERATED.get(data.get("method", "")):
                tolerate(data.get("params"))
            if own := MESSAGES.get(data.get("method", "")):
                return self._converter.structure(data, own)
            return super().structure_message(data)
        except JsonRpcException as error:
            if "jsonrpc" in data and "id" in data and "method" in data:
                self._send_response(data["id"], error=error.to_response_error())
            raise

    def handle_message(self, message: Any) -> None:
        """Dispatch a message; answer a request before `initialize` or after `shutdown` with an error."""
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
        """Convert a message of each type that a fix needs, since the converter generates its code at the first use.

        Yields between the messages, so that the caller can pause.
        """
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
    """Replace diagnostics' messages in markup, which LSP 3.18 allows and lsprotocol's types lack, by strings."""
    holder = params.get("context", params) if isinstance(params, dict) else None
    diagnostics = holder.get("diagnostics") if isinstance(holder, dict) else None
    for diagnostic in diagnostics if isinstance(diagnostics, list) else ():
        if isinstance(diagnostic, dict) and isinstance(diagnostic.get("message"), dict):
            diagnostic["message"] = str(diagnostic["message"].get("value", ""))


def _fill_version(params: Any) -> None:
    """Set a missing document version to NO_VERSION, since lsprotocol's types of incoming messages require one."""
    document = params.get("textDocument") if isinstance(params, dict) else None
    if isinstance(document, dict) and document.get("version") is None:
        document["version"] = NO_VERSION


_TOLERATED = {
    types.TEXT_DOCUMENT_CODE_ACTION: _flatten_messages,
    OTHER_DIAGNOSTICS: _flatten_messages,
    types.TEXT_DOCUMENT_DID_OPEN: _fill_version,
    types.TEXT_DOCUMENT_DID_CHANGE: _fill_version,
}
