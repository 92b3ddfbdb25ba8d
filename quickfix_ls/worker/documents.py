"""The open documents: their texts, what is known of them, and the settings that hold for each.

A document is learnt in the background, a few milliseconds at a time, so that whoever asks finds it known.
"""

from __future__ import annotations

import asyncio
import logging
import time
from dataclasses import dataclass, field

from quickfix_ls.analysis.index import Analysis
from quickfix_ls.documents.snapshot import Snapshot
from quickfix_ls.interpreters import modules_for, target_of
from quickfix_ls.languages.python.judge import HERE, Version
from quickfix_ls.settings import Rules, Settings, for_document
from quickfix_ls.values import Edit, Offer, Problem
from quickfix_ls.worker.checking import Checked
from quickfix_ls.worker.foresight import Foresight
from quickfix_ls.worker.frames import Change, Configure, Open
from quickfix_ls.worker.inferring import Inferred

logger = logging.getLogger(__name__)

BREATH = 0.004
"""Seconds that background work may hold the loop before it looks for something more urgent."""


Known = tuple[Problem, str, tuple[str, ...]]


def known_by(problem: Problem) -> Known:
    """What tells the answers about a problem apart: who found it and what is meant change them, though it is the same
    problem."""
    return problem, problem.origin, problem.hints


@dataclass
class Document:
    """One open document; `offers` are the finished answers about its present text, by `known_by`, of
    `limit` offers each and under its `rules`, `asked` the problems among them that a model was asked about; `together`
    those about all problems of a kind, by the error's type and who proposed the fix; `checked` is what the user's
    checkers found in it, and in what fixes would make of it; `inferred` is what types tell of it; `edited_at` is where
    the last edit was, and `foresight` what is worked out about the present text before anybody asks."""

    uri: str
    revision: int
    path: str
    analysis: Analysis
    edited_at: int = 0
    rules: Rules = field(default_factory=Rules)
    limit: int = 0
    offers: dict[Known, tuple[Offer, ...]] = field(default_factory=dict)
    checked: Checked = field(default_factory=dict)
    inferred: Inferred = field(default_factory=dict)
    asked: set[Problem] = field(default_factory=set)
    together: dict[tuple[str, str], Offer | None] = field(default_factory=dict)
    foresight: Foresight = field(default_factory=Foresight)
    indexing: asyncio.Task[None] | None = None

    def expect(self, limit: int) -> None:
        """Let answers hold so many offers; those that hold another number are forgotten."""
        if limit != self.limit:
            self.limit = limit
            self.forget_answers()

    def forget_answers(self) -> None:
        """For when its text changes, or what its answers depend on."""
        self.foresight.drop()
        self.offers.clear()
        # Who still looks into the old one, about the old text, keeps it.
        self.checked = {}
        self.asked.clear()
        self.together.clear()


class Documents:
    """All open documents under the present configuration. Background work goes on only while `calm` is set."""

    def __init__(self, calm: asyncio.Event) -> None:
        self._calm = calm
        self._config = Configure("", ())
        self._open: dict[str, Document] = {}

    def get(self, uri: str) -> Document | None:
        """The open document with that uri, if there is one."""
        return self._open.get(uri)

    def configure(self, config: Configure) -> None:
        """Let another configuration hold; what was answered under the old one is forgotten."""
        self._config = config
        for document in self._open.values():
            document.forget_answers()
            document.inferred = {}
            now, packages, beside = document.analysis, *modules_for(document.path, config.roots)
            if (self._target(document.path), packages, beside) != (now.target, now.packages, now.beside):
                document.analysis = self.analysis(now.snapshot, document.path, now.notebook, now.seams)
                self._index_soon(document)

    def open(self, message: Open) -> None:
        """Take a document in; one that is open already begins anew."""
        snapshot = Snapshot.of(_tame(message.text), message.uri, message.revision)
        analysis = self.analysis(snapshot, message.path, message.notebook, message.seams)
        document = Document(message.uri, message.revision, message.path, analysis)
        self._open[message.uri] = document
        self._index_soon(document)

    def change(self, message: Change) -> Document | None:
        """The changed document; None, and a warning in the log, where it is not open."""
        document = self._open.get(message.uri)
        if document is None:
            logger.warning("a change of a document that is not open was ignored: %s", message.uri)
            return None
        analysis = document.analysis
        for edit in message.edits:
            edit = edit if edit.span.start else Edit(edit.span, _tame(edit.text))
            analysis = analysis.edited(edit, message.revision, message.seams)
            document.edited_at = edit.span.start
        document.revision, document.analysis = message.revision, analysis
        document.forget_answers()
        document.inferred = {}
        return document

    def work_for(self, document: Document) -> None:
        """Give up what is worked out ahead for other documents: somebody waits."""
        for other in self._open.values():
            if other is not document:
                other.foresight.drop()

    @property
    def roots(self) -> tuple[str, ...]:
        """The workspace folders."""
        return self._config.roots

    def close(self, uri: str) -> Document | None:
        """The document that was closed; None where it was not open."""
        closed = self._open.pop(uri, None)
        if closed is not None:
            closed.foresight.drop()
            if closed.indexing is not None:
                closed.indexing.cancel()
        return closed

    def settings(self, path: str) -> Settings:
        """What holds for the file at `path`; what is wrong in it, the server says."""
        return for_document(path, self._config.roots, self._config.editor)[0]

    def analysis(
        self, snapshot: Snapshot, path: str = "", notebook: bool = False, seams: tuple[int, ...] = ()
    ) -> Analysis:
        """The analysis of a text for the Python version that its file is for; `notebook` and `seams` as in `Open`."""
        packages, beside = modules_for(path, self._config.roots)
        return Analysis.of(snapshot, self._target(path), packages, beside, notebook=notebook, seams=seams)

    async def index(self, document: Document, *, background: bool) -> None:
        """Learn every unit of a document, a few milliseconds at a time; begins again where an edit came
        between, at little cost, since what is known of a unit outlives edits elsewhere. Cancellable at every await."""
        while not document.analysis.indexed:
            analysis, since = document.analysis, time.perf_counter()
            for unit in range(len(analysis.cuts)):
                analysis.facts(unit)
                if time.perf_counter() - since > BREATH:
                    await self._breathe(background)
                    since = time.perf_counter()
                    if analysis is not document.analysis:
                        break
            else:
                analysis.binds("")

    async def _breathe(self, background: bool) -> None:
        await asyncio.sleep(0)
        if background:
            await self._calm.wait()

    def _index_soon(self, document: Document) -> None:
        if document.indexing is not None:
            document.indexing.cancel()
        document.indexing = asyncio.ensure_future(self.index(document, background=True))

    def _target(self, path: str) -> Version:
        """The Python version that a file is for: as set, else as its project says, else our own."""
        wanted = self.settings(path).target_version
        if wanted is not None:
            major, minor = wanted.split(".")
            return int(major), int(minor)
        return target_of(path, self._config.roots) or HERE


def _tame(text: str) -> str:
    """The start of a document without a byte order mark, and as long as with it: to Python a form feed there
    is nothing at all, while a mark in a text (not in a file) is an invalid character."""
    return "\f" + text[1:] if text.startswith("\ufeff") else text
