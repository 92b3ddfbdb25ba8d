"""The state of a server that its handlers share, without the handlers themselves.

The modules of this package take a `ServerState`; `session.QuickfixServer` implements it and registers the handlers.
So these modules don't import the session that imports them.
"""

from __future__ import annotations

import asyncio
import logging
from abc import ABC, abstractmethod
from collections import OrderedDict
from collections.abc import Callable, Coroutine, Iterable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from itertools import count
from typing import Any, Protocol

from lsprotocol import types
from pygls.lsp.server import LanguageServer
from pygls.protocol import LanguageServerProtocol

from quickfix_ls import __version__
from quickfix_ls.lsp.client_capabilities import Client
from quickfix_ls.lsp.client_documents import ClientDocument
from quickfix_ls.lsp.log import Log, is_routine
from quickfix_ls.lsp.notebooks import OPTIONS, Notebook
from quickfix_ls.refused_changes import RefusedChange
from quickfix_ls.settings import Settings
from quickfix_ls.values import Offer, ProblemKind
from quickfix_ls.worker.client import Worker
from quickfix_ls.worker.frames import AskModel, CancelModel, Configure, Spending, ToWorker

MAX_SHOWN_OFFERS = 200
"""Maximum number of shown offers that can still be resolved or accepted."""


@dataclass(frozen=True, slots=True)
class ShownOffer:
    """An offer that was sent to the client as a code action.

    `uri` and `revision` identify the document's text that the offer changes; `entry` is the entry to add to the list of
    refused changes when the user never wants the offer again.
    """

    uri: str
    revision: int
    offer: Offer
    entry: RefusedChange


class DiagnosticsPublisher(Protocol):
    """Publishes our diagnostics, or computes them for a client that pulls; see `diagnostics.Publisher`."""

    def schedule(self, document: ClientDocument) -> None: ...

    def compare_again(self, document: ClientDocument) -> None: ...

    def publish_known(self, document: ClientDocument) -> None: ...

    def publish_again(self, uri: str) -> None: ...

    def search_again(self, uri: str) -> None: ...

    def follow_settings(self) -> None: ...

    async def pulled(self, document: ClientDocument, uri: str) -> list[types.Diagnostic]: ...

    def forget(self, document: ClientDocument) -> None: ...

    def clear(self, uris: Iterable[str]) -> None: ...

    def stop(self) -> None: ...


class StatusSender(Protocol):
    """Tells the client what the server is doing; see `status.Status`."""

    def update(self) -> None: ...

    def take_spending(self, spending: Spending) -> None: ...

    def searching(self) -> AbstractContextManager[None]: ...


class ModelRequests(Protocol):
    """Forwards the worker's requests to the client's language model; see `language_model.LanguageModelRequests`."""

    def take(self, message: AskModel | CancelModel) -> None: ...


class ServerState(LanguageServer, ABC):
    """One running server: everything a handler needs is an attribute of it; modules hold no state."""

    publisher: DiagnosticsPublisher
    status: StatusSender
    language_model: ModelRequests

    def __init__(self, protocol_cls: type[LanguageServerProtocol]) -> None:
        super().__init__("quickfix-ls", __version__, protocol_cls=protocol_cls, notebook_document_sync=OPTIONS)
        self.logs = Log(self.window_log_message, self.log_trace)
        self.log = self.logs.logger
        self.client = Client()
        self.settings = Settings()
        """The session's settings: those of the first workspace folder. `configuration.settings_for` reads a document's
        own."""
        self.editor_settings: tuple[object, ...] = ()
        self.complaints: set[str] = set()
        """The warnings about settings that the user has seen."""
        self.folders: tuple[str, ...] = ()
        self.documents: dict[str, ClientDocument] = {}
        """The documents that the worker analyses (files and notebooks) by URI."""
        self.notebooks: dict[str, Notebook] = {}
        self.kinds_elsewhere: frozenset[ProblemKind] = frozenset()
        """The kinds of errors that other tools are known to report in this client."""
        self.cells: dict[str, str] = {}
        """The URI of the notebook that a cell belongs to, by the cell's URI."""
        self.shown: OrderedDict[str, ShownOffer] = OrderedDict()
        self.on_accepted: list[Callable[[ShownOffer], None]] = [self._log_accepted]
        self.worker = Worker(
            self._worker_state,
            lambda text: self.show_message(text, types.MessageType.Warning),
            late=lambda uri: self.publisher.publish_again(uri),
            outdated=lambda uri: self.publisher.search_again(uri),
            changed=lambda: self.status.update(),
            spent=lambda spending: self.status.take_spending(spending),
            ask_model=lambda message: self.language_model.take(message),
        )
        self.was_shut_down = False
        self._numbers = count(1)
        self._background: set[asyncio.Task[None]] = set()

    @abstractmethod
    def begin(self) -> None:
        """Start the work that `initialize` does not wait for; a second call does nothing."""

    def document_of(self, uri: str) -> ClientDocument | None:
        """Return the open document with this URI, or the notebook whose cell has it."""
        return self.documents.get(self.cells.get(uri, uri))

    def remember(self, shown: ShownOffer) -> str:
        """Store an offer that is about to be shown and return its identifier. The oldest offers are dropped."""
        number = str(next(self._numbers))
        self.shown[number] = shown
        while len(self.shown) > MAX_SHOWN_OFFERS:
            self.shown.popitem(last=False)
        return number

    def reconfigure(self) -> None:
        """Pass the present settings and folders to the worker and update the published diagnostics."""
        self.worker.tell(self.worker_configuration())
        self.publisher.follow_settings()

    def in_background(self, work: Coroutine[Any, Any, None]) -> None:
        """Run a coroutine as a task that no request waits for."""
        task = asyncio.ensure_future(work)
        self._background.add(task)
        task.add_done_callback(self._background.discard)

    def show_message(self, text: str, kind: types.MessageType) -> None:
        """Show a message to the user."""
        self.window_show_message(types.ShowMessageParams(type=kind, message=text))

    def report_server_error(self, error: Exception, source: Any) -> None:
        """Log an error. pygls would show it to the user, who can do nothing about it."""
        level = logging.DEBUG if is_routine(error) else logging.ERROR
        self.log.log(level, "%s: %s", type(error).__name__, error)

    def worker_configuration(self) -> Configure:
        """Return the message that gives the worker the present settings and folders."""
        return Configure(
            self.settings.selector,
            self.folders,
            self.editor_settings,
            self.logs.is_verbose,
            self.client.has_language_model,
        )

    def _worker_state(self) -> Iterable[ToWorker]:
        """Yield the messages that bring a new worker process up to date."""
        yield self.worker_configuration()
        for document in self.documents.values():
            if not document.unsupported:
                yield document.opening()

    def _log_accepted(self, shown: ShownOffer) -> None:
        self.log.info("accepted: %s (%s)", shown.offer.candidate.title, shown.offer.candidate.source)
