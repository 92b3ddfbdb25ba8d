"""Pull diagnostics: the client requests them for each document; nothing is published to it then."""

from __future__ import annotations

from lsprotocol import types
from pygls.exceptions import JsonRpcContentModified, JsonRpcException

from quickfix_ls.lsp.encode import SOURCE
from quickfix_ls.lsp.progress import request_progress
from quickfix_ls.lsp.server_state import ServerState

OPTIONS = types.DiagnosticOptions(
    inter_file_dependencies=False, workspace_diagnostics=False, identifier=SOURCE, work_done_progress=True
)

Report = types.RelatedFullDocumentDiagnosticReport | types.RelatedUnchangedDocumentDiagnosticReport


async def diagnostic(ls: ServerState, params: types.DocumentDiagnosticParams) -> Report:
    """Return our diagnostics of a document's present text, or "unchanged" if the client has them already.

    Raises JsonRpcException with the code `ServerCancelled` when the text changes before they are known: the
    client should ask again. Cancellation stops the work.
    """
    document = ls.document_of(params.text_document.uri)
    found: list[types.Diagnostic] = []
    if document is not None:
        with request_progress(ls, params.work_done_token, "Looking for problems"):
            try:
                found = await ls.publisher.pulled(document, params.text_document.uri)
            except JsonRpcContentModified as error:
                again = types.DiagnosticServerCancellationData(retrigger_request=True)
                code = types.LSPErrorCodes.ServerCancelled.value
                raise JsonRpcException(error.message, code, again) from None
    import hashlib  # here: the server's start need not wait for it

    # Equal diagnostics have the same identifier, so no state needs to be kept for each client.
    name = hashlib.sha256(repr(found).encode()).hexdigest()[:16]
    if name == params.previous_result_id:
        return types.RelatedUnchangedDocumentDiagnosticReport(name)
    return types.RelatedFullDocumentDiagnosticReport(found, result_id=name)


async def refresh(ls: ServerState) -> None:
    """Ask the client to pull all diagnostics again, since something other than a text has changed.

    Must run in a task of its own: cancelling the wait for a client's answer is an error.
    """
    try:
        await ls.workspace_diagnostic_refresh_async(None)
    except JsonRpcException as error:
        ls.log.info("the client does not ask anew for diagnostics: %s", error)
