"""Pull diagnostics: the client requests them for each document; nothing is published to it then."""

from __future__ import annotations

from lsprotocol import types
from pygls.exceptions import JsonRpcException

from quickfix_ls.lsp.encode import SOURCE
from quickfix_ls.lsp.progress import request_progress
from quickfix_ls.lsp.server_state import ServerState

OPTIONS = types.DiagnosticOptions(
    inter_file_dependencies=False, workspace_diagnostics=False, identifier=SOURCE, work_done_progress=True
)

Report = types.RelatedFullDocumentDiagnosticReport | types.RelatedUnchangedDocumentDiagnosticReport


async def diagnostic(ls: ServerState, params: types.DocumentDiagnosticParams) -> Report:
    """Return our diagnostics of a document's present text, or "unchanged" if the client has them already.

    After a change this waits until typing pauses (`Publisher.pulled`). A request that a change outdates is answered
    for the text then, as the protocol has it ("the currently synced version"), and not refused with `ServerCancelled`:
    with `retriggerRequest` a client that asks after each change would ask ever more, and without it
    vscode-languageclient 9 and 10 never ask for that document again. Cancellation stops the work.
    """
    document = ls.document_of(params.text_document.uri)
    found: list[types.Diagnostic] = []
    if document is not None:
        with request_progress(ls, params.work_done_token, "Looking for problems"):
            found = await ls.publisher.pulled(document, params.text_document.uri)
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
