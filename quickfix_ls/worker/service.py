"""What the worker knows and does: the analyses of the open documents, the pipeline, and the jobs under
way."""

from __future__ import annotations

import asyncio
import gc
import logging
import time
from collections.abc import Callable
from contextvars import ContextVar
from dataclasses import dataclass, field

from quickfix_ls.analysis.index import Analysis
from quickfix_ls.documents.snapshot import Snapshot
from quickfix_ls.interpreters import target_of
from quickfix_ls.languages.python.judge import HERE, Version
from quickfix_ls.never import name_of, refused_at
from quickfix_ls.pipeline import Budget, Pipeline
from quickfix_ls.problems import Reported, find_all, find_at
from quickfix_ls.settings import Rules, Settings, for_document, rules_for
from quickfix_ls.values import Edit, Offer, Problem
from quickfix_ls.worker.frames import (
    Answer,
    Ask,
    AskFixAll,
    AskFixKind,
    AskOffers,
    AskProblems,
    Cancel,
    Change,
    Close,
    Configure,
    Failed,
    Open,
    Question,
    Ready,
    ToServer,
    ToWorker,
)
from quickfix_ls.worker.loading import load, models_of
from quickfix_ls.worker.together import fix_together

logger = logging.getLogger(__name__)

REQUEST: ContextVar[str] = ContextVar("REQUEST", default="")
"""How the log calls the request that is being worked on; empty for work that nobody asked for."""

PROBLEMS_AT_ONE_PLACE = 3
BREATH = 0.004
"""Seconds that background work may hold the loop before it looks for something more urgent."""

Answered = tuple[tuple[Problem, tuple[Offer, ...]], ...]


@dataclass
class _Document:
    """One open document; `offers` are the finished answers about its present text, of `limit` offers each and under
    its `rules`, `together` those about all problems of a kind, by the error's type and who proposed the fix."""

    uri: str
    revision: int
    path: str
    analysis: Analysis
    rules: Rules = field(default_factory=Rules)
    limit: int = 0
    offers: dict[Problem, tuple[Offer, ...]] = field(default_factory=dict)
    together: dict[tuple[str, str], Offer | None] = field(default_factory=dict)
    indexing: asyncio.Task[None] | None = None


class Service:
    """Receives messages in order; changes are applied at once, questions become tasks that can be
    cancelled."""

    def __init__(self, send: Callable[[ToServer], None]) -> None:
        self.failure: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        """Done, with an error, when the service can't go on."""
        self._send = send
        self._documents: dict[str, _Document] = {}
        self._jobs: dict[int, asyncio.Task[None]] = {}
        self._urgent = 0
        self._calm = asyncio.Event()
        self._calm.set()
        self._settled = False
        self._config = Configure("", ())
        self._configuring: asyncio.Task[None] | None = None
        self._pipeline: Pipeline | None = None

    def receive(self, message: ToWorker) -> None:
        """Act on one message of the server."""
        if isinstance(message, Ask):
            self._jobs[message.id] = asyncio.ensure_future(self._job(message))
        elif isinstance(message, Cancel):
            if job := self._jobs.get(message.id):
                job.cancel()
        elif isinstance(message, Change):
            self._change(message)
        elif isinstance(message, Open):
            self._open(message)
        elif isinstance(message, Close):
            if (closed := self._documents.pop(message.uri, None)) and closed.indexing:
                closed.indexing.cancel()
        else:
            self._configuring = asyncio.ensure_future(self._configure(message, self._configuring))
            self._configuring.add_done_callback(self._fail)

    # -- configuration -------------------------------------------------------------------------------------

    def _fail(self, configuring: asyncio.Task[None]) -> None:
        """A worker without configuration is of no use to anybody."""
        if not configuring.cancelled() and (error := configuring.exception()) and not self.failure.done():
            self.failure.set_exception(error)

    async def _configure(self, config: Configure, before_this: asyncio.Task[None] | None) -> None:
        if before_this is not None:
            await before_this
        began, notice, before = time.perf_counter(), "", self._config
        self._config = config
        logging.getLogger("quickfix_ls").setLevel(logging.DEBUG if config.trace else logging.INFO)
        if self._pipeline is None or models_of(config) != models_of(before):
            self._pipeline, notice = load(config)
        for document in self._documents.values():
            self._forget_answers(document)
            if self._target(document.path) != document.analysis.target:
                document.analysis = self._analysis(document.analysis.snapshot, document.path)
                self._index_soon(document)
        if not self._settled:
            await self._settle()
        self._send(Ready(time.perf_counter() - began, notice))

    async def _settle(self) -> None:
        """Pay for first times now, and keep the collector away from what lives as long as the process.

        The thresholds follow measurements of the collector's share in the slowest requests: what a request
        makes is mostly freed by counting, so that looking for cycles seldom is cheap and seldom late.
        """
        self._settled = True
        analysis = self._analysis(Snapshot.of("import os\n\n\ndef f(x:\n    return lenght + len(x)\n\n\nprint(x)\n"))
        if (pipeline := self._pipeline) is not None:
            for problem in find_all(analysis):
                await pipeline.final_offers(analysis, problem, Budget(2.0, 3))
        gc.collect()
        gc.freeze()
        gc.set_threshold(50_000, 20, 50)
        gc.enable()

    # -- documents -----------------------------------------------------------------------------------------

    def _analysis(self, snapshot: Snapshot, path: str = "") -> Analysis:
        return Analysis.of(snapshot, self._target(path))

    def _target(self, path: str) -> Version:
        """The Python version that a document is for: as set, else as its project says, else our own."""
        wanted = self._settings(path).target_version
        if wanted is not None:
            major, minor = wanted.split(".")
            return int(major), int(minor)
        return target_of(path, self._config.roots) or HERE

    def _settings(self, path: str) -> Settings:
        """What holds for a document; what is wrong in it, the server says."""
        return for_document(path, self._config.roots, self._config.editor)[0]

    def _ruled(self, document: _Document) -> Pipeline | None:
        """The pipeline under the rules that hold for a document now; answers that were given under others are
        forgotten."""
        name = name_of(document.path, document.uri)
        rules = rules_for(self._settings(document.path), document.path)._replace(never=refused_at(name))
        if rules != document.rules:
            document.rules = rules
            self._forget_answers(document)
        return self._pipeline.under(rules, name) if self._pipeline else None

    def _forget_answers(self, document: _Document) -> None:
        document.offers.clear()
        document.together.clear()

    def _open(self, message: Open) -> None:
        snapshot = Snapshot.of(_tame(message.text), message.uri, message.revision)
        document = _Document(message.uri, message.revision, message.path, self._analysis(snapshot, message.path))
        self._documents[message.uri] = document
        self._index_soon(document)

    def _change(self, message: Change) -> None:
        document = self._documents.get(message.uri)
        if document is None:
            logger.warning("a change of a document that is not open was ignored: %s", message.uri)
            return
        analysis = document.analysis
        for edit in message.edits:
            edit = edit if edit.span.start else Edit(edit.span, _tame(edit.text))
            analysis = analysis.edited(edit, message.revision)
        document.revision, document.analysis = message.revision, analysis
        self._forget_answers(document)

    def _index_soon(self, document: _Document) -> None:
        if document.indexing is not None:
            document.indexing.cancel()
        document.indexing = asyncio.ensure_future(self._index(document, background=True))

    async def _index(self, document: _Document, *, background: bool) -> None:
        """Learn every unit of a document, a few milliseconds at a time; begins again where an edit came
        between, at little cost, since what is known of a unit outlives edits elsewhere."""
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

    # -- questions -----------------------------------------------------------------------------------------

    async def _job(self, ask: Ask) -> None:
        """Answer one question, whatever happens; a cancelled one is answered as such."""
        REQUEST.set(ask.label)
        urgent = not isinstance(ask.question, AskProblems)
        self._urgent += urgent
        if urgent:
            self._calm.clear()
        try:
            self._send(Answer(ask.id, await self._answer(ask.question)))
        except asyncio.CancelledError:
            self._send(Failed(ask.id))
        except Exception as error:
            logger.exception("a question could not be answered: %r", ask.question)
            self._send(Failed(ask.id, f"{type(error).__name__}: {error}"))
        finally:
            del self._jobs[ask.id]
            self._urgent -= urgent
            if not self._urgent:
                self._calm.set()

    async def _answer(self, question: Question) -> object:
        document = self._documents.get(question.uri)
        if document is None:
            return _NOTHING[type(question)]
        if isinstance(question, AskProblems):
            await self._index(document, background=True)
            return tuple(find_all(document.analysis))
        if not document.analysis.indexed:
            try:
                await asyncio.wait_for(self._index(document, background=False), question.seconds)
            except asyncio.TimeoutError:
                return _NOTHING[type(question)]
        if isinstance(question, AskFixAll):
            return await self._fix_all(document, question)
        if isinstance(question, AskFixKind):
            return await self._fix_kind(document, question)
        return await self._offers(document, question)

    async def _offers(self, document: _Document, question: AskOffers) -> Answered:
        began = time.perf_counter()
        until = began + question.seconds
        analysis = document.analysis
        reported = tuple(Reported(*one) for one in question.reported)
        answered = []
        pipeline = self._ruled(document)
        if question.limit != document.limit:
            document.limit = question.limit
            document.offers.clear()
        problems = find_at(analysis, question.span, reported)[:PROBLEMS_AT_ONE_PLACE]
        logger.debug("problems n=%d ms=%.1f", len(problems), (time.perf_counter() - began) * 1000)
        for problem in problems:
            offers = document.offers.get(problem)
            logger.debug(
                "problem %s %r at=%d known=%s", problem.error_type, problem.message, problem.span.start, bool(offers)
            )
            if offers is None:
                left = until - time.perf_counter()
                if left <= 0:
                    break
                budget = Budget(left, question.limit)
                offers = await pipeline.final_offers(analysis, problem, budget) if pipeline else ()
                # An answer that its budget may have cut short is not kept for the next who asks.
                if time.perf_counter() < until and analysis is document.analysis:
                    document.offers[problem] = offers
            answered.append((problem, offers[: question.limit]))
        return tuple(answered)

    async def _fix_all(self, document: _Document, question: AskFixAll) -> tuple[tuple[Edit, ...], tuple[Offer, ...]]:
        pipeline = self._ruled(document)
        if pipeline is None:
            return (), ()
        mended = await pipeline.fix_all(document.analysis, Budget(question.seconds, 1), seconds=question.seconds)
        return mended.edits, mended.applied

    async def _fix_kind(self, document: _Document, question: AskFixKind) -> Offer | None:
        """Like a fix of all, for the problems of one kind: the same error, or the same proposer of the fix. None
        where the time does not suffice for all."""
        like, pipeline = question.offer, self._ruled(document)
        kind = like.problem.error_type, like.candidate.source
        if kind not in document.together:
            began, analysis = time.perf_counter(), document.analysis
            together = await fix_together(pipeline, analysis, question) if pipeline else None
            if time.perf_counter() - began >= question.seconds or analysis is not document.analysis:
                return None
            document.together[kind] = together
        return document.together[kind]


_NOTHING: dict[type, object] = {AskOffers: (), AskFixAll: ((), ()), AskFixKind: None, AskProblems: ()}
"""The answers where nothing is known."""


def _tame(text: str) -> str:
    """The start of a document without a byte order mark, and as long as with it: to Python a form feed there
    is nothing at all, while a mark in a text (not in a file) is an invalid character."""
    return "\f" + text[1:] if text.startswith("\ufeff") else text
