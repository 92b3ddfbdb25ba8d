"""Publishes our own diagnostics: at once when a document is opened, when typing pauses after a change, and never about
an old text. A client that pulls diagnostics gets them on request instead, at the same times."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Iterable

from lsprotocol import types
from pygls.exceptions import JsonRpcContentModified

from quickfix_ls.lsp.client_documents import ClientDocument, while_unchanged
from quickfix_ls.lsp.configuration import settings_for
from quickfix_ls.lsp.encode import diagnostics_of
from quickfix_ls.lsp.other_tools import is_reported_elsewhere
from quickfix_ls.lsp.pull import refresh
from quickfix_ls.lsp.server_state import ServerState
from quickfix_ls.lsp.typing_pause import SEARCH_SECONDS
from quickfix_ls.values import Reported
from quickfix_ls.worker.client import WorkerGone
from quickfix_ls.worker.frames import AskProblems, FoundProblems

PROBLEMS_BOUND = 120.0
"""Seconds after which a worker that searches a document for problems in the background counts as hanging."""


class Publisher:
    """The diagnostics published for each of the client's documents or answered to its last pull, the searches for
    problems in progress, and the number of pulls that wait for an answer."""

    def __init__(self, server: ServerState) -> None:
        self._ls = server
        self._tasks: dict[str, asyncio.Task[None]] = {}
        self._published: dict[str, tuple[int | None, list[types.Diagnostic]]] = {}
        self._pulled: dict[str, dict[str, list[types.Diagnostic]]] = {}
        self._waiting: Counter[str] = Counter()
        self._settings_revision = 0

    def schedule(self, document: ClientDocument) -> None:
        """Search for problems as soon as typing pauses and publish them; a later call replaces an earlier one."""
        self._cancel(document.uri)
        if document.unsupported or self._ls.client.pulls_diagnostics:
            return
        if self._mode(document) == "off":
            document.problems, document.problems_revision = (), -1
            self._publish(document, diagnostics_of(document, (), self._ls.client.encoding))
            return
        self._tasks[document.uri] = asyncio.ensure_future(self._find_and_publish(document))

    def compare_again(self, document: ClientDocument) -> None:
        """Hide or show our problems anew, since it has become known what other tools report."""
        if not self._ls.client.pulls_diagnostics:
            self.publish_known(document)
            self.schedule(document)
        elif document.uri in self._pulled:
            self._ls.in_background(self._compare_and_refresh(document))

    def publish_known(self, document: ClientDocument) -> None:
        """Publish the problems of the document's present text if they are known, and the user is not typing."""
        is_known = document.problems_revision == document.revision and document.typing.is_paused
        if is_known and self._mode(document) != "off":
            self._publish(document, self._visible(document))

    def publish_again(self, uri: str) -> None:
        """Publish a document's diagnostics again, so that the client asks for the better code actions that exist now.

        The protocol has no message that says so directly.
        """
        document = self._ls.documents.get(uri)
        if document is None:
            return
        if self._ls.client.pulls_diagnostics:
            self.refresh()
        elif not self._published.keys().isdisjoint(document.texts()):
            for text_uri in document.texts():
                self._published.pop(text_uri, None)
            self.publish_known(document)

    def search_again(self, uri: str) -> None:
        """Search for the problems of a document anew, since what they depend on has changed, but not its text."""
        document = self._ls.documents.get(uri)
        if document is not None:
            document.problems_revision = -1
            self.schedule(document)
            self.refresh()

    def follow_settings(self) -> None:
        """Compute all diagnostics again under new settings or folders, and publish them or have them pulled."""
        self._settings_revision += 1
        for document in self._ls.documents.values():
            document.problems_revision = -1
            self.schedule(document)
        self.refresh()

    def refresh(self) -> None:
        """Ask a client that pulls, and supports the request, to pull again what it has pulled.

        Without such a document nothing is asked: a pull in progress is answered as things are then, and the client
        would only cancel it to ask the same again.
        """
        if self._pulled and self._ls.client.refreshes_diagnostics:
            self._ls.in_background(refresh(self._ls))

    async def pulled(self, document: ClientDocument, uri: str) -> list[types.Diagnostic]:
        """Return the diagnostics of `uri`, which is the document or a cell of it, for a client that pulls.

        They are those of the present text when typing pauses: a client that asks again after every change, and does
        not cancel what it asked before, gets the same answer to all its requests. Empty if the worker fails, or if the
        document is closed meanwhile. Cancellation stops the work.
        """
        self._waiting[document.uri] += 1
        try:
            await self._until_known(document)
        finally:
            self._waiting[document.uri] -= 1
        is_known = self._is_analysed(document) and document.problems_revision == document.revision
        visible = self._visible(document) if is_known else {}
        if self._ls.documents.get(document.uri) is document:
            self._pulled[document.uri] = visible
        return visible.get(uri, [])

    def forget(self, document: ClientDocument) -> None:
        """Clear the published diagnostics of a document that was closed."""
        self._cancel(document.uri)
        self._pulled.pop(document.uri, None)
        self.clear(document.texts())

    def clear(self, uris: Iterable[str]) -> None:
        """Clear the published diagnostics of client documents that no longer exist."""
        for uri in uris:
            self._send(uri, None, [])
            self._published.pop(uri, None)

    def stop(self) -> None:
        """Cancel all searches in progress."""
        for uri in list(self._tasks):
            self._cancel(uri)

    def _is_analysed(self, document: ClientDocument) -> bool:
        is_open = self._ls.documents.get(document.uri) is document
        return is_open and not document.unsupported and self._mode(document) != "off"

    async def _find_and_publish(self, document: ClientDocument) -> None:
        if await self._find_while_typing_pauses(document):
            self.publish_known(document)

    async def _until_known(self, document: ClientDocument) -> None:
        """Wait until the problems of the text are known and may be shown, or can't be found. Cancellable."""
        while self._is_analysed(document) and not (_is_known(document) and document.typing.is_paused):
            try:
                if not await while_unchanged(document, self._find_while_typing_pauses(document)):
                    return
            except JsonRpcContentModified:
                continue

    async def _find_while_typing_pauses(self, document: ClientDocument) -> bool:
        """Search for the problems soon after a change, and wait until they may be shown. Returns False if the worker
        failed. Cancellation cancels the worker's search."""
        await document.typing.until_paused(SEARCH_SECONDS)
        is_found = await self._find(document)
        await document.typing.until_paused()
        return is_found

    async def _find(self, document: ClientDocument) -> bool:
        """Let the worker find the problems of the present text, unless they are known or become so meanwhile. They stay
        unknown if the text or the settings change. Returns False if the worker failed.

        Cancellation cancels the worker's search.
        """
        async with document.searching:
            if _is_known(document):
                return True
            revisions, reported = (document.revision, self._settings_revision), document.reported_elsewhere
            try:
                with self._ls.status.searching():
                    found = await self._ls.worker.ask(AskProblems(document.uri, reported), PROBLEMS_BOUND)
            except WorkerGone as error:
                self._ls.log.warning("no diagnostics for %s: %s", document.uri, error)
                return False
            if revisions == (document.revision, self._settings_revision):
                self._take(document, found if isinstance(found, FoundProblems) else FoundProblems(), reported)
            return True

    def _take(self, document: ClientDocument, found: FoundProblems, reported: tuple[Reported, ...]) -> None:
        document.problems, document.problems_revision = found.problems, document.revision
        document.compared, document.elsewhere = reported, found.elsewhere
        if not self._ls.client.tells_other_diagnostics:
            self._ls.kinds_elsewhere |= found.kinds

    async def _compare_and_refresh(self, document: ClientDocument) -> None:
        """Ask the client to pull again, if other of our problems are to be shown than in the last pull.

        After a change of the text, and while it waits for an answer, the client gets to know it anyway. Cancellable.
        """
        try:
            is_found = await while_unchanged(document, self._find_while_typing_pauses(document))
        except JsonRpcContentModified:
            return
        is_waiting = self._waiting[document.uri] > 0
        if is_found and not is_waiting and self._visible(document) != self._pulled.get(document.uri):
            self.refresh()

    def _visible(self, document: ClientDocument) -> dict[str, list[types.Diagnostic]]:
        """Return the known problems as diagnostics by client document, without those that another tool reports."""
        gives_way = self._mode(document) == "auto"
        visible = (
            problem
            for problem in document.problems
            if not (gives_way and is_reported_elsewhere(self._ls, document, problem))
        )
        return diagnostics_of(document, visible, self._ls.client.encoding)

    def _mode(self, document: ClientDocument) -> str:
        return settings_for(self._ls, document).diagnostics

    def _publish(self, document: ClientDocument, diagnostics: dict[str, list[types.Diagnostic]]) -> None:
        texts = document.texts()
        for uri, found in diagnostics.items():
            self._send(uri, texts[uri].version, found)

    def _send(self, uri: str, version: int | None, diagnostics: list[types.Diagnostic]) -> None:
        """Send diagnostics, unless the client has the same for this version, or both the old and new list are empty."""
        published = self._published.get(uri, (None, []))
        if published == (version, diagnostics) or not (published[1] or diagnostics):
            return
        self._published[uri] = version, diagnostics
        shown_version = version if self._ls.client.versions_diagnostics else None
        self._ls.text_document_publish_diagnostics(
            types.PublishDiagnosticsParams(uri=uri, diagnostics=diagnostics, version=shown_version)
        )

    def _cancel(self, uri: str) -> None:
        if task := self._tasks.pop(uri, None):
            task.cancel()


def _is_known(document: ClientDocument) -> bool:
    """Return whether the problems of the present text are known, and compared with what other tools report."""
    return document.problems_revision == document.revision and document.compared == document.reported_elsewhere
