"""The open documents in the worker: their indexes, cached answers, and settings.

A document is indexed in the background, a few milliseconds at a time, so that its index is ready when a question comes.
"""

from __future__ import annotations

import logging
import time
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING

import anyio

from quickfix_ls import languages
from quickfix_ls.documents.snapshot import Snapshot
from quickfix_ls.index.index import Index
from quickfix_ls.index.seams import Seams
from quickfix_ls.languages.language import FilePlace, Language, head_of
from quickfix_ls.settings import Rules, Settings, for_document
from quickfix_ls.tasks import start_logged
from quickfix_ls.values import Edit, Offer, Problem
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

    @property
    def language(self) -> Language:
        """The document's language."""
        return languages.of(self.index.language.name)

    def expect(self, limit: int) -> None:
        """Set the number of offers in an answer; cached answers with another number are dropped."""
        if limit != self.limit:
            self.limit = limit
            self.forget_answers()

    def forget_answers(self) -> None:
        """Drop all cached answers, since the text or something else they depend on has changed."""
        self.prefetch.drop()
        self.fixing.drop()
        self.offers.clear()
        # New dictionaries: a check in progress, about the old text, still uses the old ones.
        self.checked = {}
        self.judged = {}
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

    def configure(self, config: Configure) -> None:
        """Apply another configuration; answers under the old one are dropped."""
        self._config = config
        for document in self._open.values():
            document.forget_answers()
            document.inferred = {}
            self._renew(document)

    @property
    def any_varies(self) -> bool:
        """Whether an open document has an environment that varies."""
        return any(document.language.environment_varies for document in self._open.values())

    def all_renewed(self) -> list[str]:
        """Call `renewed` for every open document; return the URIs of those whose environments have changed."""
        return [uri for uri, document in self._open.items() if self.renewed(document)]

    def renewed(self, document: OpenDocument) -> bool:
        """Make the environment of a document again if it varies and was not made within the last second; return whether
        it has changed. Then the document's problems and answers are not what they were."""
        now = time.monotonic()
        if not document.language.environment_varies or now - document.environment_made_at < RENEWAL_SECONDS:
            return False
        document.environment_made_at = now
        if not self._renew(document):
            return False
        document.forget_answers()
        document.inferred = {}
        return True

    def _renew(self, document: OpenDocument) -> bool:
        """Index a document again if its environment is another one now; return whether it is."""
        now = document.index
        environment = self._environment(document.language, document.path, document.is_notebook, now.snapshot.text)
        if environment == now.environment:
            return False
        document.index = document.language.index(now.snapshot, environment, now.seams)
        self._index_soon(document)
        return True

    def open(self, message: Open) -> None:
        """Open a document; if it is open already, it is replaced."""
        snapshot = Snapshot.of(_without_byte_order_mark(message.text), message.uri, message.revision)
        language = languages.of(message.language)
        index = self.index(snapshot, language, message.path, message.notebook, message.seams)
        document = OpenDocument(message.uri, message.revision, message.path, index, is_notebook=message.notebook)
        document.environment_made_at = time.monotonic()
        self._open[message.uri] = document
        self._index_soon(document)

    def change(self, message: ChangeText) -> OpenDocument | None:
        """Apply edits to a document and return it; None, and a warning in the log, if it is not open."""
        document = self._open.get(message.uri)
        if document is None:
            logger.warning("a change of a document that is not open was ignored: %s", message.uri)
            return None
        index = document.index
        for edit in message.edits:
            edit = edit if edit.span.start else Edit(edit.span, _without_byte_order_mark(edit.text))
            index = index.edited(edit, message.revision, message.seams)
            document.edited_at = edit.span.start
        document.revision, document.index = message.revision, index
        document.forget_answers()
        document.inferred = {}
        return document

    def work_for(self, document: OpenDocument) -> None:
        """Cancel the prefetches of other documents, since a question about this one waits."""
        for other in self._open.values():
            if other is not document:
                other.prefetch.drop()

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


def _without_byte_order_mark(text: str) -> str:
    """Return the text with a form feed in place of a byte order mark at its start, so that its length stays the same.

    Python ignores a form feed there; a byte order mark in a string (not in a file) is an invalid character to it.
    """
    return "\f" + text[1:] if text.startswith("\ufeff") else text
