"""The server's session with its client: which handler gets which message.

It imports only what `initialize` needs; everything heavy lives in the worker, which starts after the answer.
"""

from __future__ import annotations

import asyncio
import gc

from lsprotocol import types

from quickfix_ls.lsp import code_actions, commands, configuration, explanations, progress, pull
from quickfix_ls.lsp.client_capabilities import folders_of, paths_of, read_client
from quickfix_ls.lsp.custom_messages import OTHER_DIAGNOSTICS
from quickfix_ls.lsp.diagnostics import Publisher
from quickfix_ls.lsp.language_model import LanguageModelRequests
from quickfix_ls.lsp.other_tools import other_diagnostics
from quickfix_ls.lsp.protocol import Protocol
from quickfix_ls.lsp.server_state import ServerState
from quickfix_ls.lsp.status import Status


class QuickfixServer(ServerState):
    """One running server with its protocol and its publisher of diagnostics."""

    protocol: Protocol

    def __init__(self) -> None:
        super().__init__(Protocol)
        self.publisher = Publisher(self)
        self.status = Status(self)
        self.language_model = LanguageModelRequests(self)
        self._begun = False

    def begin(self) -> None:
        """Start the work that `initialize` does not wait for; a second call does nothing."""
        if not self._begun:
            self._begun = True
            self.worker.start()
            self.status.update()
            self.in_background(progress.show_start(self))
            self.in_background(_warm_up(self))


def create_server() -> QuickfixServer:
    """Return a server with all its handlers, not yet connected to a client."""
    server = QuickfixServer()
    server.feature(types.INITIALIZE)(_initialize)
    server.feature(types.INITIALIZED)(_initialized)
    server.feature(types.SHUTDOWN)(_shutdown)
    server.feature(types.SET_TRACE)(_set_trace)
    server.feature(types.WORKSPACE_DID_CHANGE_CONFIGURATION)(configuration.changed)
    server.feature(types.WORKSPACE_DID_CHANGE_WORKSPACE_FOLDERS)(_folders_changed)
    server.feature(types.WORKSPACE_DID_CHANGE_WATCHED_FILES)(_files_changed)
    server.feature(types.TEXT_DOCUMENT_DID_SAVE)(_saved)
    server.feature(OTHER_DIAGNOSTICS)(other_diagnostics)
    server.feature(types.TEXT_DOCUMENT_CODE_ACTION, code_actions.OPTIONS)(code_actions.code_action)
    server.feature(types.CODE_ACTION_RESOLVE)(code_actions.resolve)
    server.command(commands.ACCEPTED)(commands.accepted)
    server.command(commands.NEVER)(commands.never)
    server.command(explanations.WHY)(explanations.why)
    server.command(explanations.WHY_NOTHING)(explanations.why_nothing)
    server.command(explanations.DOCTOR)(explanations.doctor)
    return server


def _initialize(ls: QuickfixServer, params: types.InitializeParams) -> None:
    ls.client = read_client(params.capabilities, ls.workspace.position_encoding)
    ls.folders = folders_of(params)
    ls.logs.set_trace(params.trace)
    if ls.client.pulls_diagnostics:
        # Announced only to clients that pull: a client may both pull and take pushed diagnostics otherwise.
        ls.feature(types.TEXT_DOCUMENT_DIAGNOSTIC, pull.OPTIONS)(pull.diagnostic)
    configuration.take_initialization_options(ls, params.initialization_options)


def _initialized(ls: QuickfixServer, params: types.InitializedParams) -> None:
    ls.begin()
    ls.in_background(configuration.register(ls))
    ls.in_background(configuration.ask(ls))


def _saved(ls: QuickfixServer, params: types.DidSaveTextDocumentParams) -> None:
    if document := ls.document_of(params.text_document.uri):
        document.typing.end()


def _set_trace(ls: QuickfixServer, params: types.SetTraceParams) -> None:
    ls.logs.set_trace(params.value)
    ls.worker.tell(ls.worker_configuration())


async def _warm_up(ls: QuickfixServer) -> None:
    """Pay the cost of first uses after the start, and exclude permanent objects from garbage collection.

    The thresholds: reference counting frees most of what a request leaves behind, so the search for cycles can be rare.
    Cancellation leaves the rest of the warm-up undone.
    """
    for _ in ls.protocol.warm():
        await asyncio.sleep(0)
    gc.freeze()
    gc.set_threshold(20_000, 20, 50)


async def _shutdown(ls: QuickfixServer, params: None) -> None:
    ls.was_shut_down = True
    ls.publisher.stop()
    await ls.worker.stop()


def _folders_changed(ls: QuickfixServer, params: types.DidChangeWorkspaceFoldersParams) -> None:
    ls.folders = paths_of([folder.uri for folder in ls.workspace.folders.values()])
    configuration.reread(ls)


def _files_changed(ls: QuickfixServer, params: types.DidChangeWatchedFilesParams) -> None:
    configuration.reread(ls)
