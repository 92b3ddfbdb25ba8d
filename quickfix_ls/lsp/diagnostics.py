"""Publishing our own findings: late enough not to flicker while somebody types, never about an old text. A client
that pulls diagnostics gets the same ones when it asks, and none unasked."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from typing import TYPE_CHECKING, cast

from lsprotocol import types

from quickfix_ls.documents.snapshot import Snapshot
from quickfix_ls.lsp import configuration
from quickfix_ls.lsp.client_documents import ClientDocument, while_unchanged
from quickfix_ls.lsp.encode import SOURCE, diagnostics_of, reports
from quickfix_ls.lsp.pull import refresh
from quickfix_ls.values import Problem, Reported, Span
from quickfix_ls.worker.client import WorkerGone
from quickfix_ls.worker.frames import AskProblems

if TYPE_CHECKING:
    from quickfix_ls.lsp.session import QuickfixServer

DEBOUNCE_SECONDS = 0.15
PROBLEMS_BOUND = 120.0
"""Seconds after which a worker that looks for problems in the background is taken to hang."""


class Publisher:
    """What was published for each document, and the look-outs under way."""

    def __init__(self, server: QuickfixServer) -> None:
        self._ls = server
        self._tasks: dict[str, asyncio.Task[None]] = {}
        self._published: dict[str, tuple[int | None, list[types.Diagnostic]]] = {}

    def schedule(self, document: ClientDocument, delay: float = DEBOUNCE_SECONDS) -> None:
        """Look for problems after `delay` seconds, unless asked again before; publishes when they are known."""
        self._cancel(document.uri)
        if document.silence or self._ls.client.pulls_diagnostics:
            return
        if self._wish(document) == "off":
            document.problems, document.problems_at = (), -1
            self._publish(document, diagnostics_of(document, (), self._ls.client.encoding))
            return
        self._tasks[document.uri] = asyncio.ensure_future(self._look(document, delay))

    def learn(self, document: ClientDocument, span: Span, reported: tuple[Reported, ...]) -> None:
        """Remember what other tools report on the lines of `span`; in `auto`, theirs take the place of ours."""
        snapshot = document.snapshot
        start = snapshot.line_span(snapshot.line_at(span.start)).start
        end = snapshot.line_span(snapshot.line_at(span.end)).end
        elsewhere = (one for one in document.foreign if one.span.end < start or end < one.span.start)
        foreign = (*elsewhere, *(one for one in reported if one.source != SOURCE))
        if foreign != document.foreign:
            before = self._visible(document)
            document.foreign = foreign
            if not self._ls.client.pulls_diagnostics:
                self.show(document)
            elif self._visible(document) != before:
                self.refresh()

    def show(self, document: ClientDocument) -> None:
        """Publish what is known of the document's present text, if anything is."""
        if document.problems_at == document.revision and self._wish(document) != "off":
            self._publish(document, self._visible(document))

    def show_anew(self, uri: str) -> None:
        """Let the client ask for actions again, since there are better ones: no request says so, but diagnostics that
        come anew do."""
        document = self._ls.documents.get(uri)
        if document is None:
            return
        if self._ls.client.pulls_diagnostics:
            self.refresh()
        elif not self._published.keys().isdisjoint(document.texts()):
            for one in document.texts():
                self._published.pop(one, None)
            self.show(document)

    def follow_settings(self) -> None:
        """Bring what was published, or pulled, up to date with new settings and folders."""
        for document in self._ls.documents.values():
            document.problems_at = -1
            self.schedule(document, delay=0)
        self.refresh()

    def refresh(self) -> None:
        """Let a client that pulls, and can be told so, pull again."""
        if self._ls.client.pulls_diagnostics and self._ls.client.refreshes_diagnostics:
            self._ls.in_background(refresh(self._ls))

    async def wanted(self, document: ClientDocument, uri: str) -> list[types.Diagnostic]:
        """What a client that pulls should show for `uri`: a document, or a cell of it. Raises JsonRpcContentModified
        when the document's text changes meanwhile. Cancellation stops the work."""
        if document.silence or self._wish(document) == "off":
            return []
        if document.problems_at != document.revision:
            await while_unchanged(document, self._find(document))
        return self._visible(document).get(uri, [])

    def forget(self, document: ClientDocument) -> None:
        """Clear what was published for a document that was closed."""
        self._cancel(document.uri)
        self.clear(document.texts())

    def clear(self, uris: Iterable[str]) -> None:
        """Clear what was published for the client's documents, which are no more."""
        for uri in uris:
            self._send(uri, None, [])
            self._published.pop(uri, None)

    def stop(self) -> None:
        for uri in list(self._tasks):
            self._cancel(uri)

    async def _look(self, document: ClientDocument, delay: float) -> None:
        await asyncio.sleep(delay)
        if await self._find(document):
            self.show(document)

    async def _find(self, document: ClientDocument) -> bool:
        """Have the worker find the problems of the present text; whether it has, before the text changed."""
        revision = document.revision
        try:
            found = await self._ls.worker.ask(AskProblems(document.uri), PROBLEMS_BOUND)
        except WorkerGone as error:
            self._ls.log.warning("no diagnostics for %s: %s", document.uri, error)
            return False
        if document.revision != revision:
            return False
        document.problems, document.problems_at = cast(tuple[Problem, ...], found or ()), revision
        return True

    def _visible(self, document: ClientDocument) -> dict[str, list[types.Diagnostic]]:
        """The known problems as diagnostics by the client's documents, without those that another tool shows."""
        gives_way = self._wish(document) == "auto"
        visible = (one for one in document.problems if not (gives_way and self._is_covered(document, one)))
        return diagnostics_of(document, visible, self._ls.client.encoding)

    def _wish(self, document: ClientDocument) -> str:
        return configuration.of(self._ls, document).diagnostics

    def _is_covered(self, document: ClientDocument, problem: Problem) -> bool:
        snapshot: Snapshot = document.snapshot
        return any(reports(snapshot, one, problem) for one in document.foreign)

    def _publish(self, document: ClientDocument, diagnostics: dict[str, list[types.Diagnostic]]) -> None:
        texts = document.texts()
        for uri, found in diagnostics.items():
            self._send(uri, texts[uri].version, found)

    def _send(self, uri: str, version: int | None, diagnostics: list[types.Diagnostic]) -> None:
        """Send the list, unless the client has exactly this already for this version, or has and gets none."""
        standing = self._published.get(uri, (None, []))
        if standing == (version, diagnostics) or not (standing[1] or diagnostics):
            return
        self._published[uri] = version, diagnostics
        told = version if self._ls.client.versions_diagnostics else None
        self._ls.text_document_publish_diagnostics(
            types.PublishDiagnosticsParams(uri=uri, diagnostics=diagnostics, version=told)
        )

    def _cancel(self, uri: str) -> None:
        if task := self._tasks.pop(uri, None):
            task.cancel()
