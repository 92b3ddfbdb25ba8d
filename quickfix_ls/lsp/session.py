"""The server's session with its client: what it holds while it runs, and which message goes to whom.

It imports only what `initialize` needs; all that is heavy lives in the worker, which starts after the answer.
"""

from __future__ import annotations

import asyncio
import gc
from collections import OrderedDict
from collections.abc import Callable, Coroutine, Iterable
from itertools import count
from typing import Any

from lsprotocol import types
from pygls.lsp.server import LanguageServer

from quickfix_ls import __version__
from quickfix_ls.lsp import code_actions, commands, configuration
from quickfix_ls.lsp.client import Client, folders_of, paths_of, read_client
from quickfix_ls.lsp.code_actions import Shown
from quickfix_ls.lsp.diagnostics import Publisher
from quickfix_ls.lsp.documents import Document
from quickfix_ls.lsp.log import start_log
from quickfix_ls.lsp.protocol import Protocol
from quickfix_ls.settings import Settings
from quickfix_ls.worker.client import Worker
from quickfix_ls.worker.frames import Configure, Open, ToWorker

OFFERS_KEPT = 200
"""How many offers that were shown can still be resolved or accepted."""


class QuickfixServer(LanguageServer):
    """One running server. Everything that a handler needs hangs here; nothing is kept in modules."""

    protocol: Protocol

    def __init__(self) -> None:
        super().__init__("quickfix-ls", __version__, protocol_cls=Protocol)
        self.log = start_log(self.window_log_message)
        self.client = Client()
        self.settings = self.initial_settings = Settings()
        self.complaints: list[str] = []
        self.folders: tuple[str, ...] = ()
        self.documents: dict[str, Document] = {}
        self.shown: OrderedDict[str, Shown] = OrderedDict()
        self.on_accepted: list[Callable[[Shown], None]] = [self._log_accepted]
        self.worker = Worker(self._worker_state, lambda text: self.show_message(text, types.MessageType.Warning))
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
            self.in_background(_settle(self))

    def remember(self, shown: Shown) -> str:
        """Keep an offer that is about to be shown; its id. The oldest are forgotten."""
        number = str(next(self._numbers))
        self.shown[number] = shown
        while len(self.shown) > OFFERS_KEPT:
            self.shown.popitem(last=False)
        return number

    def reconfigure(self) -> None:
        """Let the worker, and what was published, follow the settings and folders."""
        self.worker.tell(self._configure())
        for document in self.documents.values():
            self.publisher.schedule(document, delay=0)

    def in_background(self, work: Coroutine[Any, Any, None]) -> None:
        """Run something that no request waits for."""
        task = asyncio.ensure_future(work)
        self._background.add(task)
        task.add_done_callback(self._background.discard)

    def show_message(self, text: str, kind: types.MessageType) -> None:
        self.window_show_message(types.ShowMessageParams(type=kind, message=text))

    def report_server_error(self, error: Exception, source: Any) -> None:
        """Errors go to the log; pygls would show them to the user, who can do nothing about them."""
        self.log.error("%s: %s", type(error).__name__, error)

    def _configure(self) -> Configure:
        target = None
        if self.settings.target_version is not None:
            major, minor = self.settings.target_version.split(".")
            target = (int(major), int(minor))
        return Configure(
            self.settings.selector,
            self.settings.min_probability,
            self.folders,
            target,
            frozenset(self.settings.disabled_fixers),
        )

    def _worker_state(self) -> Iterable[ToWorker]:
        yield self._configure()
        for document in self.documents.values():
            if document.is_python:
                yield Open(document.uri, document.revision, document.snapshot.text)

    def _log_accepted(self, shown: Shown) -> None:
        self.log.info("accepted: %s (%s)", shown.offer.candidate.title, shown.offer.candidate.source)


def create_server() -> QuickfixServer:
    """A server with all its handlers, not yet connected to anything."""
    server = QuickfixServer()
    server.feature(types.INITIALIZE)(_initialize)
    server.feature(types.INITIALIZED)(_initialized)
    server.feature(types.SHUTDOWN)(_shutdown)
    server.feature(types.WORKSPACE_DID_CHANGE_CONFIGURATION)(configuration.changed)
    server.feature(types.WORKSPACE_DID_CHANGE_WORKSPACE_FOLDERS)(_folders_changed)
    server.feature(types.TEXT_DOCUMENT_CODE_ACTION, code_actions.OPTIONS)(code_actions.code_action)
    server.feature(types.CODE_ACTION_RESOLVE)(code_actions.resolve)
    server.command(commands.ACCEPTED)(commands.accepted)
    return server


def _initialize(ls: QuickfixServer, params: types.InitializeParams) -> None:
    ls.client = read_client(params.capabilities, ls.workspace.position_encoding)
    ls.folders = folders_of(params)
    configuration.take(ls, params.initialization_options)
    ls.initial_settings = ls.settings


def _initialized(ls: QuickfixServer, params: types.InitializedParams) -> None:
    ls.begin()
    ls.in_background(configuration.register(ls))
    ls.in_background(configuration.ask(ls))


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
    ls.reconfigure()
