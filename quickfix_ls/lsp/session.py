"""The server's session with its client: what it holds while it runs, and which message goes to whom.

It imports only what `initialize` needs; all that is heavy lives in the worker, which starts after the answer.
"""

from __future__ import annotations

import asyncio
import gc
import logging
from collections import OrderedDict
from collections.abc import Callable, Coroutine, Iterable
from itertools import count
from typing import Any

from lsprotocol import types
from pygls.lsp.server import LanguageServer

from quickfix_ls import __version__
from quickfix_ls.lsp import code_actions, commands, configuration, progress, pull
from quickfix_ls.lsp.client_capabilities import Client, folders_of, paths_of, read_client
from quickfix_ls.lsp.client_documents import ClientDocument
from quickfix_ls.lsp.code_actions import Shown
from quickfix_ls.lsp.diagnostics import Publisher
from quickfix_ls.lsp.log import Log, is_everyday
from quickfix_ls.lsp.notebooks import OPTIONS, Notebook
from quickfix_ls.lsp.protocol import Protocol
from quickfix_ls.settings import Settings
from quickfix_ls.worker.client import Worker
from quickfix_ls.worker.frames import Configure, ToWorker

OFFERS_KEPT = 200
"""How many offers that were shown can still be resolved or accepted."""


class QuickfixServer(LanguageServer):
    """One running server. Everything that a handler needs hangs here; nothing is kept in modules."""

    protocol: Protocol

    def __init__(self) -> None:
        super().__init__("quickfix-ls", __version__, protocol_cls=Protocol, notebook_document_sync=OPTIONS)
        self.logs = Log(self.window_log_message, self.log_trace)
        self.log = self.logs.logger
        self.client = Client()
        self.settings = Settings()
        """What holds for the session: that of the first workspace folder. `configuration.of` has a document's own."""
        self.editor_settings: tuple[object, ...] = ()
        self.complaints: set[str] = set()
        self.folders: tuple[str, ...] = ()
        self.documents: dict[str, ClientDocument] = {}
        """What the worker knows, by its uri: files, and notebooks."""
        self.notebooks: dict[str, Notebook] = {}
        self.cells: dict[str, str] = {}
        """The uri of each cell's notebook, by the cell's."""
        self.shown: OrderedDict[str, Shown] = OrderedDict()
        self.on_accepted: list[Callable[[Shown], None]] = [self._log_accepted]
        self.worker = Worker(
            self._worker_state,
            lambda text: self.show_message(text, types.MessageType.Warning),
            late=lambda uri: self.publisher.show_anew(uri),
        )
        self.publisher = Publisher(self)
        self.was_shut_down = False
        self._begun = False
        self._numbers = count(1)
        self._background: set[asyncio.Task[None]] = set()

    def begin(self) -> None:
        """Start what `initialize` did not have to wait for; does nothing the second time."""
        if not self._begun:
            self._begun = True
            self.worker.start()
            self.in_background(progress.show_start(self))
            self.in_background(_settle(self))

    def document_of(self, uri: str) -> ClientDocument | None:
        """The open document that a uri names, or whose cell it names."""
        return self.documents.get(self.cells.get(uri, uri))

    def remember(self, shown: Shown) -> str:
        """Keep an offer that is about to be shown; its id. The oldest are forgotten."""
        number = str(next(self._numbers))
        self.shown[number] = shown
        while len(self.shown) > OFFERS_KEPT:
            self.shown.popitem(last=False)
        return number

    def reconfigure(self) -> None:
        """Let the worker, and what was published, follow the settings and folders."""
        self.worker.tell(self.worker_configuration())
        self.publisher.follow_settings()

    def in_background(self, work: Coroutine[Any, Any, None]) -> None:
        """Run something that no request waits for."""
        task = asyncio.ensure_future(work)
        self._background.add(task)
        task.add_done_callback(self._background.discard)

    def show_message(self, text: str, kind: types.MessageType) -> None:
        self.window_show_message(types.ShowMessageParams(type=kind, message=text))

    def report_server_error(self, error: Exception, source: Any) -> None:
        """Errors go to the log; pygls would show them to the user, who can do nothing about them."""
        level = logging.DEBUG if is_everyday(error) else logging.ERROR
        self.log.log(level, "%s: %s", type(error).__name__, error)

    def worker_configuration(self) -> Configure:
        """What the worker must know of settings and folders."""
        return Configure(self.settings.selector, self.folders, self.editor_settings, self.logs.tells_all)

    def _worker_state(self) -> Iterable[ToWorker]:
        yield self.worker_configuration()
        for document in self.documents.values():
            if not document.silence:
                yield document.opening()

    def _log_accepted(self, shown: Shown) -> None:
        self.log.info("accepted: %s (%s)", shown.offer.candidate.title, shown.offer.candidate.source)


def create_server() -> QuickfixServer:
    """A server with all its handlers, not yet connected to anything."""
    server = QuickfixServer()
    server.feature(types.INITIALIZE)(_initialize)
    server.feature(types.INITIALIZED)(_initialized)
    server.feature(types.SHUTDOWN)(_shutdown)
    server.feature(types.SET_TRACE)(_set_trace)
    server.feature(types.WORKSPACE_DID_CHANGE_CONFIGURATION)(configuration.changed)
    server.feature(types.WORKSPACE_DID_CHANGE_WORKSPACE_FOLDERS)(_folders_changed)
    server.feature(types.WORKSPACE_DID_CHANGE_WATCHED_FILES)(_files_changed)
    server.feature(types.TEXT_DOCUMENT_CODE_ACTION, code_actions.OPTIONS)(code_actions.code_action)
    server.feature(types.CODE_ACTION_RESOLVE)(code_actions.resolve)
    server.command(commands.ACCEPTED)(commands.accepted)
    server.command(commands.NEVER)(commands.never)
    return server


def _initialize(ls: QuickfixServer, params: types.InitializeParams) -> None:
    ls.client = read_client(params.capabilities, ls.workspace.position_encoding)
    ls.folders = folders_of(params)
    ls.logs.set_trace(params.trace)
    if ls.client.pulls_diagnostics:
        # Said only to those who pull, since a client that is told so may do both.
        ls.feature(types.TEXT_DOCUMENT_DIAGNOSTIC, pull.OPTIONS)(pull.diagnostic)
    configuration.begin(ls, params.initialization_options)


def _initialized(ls: QuickfixServer, params: types.InitializedParams) -> None:
    ls.begin()
    ls.in_background(configuration.register(ls))
    ls.in_background(configuration.ask(ls))


def _set_trace(ls: QuickfixServer, params: types.SetTraceParams) -> None:
    ls.logs.set_trace(params.value)
    ls.worker.tell(ls.worker_configuration())


async def _settle(ls: QuickfixServer) -> None:
    """After the start: pay for first times now, and keep the collector away from what lives for ever.

    The thresholds: what a request leaves behind is mostly freed by counting, so cycles can be looked for
    seldom.
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
    configuration.follow_files(ls)


def _files_changed(ls: QuickfixServer, params: types.DidChangeWatchedFilesParams) -> None:
    configuration.follow_files(ls)
