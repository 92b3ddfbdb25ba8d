"""The open documents in the worker: their indexes, cached answers, and settings.

A document is indexed in the background, a few milliseconds at a time, so that its index is ready when a question comes.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING

import anyio

from quickfix_ls import languages
from quickfix_ls.documents.embedded_view import EmbeddedView
from quickfix_ls.documents.snapshot import Snapshot
from quickfix_ls.index.index import Index
from quickfix_ls.index.seams import Seams
from quickfix_ls.languages.embedding import Layer, layers_in, own_view
from quickfix_ls.languages.language import FilePlace, Language, head_of
from quickfix_ls.settings import Rules, Settings, for_document
from quickfix_ls.tasks import start_logged
from quickfix_ls.values import Edit, Offer, Problem, Span
from quickfix_ls.worker.calm import Calm
from quickfix_ls.worker.checking import CheckerReports, Judgements
from quickfix_ls.worker.frames import ChangeText, Configure, Open
from quickfix_ls.worker.prefetch import Prefetch
from quickfix_ls.worker.type_lookup import Inferred

if TYPE_CHECKING:
    from anyio import TaskHandle
    from anyio.abc import TaskGroup

logger = logging.getLogger(__name__)

YIELD_SECONDS = 0.004
"""Time limit of background work before it yields to more urgent work."""

RENEWAL_SECONDS = 1.0
"""Time after which the environment of a document is made again, if it varies."""

AnswerKey = tuple[Problem, str, tuple[str, ...]]


def answer_key(problem: Problem) -> AnswerKey:
    """Return the cache key of the answer about a problem: equal problems of another origin, or with other hints, have
    other answers."""
    return problem, problem.origin, problem.hints


@dataclass
class OpenDocument:
    """An open document with its index and the cached answers about its present text.

    `offers` are the answers by `answer_key`, of at most `limit` offers each and under its `rules`; `asked` are the
    problems that a model was asked about; `of_kind` are the fixes of all problems of a kind, by error code and source,
    and `fixing` the search for one.
    `checked` are the checkers' diagnostics of its text and of fixed texts, `judged` the judge's proofs of fixed texts;
    `inferred` are the inferred types.
    `edited_at` is the offset of the last edit, `prefetch` the answer computed ahead, `indexing` the background task.
    `is_learnt` and `has_asked_for_types` tell what has been done ahead of the first question (`learning`);
    `environment_made_at` is the time (`time.monotonic`) when its environment was looked at last.

    `source` is the editor's text if that of the index is a `view` of it, in which something is masked; else both are
    None. `embedded` are the texts of other languages in it as far as they were asked for, by language and flavor (see
    `Fragment`); those of the revision `embedded_revision`. `embedded_environments` are the environments of their
    languages, which are made again when the document's is.
    """

    uri: str
    revision: int
    path: str
    index: Index
    edited_at: int = 0
    rules: Rules = field(default_factory=Rules)
    limit: int = 0
    offers: dict[AnswerKey, tuple[Offer, ...]] = field(default_factory=dict)
    checked: CheckerReports = field(default_factory=dict)
    judged: Judgements = field(default_factory=dict)
    inferred: Inferred = field(default_factory=dict)
    asked: set[Problem] = field(default_factory=set)
    of_kind: dict[tuple[str, str], Offer | None] = field(default_factory=dict)
    prefetch: Prefetch = field(default_factory=Prefetch)
    fixing: Prefetch = field(default_factory=Prefetch)
    is_notebook: bool = False
    is_learnt: bool = False
    has_asked_for_types: bool = False
    environment_made_at: float = 0.0
    indexing: TaskHandle[None] | None = None
    view: EmbeddedView | None = None
    source: Snapshot | None = None
    embedded: dict[tuple[str, str], OpenDocument] = field(default_factory=dict)
    embedded_revision: int = -1
    embedded_environments: dict[str, object] = field(default_factory=dict)

    @property
    def text(self) -> Snapshot:
        """The editor's text."""
        return self.index.snapshot if self.source is None else self.source

    @property
    def language(self) -> Language:
        """The document's language."""
        return languages.of(self.index.language.name)

    def expect(self, limit: int) -> None:
        """Set the number of offers in an answer; cached answers with another number are dropped."""
        if limit != self.limit:
            self.limit = limit
            self._forget_offers()

    def forget_answers(self) -> None:
        """Drop all cached answers, those of embedded texts too, since something that they depend on has changed."""
        self.forget_own_answers()
        for part in self.embedded.values():
            part.forget_answers()

    def forget_own_answers(self) -> None:
        """Drop the cached answers about the document's own language, since its text has changed."""
        self._forget_offers()
        # New dictionaries: a check in progress, about the old text, still uses the old ones.
        self.checked = {}
        self.judged = {}

    def _forget_offers(self) -> None:
        self.prefetch.drop()
        self.fixing.drop()
        self.offers.clear()
        self.asked.clear()
        self.of_kind.clear()


class Documents:
    """All open documents under the present configuration. Tasks of the group `tasks` index them while it is `calm`."""

    def __init__(self, tasks: TaskGroup, calm: Calm) -> None:
        self._tasks = tasks
        self._calm = calm
        self._config = Configure("", ())
        self._open: dict[str, OpenDocument] = {}

    def get(self, uri: str) -> OpenDocument | None:
        """Return the open document with a URI; None if there is none."""
        return self._open.get(uri)

    def has(self, part: OpenDocument) -> bool:
        """Return whether a document is open, or a part of one that is, as it is now."""
        document = self._open.get(part.uri)
        return document is not None and (document is part or any(part is other for other in document.embedded.values()))

    def configure(self, config: Configure) -> None:
        """Apply another configuration; answers under the old one are dropped."""
        self._config = config
        for document in self._open.values():
            document.forget_answers()
            document.inferred = {}
            self._renew(document, always=True)

    @property
    def all_open(self) -> tuple[OpenDocument, ...]:
        """The open documents."""
        return tuple(self._open.values())

    def all_renewed(self) -> list[str]:
        """Call `renewed` for every open document; return the URIs of those whose environments have changed."""
        return [uri for uri, document in self._open.items() if self.renewed(document)]

    def renewed(self, document: OpenDocument) -> bool:
        """Make the environment of a document again if it varies and was not made within the last second; return whether
        it has changed. Then the document's problems and answers are not what they were."""
        now = time.monotonic()
        if not _varies(document) or now - document.environment_made_at < RENEWAL_SECONDS:
            return False
        document.environment_made_at = now
        if not self._renew(document):
            return False
        document.forget_answers()
        document.inferred = {}
        return True

    def _renew(self, document: OpenDocument, *, always: bool = False) -> bool:
        """Index a document again if its environment is another one now, and the texts of other languages in it if
        theirs is; return whether one is. Environments that don't vary are made again only if `always`."""
        now, parts = document.index, dict(document.embedded)
        document.embedded_revision = -1
        document.embedded_environments.clear()
        if always or document.language.environment_varies:
            text = document.text
            environment = self._environment(document.language, document.path, document.is_notebook, text.text)
            if environment != now.environment:
                self._set_text(document, text, now.seams, environment)
                self._index_soon(document)
                return True
        return bool(parts) and any(parts.get(key) is not part for key, part in self._embedded(document).items())

    def open(self, message: Open) -> None:
        """Open a document; if it is open already, it is replaced."""
        snapshot = Snapshot.of(_without_byte_order_mark(message.text), message.uri, message.revision)
        language = languages.of(message.language)
        environment = self._environment(language, message.path, message.notebook, snapshot.text)
        index, view = _read(language, environment, snapshot, message.seams)
        document = OpenDocument(message.uri, message.revision, message.path, index, is_notebook=message.notebook)
        document.view, document.source = view, snapshot if view is not None else None
        document.environment_made_at = time.monotonic()
        self._open[message.uri] = document
        self._index_soon(document)

    def change(self, message: ChangeText) -> OpenDocument | None:
        """Apply edits to a document and return it; None, and a warning in the log, if it is not open."""
        document = self._open.get(message.uri)
        if document is None:
            logger.warning("a change of a document that is not open was ignored: %s", message.uri)
            return None
        if document.source is None:
            index = document.index
            for edit in self._edits(document, message):
                index = index.edited(edit, message.revision, message.seams)
            document.index = index
            if document.language.embedding.masked(index.snapshot.text) is not None:
                self._set_text(document, index.snapshot, index.seams, index.environment)
        else:
            source = document.source
            for edit in self._edits(document, message):
                source = source.edited(edit, message.revision)
            self._set_text(document, source, message.seams or (), document.index.environment)
        document.revision = message.revision
        document.forget_own_answers()
        document.inferred = {}
        return document

    def embedded_in(self, document: OpenDocument) -> Sequence[OpenDocument]:
        """Return the texts of other languages in a document, as documents of their own: their `view` maps them to it.

        What is known of their statements is kept as long as the environment is the same.
        """
        return tuple(self._embedded(document).values())

    def work_for(self, document: OpenDocument) -> None:
        """Cancel the prefetches of other documents, since a question about this one waits."""
        for other in self._open.values():
            if other is not document:
                other.prefetch.drop()
                for part in other.embedded.values():
                    part.prefetch.drop()

    @property
    def roots(self) -> tuple[str, ...]:
        """The workspace folders."""
        return self._config.roots

    def close(self, uri: str) -> OpenDocument | None:
        """Close a document and return it; None if it was not open."""
        closed = self._open.pop(uri, None)
        if closed is not None:
            closed.prefetch.drop()
            closed.fixing.drop()
            for part in closed.embedded.values():
                part.forget_answers()
            if closed.indexing is not None:
                closed.indexing.cancel()
        return closed

    def settings(self, path: str) -> Settings:
        """Return the settings of the file at `path`. Errors in them are reported by the server."""
        return for_document(path, self._config.roots, self._config.editor)[0]

    def index(
        self, snapshot: Snapshot, language: Language, path: str = "", notebook: bool = False, seams: Seams = ()
    ) -> Index:
        """Return the index of a text in the environment of its file; `notebook` and `seams` as in `Open`."""
        return language.index(snapshot, self._environment(language, path, notebook, snapshot.text), seams)

    async def index_units(self, document: OpenDocument, *, background: bool) -> None:
        """Index every unit of a document, yielding every few milliseconds, in the `background` until it is calm.

        Starts again after an edit, at little cost, since the facts of a unit survive edits elsewhere. Cancellable every
        few milliseconds; the facts so far are kept.
        """
        while not document.index.indexed:
            index, since = document.index, time.perf_counter()
            for unit in range(len(index.cuts)):
                index.facts(unit)
                if time.perf_counter() - since > YIELD_SECONDS:
                    await self._yield(background)
                    since = time.perf_counter()
                    if index is not document.index:
                        break
            else:
                _ = index.summary

    async def _yield(self, background: bool) -> None:
        """Yield to other tasks; in the `background`, until it is calm. Cancellable."""
        await anyio.sleep(0)
        if background:
            await self._calm.wait()

    def _embedded(self, document: OpenDocument) -> dict[tuple[str, str], OpenDocument]:
        """Return the texts of other languages in a document, after an update if its text or an environment changed."""
        if document.embedded_revision == document.revision:
            return document.embedded
        text, found = document.text.text, {}

        def environment_of(language: Language) -> object:
            known = document.embedded_environments
            if language.name not in known:
                known[language.name] = self._environment(language, document.path, False, text)
            return known[language.name]

        for layer in layers_in(document.language, document.uri, text, languages.of, environment_of):
            key = layer.language.name, layer.flavor
            found[key] = part = self._part(document, document.embedded.get(key), layer)
            at = layer.view.to_view(document.uri, Span(document.edited_at, document.edited_at))
            part.view, part.revision, part.edited_at = layer.view, document.revision, at.start if at else 0
        for key, part in document.embedded.items():
            if found.get(key) is not part:
                part.forget_answers()
        document.embedded, document.embedded_revision = found, document.revision
        return found

    def _part(self, document: OpenDocument, known: OpenDocument | None, layer: Layer) -> OpenDocument:
        """Return a text in a document as a document: the `known` one if neither text nor environment has changed."""
        text, seams = layer.view.text, layer.view.seams
        if known is not None and (known.index.snapshot.text, known.index.seams) == (text, seams):
            return known if known.index.environment == layer.environment else self._new_part(document, layer)
        return self._new_part(document, layer)

    def _new_part(self, document: OpenDocument, layer: Layer) -> OpenDocument:
        """Return a text in a document as a document of its own."""
        text, seams = layer.view.text, layer.view.seams
        snapshot = Snapshot.of(text, document.uri, document.revision)
        index = layer.language.index(snapshot, layer.environment, seams)
        return OpenDocument(document.uri, document.revision, document.path, index)

    def _set_text(self, document: OpenDocument, text: Snapshot, seams: Seams, environment: object) -> None:
        """Give a document the editor's text, or a view of it where its language masks something in it."""
        document.index, document.view = _read(document.language, environment, text, seams)
        document.source = text if document.view is not None else None

    def _edits(self, document: OpenDocument, message: ChangeText) -> Iterator[Edit]:
        """Yield the edits of a change, which is remembered as the last one of the document."""
        for edit in message.edits:
            document.edited_at = edit.span.start
            yield edit if edit.span.start else Edit(edit.span, _without_byte_order_mark(edit.text))

    def _index_soon(self, document: OpenDocument) -> None:
        if document.indexing is not None:
            document.indexing.cancel()
        document.indexing = start_logged(self._tasks, partial(self.index_units, document, background=True), "indexing")

    def _environment(self, language: Language, path: str, notebook: bool, text: str) -> object:
        settings, roots = self.settings(path), self._config.roots
        version, head = settings.target_version or "", head_of(text) if language.environment_varies else ""
        return language.environment(
            FilePlace(path, roots, roots, version, patient=False, notebook=notebook, settings=settings, head=head)
        )


def _varies(document: OpenDocument) -> bool:
    """Return whether the environment of a document varies, or that of a text in it."""
    parts = document, *document.embedded.values()
    return any(part.language.environment_varies for part in parts)


def _read(language: Language, environment: object, text: Snapshot, seams: Seams) -> tuple[Index, EmbeddedView | None]:
    """Return the index of a document with the editor's `text`, and the view that it is an index of; None if nothing is
    masked."""
    view = own_view(language, text.uri, text.text, environment)
    if view is None:
        return language.index(text, environment, seams), None
    return language.index(Snapshot.of(view.text, text.uri, text.version), environment, view.seams), view


def _without_byte_order_mark(text: str) -> str:
    """Return the text with a form feed in place of a byte order mark at its start, so that its length stays the same.

    Python ignores a form feed there; a byte order mark in a string (not in a file) is an invalid character to it.
    """
    return "\f" + text[1:] if text.startswith("\ufeff") else text
