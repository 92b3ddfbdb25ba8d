"""Diagnostics that the client asks for, each document when it wants to; nothing is published to it then."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lsprotocol import types
from pygls.exceptions import JsonRpcContentModified, JsonRpcException

from quickfix_ls.lsp.encode import SOURCE
from quickfix_ls.lsp.progress import shown

if TYPE_CHECKING:
    from quickfix_ls.lsp.session import QuickfixServer

OPTIONS = types.DiagnosticOptions(
    inter_file_dependencies=False, workspace_diagnostics=False, identifier=SOURCE, work_done_progress=True
)

Report = types.RelatedFullDocumentDiagnosticReport | types.RelatedUnchangedDocumentDiagnosticReport


async def diagnostic(ls: QuickfixServer, params: types.DocumentDiagnosticParams) -> Report:
    """The findings about a document's present text, or that they are those that the client has already.

    Raises JsonRpcException with the code `ServerCancelled` when the text changes before they are known: the
    client should ask again. Cancellation stops the work.
    """
    document = ls.document_of(params.text_document.uri)
    found: list[types.Diagnostic] = []
    if document is not None:
        with shown(ls, params.work_done_token, "Looking for problems"):
            try:
                found = await ls.publisher.wanted(document, params.text_document.uri)
            except JsonRpcContentModified as error:
                again = types.DiagnosticServerCancellationData(retrigger_request=True)
                code = types.LSPErrorCodes.ServerCancelled.value
                raise JsonRpcException(error.message, code, again) from None
    import hashlib  # here: the server's start need not wait for it

    # The same findings have the same name, so that nothing needs to be kept for each client's memory.
    name = hashlib.sha256(repr(found).encode()).hexdigest()[:16]
    if name == params.previous_result_id:
        return types.RelatedUnchangedDocumentDiagnosticReport(name)
    return types.RelatedFullDocumentDiagnosticReport(found, result_id=name)


async def refresh(ls: QuickfixServer) -> None:
    """Let the client ask anew, since something else than a text has changed. Runs in a task of its own: a
    cancelled wait for a client is an error."""
    try:
        await ls.workspace_diagnostic_refresh_async(None)
    except JsonRpcException as error:
        ls.log.info("the client does not ask anew for diagnostics: %s", error)
