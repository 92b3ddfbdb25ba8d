"""The open documents: their texts, what is known of them, and the settings that hold for each.

A document is learnt in the background, a few milliseconds at a time, so that whoever asks finds it known.
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
from quickfix_ls.languages.language import FilePlace, Language
from quickfix_ls.settings import Rules, Settings, for_document
from quickfix_ls.tasks import start_logged
from quickfix_ls.values import Edit, Offer, Problem
from quickfix_ls.worker.calm import Calm
from quickfix_ls.worker.checking import CheckerReports
from quickfix_ls.worker.frames import ChangeText, Configure, Open
from quickfix_ls.worker.prefetch import Prefetch
from quickfix_ls.worker.type_lookup import Inferred

if TYPE_CHECKING:
    from anyio import TaskHandle
    from anyio.abc import TaskGroup

logger = logging.getLogger(__name__)

BREATH = 0.004
"""Seconds that background work may hold the loop before it looks for something more urgent."""


Known = tuple[Problem, str, tuple[str, ...]]


def answer_key(problem: Problem) -> Known:
    """What tells the answers about a problem apart: who found it and what is meant change them, though it is the same
    problem."""
    return problem, problem.origin, problem.hints


@dataclass
class OpenDocument:
    """One open document; `offers` are the finished answers about its present text, by `answer_key`, of
    `limit` offers each and under its `rules`, `asked` the problems among them that a model was asked about; `of_kind`
    those about all problems of a kind, by the error's type and who proposed the fix; `checked` is what the user's
    checkers found in it, and in what fixes would make of it; `inferred` is what types tell of it; `edited_at` is where
    the last edit was, and `prefetch` what is worked out about the present text before anybody asks."""

    uri: str
    revision: int
    path: str
    index: Index
    edited_at: int = 0
    rules: Rules = field(default_factory=Rules)
    limit: int = 0
    offers: dict[Known, tuple[Offer, ...]] = field(default_factory=dict)
    checked: CheckerReports = field(default_factory=dict)
    inferred: Inferred = field(default_factory=dict)
    asked: set[Problem] = field(default_factory=set)
    of_kind: dict[tuple[str, str], Offer | None] = field(default_factory=dict)
    prefetch: Prefetch = field(default_factory=Prefetch)
    is_notebook: bool = False
    indexing: TaskHandle[None] | None = None

    @property
    def language(self) -> Language:
        return languages.of(self.index.language.name)

    def expect(self, limit: int) -> None:
        """Let answers hold so many offers; those that hold another number are forgotten."""
        if limit != self.limit:
            self.limit = limit
            self.forget_answers()

    def forget_answers(self) -> None:
        """For when its text changes, or what its answers depend on."""
        self.prefetch.drop()
        self.offers.clear()
        # Who still looks into the old one, about the old text, keeps it.
        self.checked = {}
        self.asked.clear()
        self.of_kind.clear()


class Documents:
    """All open documents under the present configuration. They are learnt in `tasks`, only while all is `calm`."""

    def __init__(self, tasks: TaskGroup, calm: Calm) -> None:
        self._tasks = tasks
        self._calm = calm
        self._config = Configure("", ())
        self._open: dict[str, OpenDocument] = {}

    def get(self, uri: str) -> OpenDocument | None:
        """The open document with that uri, if there is one."""
        return self._open.get(uri)

    def configure(self, config: Configure) -> None:
        """Let another configuration hold; what was answered under the old one is forgotten."""
        self._config = config
        for document in self._open.values():
            document.forget_answers()
            document.inferred = {}
            now = document.index
            if self._environment(document.language, document.path, document.is_notebook) != now.environment:
                document.index = self.index(
                    now.snapshot, document.language, document.path, document.is_notebook, now.seams
                )
                self._index_soon(document)

    def open(self, message: Open) -> None:
        """Take a document in; one that is open already begins anew."""
        snapshot = Snapshot.of(_tame(message.text), message.uri, message.revision)
        language = languages.of(message.language)
        index = self.index(snapshot, language, message.path, message.notebook, message.seams)
        document = OpenDocument(message.uri, message.revision, message.path, index, is_notebook=message.notebook)
        self._open[message.uri] = document
        self._index_soon(document)

    def change(self, message: ChangeText) -> OpenDocument | None:
        """The changed document; None, and a warning in the log, where it is not open."""
        document = self._open.get(message.uri)
        if document is None:
            logger.warning("a change of a document that is not open was ignored: %s", message.uri)
            return None
        index = document.index
        for edit in message.edits:
            edit = edit if edit.span.start else Edit(edit.span, _tame(edit.text))
            index = index.edited(edit, message.revision, message.seams)
            document.edited_at = edit.span.start
        document.revision, document.index = message.revision, index
        document.forget_answers()
        document.inferred = {}
        return document

    def work_for(self, document: OpenDocument) -> None:
        """Give up what is worked out ahead for other documents: somebody waits."""
        for other in self._open.values():
            if other is not document:
                other.prefetch.drop()

    @property
    def roots(self) -> tuple[str, ...]:
        """The workspace folders."""
        return self._config.roots

    def close(self, uri: str) -> OpenDocument | None:
        """The document that was closed; None where it was not open."""
        closed = self._open.pop(uri, None)
        if closed is not None:
            closed.prefetch.drop()
            if closed.indexing is not None:
                closed.indexing.cancel()
        return closed

    def settings(self, path: str) -> Settings:
        """What holds for the file at `path`; what is wrong in it, the server says."""
        return for_document(path, self._config.roots, self._config.editor)[0]

    def index(
        self, snapshot: Snapshot, language: Language, path: str = "", notebook: bool = False, seams: Seams = ()
    ) -> Index:
        """The index of a text, in the environment that its file lives in; `notebook` and `seams` as in `Open`."""
        return language.index(snapshot, self._environment(language, path, notebook), seams)

    async def learn(self, document: OpenDocument, *, background: bool) -> None:
        """Learn every unit of a document, a few milliseconds at a time; begins again where an edit came
        between, at little cost, since what is known of a unit outlives edits elsewhere. Cancellable every few
        milliseconds; what was learnt so far is kept."""
        while not document.index.indexed:
            index, since = document.index, time.perf_counter()
            for unit in range(len(index.cuts)):
                index.facts(unit)
                if time.perf_counter() - since > BREATH:
                    await self._breathe(background)
                    since = time.perf_counter()
                    if index is not document.index:
                        break
            else:
                _ = index.summary

    async def _breathe(self, background: bool) -> None:
        """Let others work; in the `background`, until all is calm. Cancellable."""
        await anyio.sleep(0)
        if background:
            await self._calm.wait()

    def _index_soon(self, document: OpenDocument) -> None:
        if document.indexing is not None:
            document.indexing.cancel()
        document.indexing = start_logged(self._tasks, partial(self.learn, document, background=True), "learning")

    def _environment(self, language: Language, path: str, notebook: bool) -> object:
        version, roots = self.settings(path).target_version or "", self._config.roots
        return language.environment(FilePlace(path, roots, roots, version, patient=False, notebook=notebook))


def _tame(text: str) -> str:
    """The start of a document without a byte order mark, and as long as with it: to Python a form feed there
    is nothing at all, while a mark in a text (not in a file) is an invalid character."""
    return "\f" + text[1:] if text.startswith("\ufeff") else text
