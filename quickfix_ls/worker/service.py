"""What the worker does with the server's messages: configures the pipeline, keeps the documents up to date, and
answers questions side by side.

Every question, and all work in the background, is a task of one group, which lasts as long as `serving`.
"""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, nullcontext
from contextvars import ContextVar
from functools import partial
from typing import TYPE_CHECKING

from anyio import CancelScope, Event, move_on_after

from quickfix_ls import languages
from quickfix_ls.checkers.serving import Servers
from quickfix_ls.documents.snapshot import Snapshot
from quickfix_ls.languages import EXPECTED
from quickfix_ls.languages.language import Language, TypeService
from quickfix_ls.pipeline import Pipeline
from quickfix_ls.problems import find_all
from quickfix_ls.refused_changes import name_of, refused_at
from quickfix_ls.settings import rules_for
from quickfix_ls.tasks import background, start_logged
from quickfix_ls.values import Problem
from quickfix_ls.worker.answers import SPARE_OFFERS, fix_kind, offers_at, safe_fixes, work_ahead
from quickfix_ls.worker.calm import Calm
from quickfix_ls.worker.checking import Checking
from quickfix_ls.worker.frames import (
    Answer,
    Ask,
    AskFixAll,
    AskFixKind,
    AskOffers,
    AskProblems,
    Cancel,
    ChangeText,
    Close,
    Configure,
    Failed,
    Late,
    Open,
    Question,
    Ready,
    ToServer,
    ToWorker,
)
from quickfix_ls.worker.generation import DocumentModels, Generations
from quickfix_ls.worker.loading import load, warm_up
from quickfix_ls.worker.open_documents import Documents, OpenDocument
from quickfix_ls.worker.type_lookup import TypeLookup

if TYPE_CHECKING:
    from anyio import TaskHandle
    from anyio.abc import TaskGroup

logger = logging.getLogger(__name__)

REQUEST: ContextVar[str] = ContextVar("REQUEST", default="")
"""How the log calls the request that is being worked on; empty for work that nobody asked for."""


@asynccontextmanager
async def serving(send: Callable[[ToServer], None]) -> AsyncIterator[Service]:
    """A service for as long as the context lasts; `send` takes what it has to say.

    When the context is left, by its end or by cancellation, all that is under way is cancelled and waited for; then the
    ways to models are closed, and the processes that were started are stopped.
    """
    service: Service | None = None
    try:
        async with background() as tasks:
            service = Service(send, tasks)
            yield service
    finally:
        if service is not None:
            with CancelScope(shield=True):
                await service.release()


class Service:
    """Receives messages in order; changes are applied at once, questions become tasks that can be cancelled."""

    def __init__(self, send: Callable[[ToServer], None], tasks: TaskGroup) -> None:
        self._send = send
        self._tasks = tasks
        self._over = Event()
        self._failure: Exception | None = None
        self._jobs: dict[int, TaskHandle[None]] = {}
        self._calm = Calm()
        self._documents = Documents(tasks, self._calm)
        self._settled = False
        self._config = Configure("", ())
        self._configuring: TaskHandle[None] | None = None
        self._pipelines: dict[str, Pipeline | None] = {}
        self._generations = Generations(tasks)
        self._servers = Servers(tasks)
        self._types: dict[str, TypeService] = {}

    def receive(self, message: ToWorker) -> None:
        """Act on one message of the server."""
        if isinstance(message, Ask):
            self._jobs[message.id] = start_logged(self._tasks, partial(self._job, message), "answering")
        elif isinstance(message, Cancel):
            if job := self._jobs.get(message.id):
                job.cancel()
        elif isinstance(message, ChangeText):
            if changed := self._documents.change(message):
                self._generations.drop_obsolete(changed.index.snapshot.text, changed.path)
        elif isinstance(message, Open):
            self._documents.open(message)
        elif isinstance(message, Close):
            if closed := self._documents.close(message.uri):
                self._generations.drop_obsolete("", closed.path)
        else:
            self._configuring = self._tasks.start_soon(self._configure, message, self._configuring)

    def end(self) -> None:
        """Let `until_over` return."""
        self._over.set()

    async def until_over(self) -> None:
        """Wait for `end`. Raises the error that keeps the service from going on, where there is one: without a
        configuration it is of no use to anybody. Cancellable."""
        await self._over.wait()
        if self._failure is not None:
            raise self._failure

    async def release(self) -> None:
        """Close the ways to models, and stop the processes that were started. Cancellation leaves some of them."""
        await self._generations.aclose()
        await self._servers.aclose()
        for service in self._types.values():
            await service.aclose()

    # -- configuration -------------------------------------------------------------------------------------

    async def _configure(self, config: Configure, before_this: TaskHandle[None] | None) -> None:
        """Let a configuration hold once the one before does. Cancellation leaves the service without."""
        if before_this is not None:
            await before_this.wait()
        try:
            await self._apply(config)
        except Exception as error:
            self._failure = error
            self._over.set()

    async def _apply(self, config: Configure) -> None:
        """Load what is new in a configuration, and say that it holds. Cancellation leaves the service without."""
        began, notice, before = time.perf_counter(), "", self._config
        expected = languages.of(EXPECTED)
        self._config = config
        logging.getLogger("quickfix_ls").setLevel(logging.DEBUG if config.trace else logging.INFO)
        if config.selector != before.selector or not self._pipelines:
            self._pipelines.clear()
            notice = self._load(expected)
        self._documents.configure(config)
        if not self._settled:
            self._settled = True
            sample = self._documents.index(Snapshot.of(expected.sample), expected)
            await warm_up(self._pipelines[expected.name], sample)
        self._send(Ready(time.perf_counter() - began, notice))

    def _load(self, language: Language) -> str:
        """Load the pipeline of a language; what the user should know of it, or empty."""
        self._pipelines[language.name], notice = load(self._config, language)
        return notice

    # -- questions -----------------------------------------------------------------------------------------

    async def _job(self, ask: Ask) -> None:
        """Answer one question, whatever happens. Cancellation ends all that is done for it; the server is told."""
        REQUEST.set(ask.label)
        answer: Answer | Failed = Failed(ask.id)
        try:
            with nullcontext() if isinstance(ask.question, AskProblems) else self._calm.disturbed():
                answer = Answer(ask.id, await self._answer(ask.question))
        except Exception as error:
            logger.exception("a question could not be answered: %r", ask.question)
            answer = Failed(ask.id, f"{type(error).__name__}: {error}")
        finally:
            del self._jobs[ask.id]
            self._send(answer)

    async def _answer(self, question: Question) -> object:
        """The answer to a question under the configuration that was sent before it; that of no knowledge where its
        document is not known in time. Cancellable."""
        if self._configuring is not None:
            await self._configuring.wait()
        document = self._documents.get(question.uri)
        if document is None:
            return _NOTHING[type(question)]
        if isinstance(question, AskProblems):
            await self._documents.learn(document, background=True)
            found = tuple(find_all(document.index))
            start_logged(self._tasks, partial(self._look_ahead, document, found), "looking ahead")
            return found
        self._documents.work_for(document)
        if not document.index.indexed:
            with move_on_after(question.seconds):
                await self._documents.learn(document, background=False)
            if not document.index.indexed:
                return _NOTHING[type(question)]
        pipeline = self._ruled(document)
        if pipeline is None:
            return _NOTHING[type(question)]
        if isinstance(question, AskFixAll):
            return await safe_fixes(document, pipeline, question)
        if isinstance(question, AskFixKind):
            return await fix_kind(document, pipeline, question)
        models, checking = self._models(document, question), self._checking(document, question)
        return await offers_at(document, pipeline, question, models, checking, self._type_lookup(document))

    async def _look_ahead(self, document: OpenDocument, found: tuple[Problem, ...]) -> None:
        """Have known what is likely asked about next, while nobody waits for anything. Cancellable."""
        pipeline, settings = self._ruled(document), self._documents.settings(document.path)
        if pipeline is None:
            return
        work = document.language.prepare(document.index, found)
        if work is not None:
            # Cancellation ends the waiting; the thread goes on.
            await asyncio.to_thread(work)
            document.forget_answers()
        if self._calm.is_calm and self._documents.get(document.uri) is document:
            limit = settings.max_offers + (SPARE_OFFERS if settings.checkers else 0)
            work_ahead(document, pipeline, found, limit, self._tasks)

    def _checking(self, document: OpenDocument, question: AskOffers) -> Checking | None:
        names = self._documents.settings(document.path).checkers
        until = time.monotonic() + question.checking
        return Checking(names, document.path, until, document.checked, self._servers) if names else None

    def _type_lookup(self, document: OpenDocument) -> TypeLookup | None:
        """The way to the types, where there is one."""
        evidence = document.language.types
        if document.rules.silent or evidence is None or not evidence.is_installed():
            return None
        name = document.language.name
        if name not in self._types:
            self._types[name] = evidence.start()

        def late() -> None:
            if self._documents.get(document.uri) is document:
                self._send(Late(document.uri))

        roots, known = self._documents.roots, document.inferred
        return TypeLookup(evidence, self._types[name], self._tasks, document.path, roots, known, late)

    def _ruled(self, document: OpenDocument) -> Pipeline | None:
        """The pipeline under the rules that hold for a document now; answers that were given under others are
        forgotten."""
        name = name_of(document.path, document.uri)
        rules = rules_for(self._documents.settings(document.path), document.path)._replace(never=refused_at(name))
        if rules != document.rules:
            document.rules = rules
            document.forget_answers()
        if document.language.name not in self._pipelines and (notice := self._load(document.language)):
            logger.warning("%s", notice)
        pipeline = self._pipelines[document.language.name]
        return pipeline.under(rules, name) if pipeline else None

    def _models(self, document: OpenDocument, question: AskOffers) -> DocumentModels | None:
        settings, uri = self._documents.settings(document.path), document.uri

        def late() -> None:
            if (still := self._documents.get(uri)) is not None:
                still.forget_answers()
                self._send(Late(uri))

        return self._generations.models_for(settings, document.path, time.monotonic() + question.deadline, late)


_NOTHING: dict[type, object] = {AskOffers: (), AskFixAll: ((), ()), AskFixKind: None, AskProblems: ()}
"""The answers where nothing is known."""
