"""Processes the server's messages in the worker: applies configurations, updates the documents, and answers questions
concurrently.

Every question and all background work is a task of one task group, which lasts as long as `serving`.
"""

from __future__ import annotations

import logging
import time
from collections.abc import AsyncIterator, Callable, Iterable
from contextlib import asynccontextmanager, nullcontext
from contextvars import ContextVar
from functools import partial
from typing import TYPE_CHECKING

from anyio import CancelScope, Event, move_on_after, sleep

from quickfix_ls import languages
from quickfix_ls.documents.snapshot import Snapshot
from quickfix_ls.languages import EXPECTED
from quickfix_ls.problems import find_all
from quickfix_ls.tasks import background, start_logged
from quickfix_ls.values import Problem
from quickfix_ls.worker.answers import SPARE_OFFERS, fix_kind, offers_at, safe_fixes, work_ahead
from quickfix_ls.worker.calm import Calm
from quickfix_ls.worker.document_parts import answer_of_parts, found_in_all, found_shown, reported_in
from quickfix_ls.worker.frames import (
    Answer,
    Ask,
    AskFixAll,
    AskFixKind,
    AskOffers,
    AskProblems,
    AskReasons,
    AskWhy,
    Cancel,
    ChangeText,
    Close,
    Configure,
    Failed,
    FoundProblems,
    Late,
    ModelAnswer,
    Open,
    Outdated,
    Progress,
    Question,
    Ready,
    ToServer,
    ToWorker,
)
from quickfix_ls.worker.learning import ask_for_types, learn, learn_in_time
from quickfix_ls.worker.loading import warm_up
from quickfix_ls.worker.open_documents import RENEWAL_SECONDS, Documents, OpenDocument
from quickfix_ls.worker.past_runs import PastRuns
from quickfix_ls.worker.questions import BACKGROUND, empty_answer, index_seconds
from quickfix_ls.worker.reasons import reasons_at
from quickfix_ls.worker.reported_elsewhere import compared
from quickfix_ls.worker.resources import Resources
from quickfix_ls.worker.spending import SpendingReport

if TYPE_CHECKING:
    from anyio import TaskHandle
    from anyio.abc import TaskGroup

logger = logging.getLogger(__name__)

REQUEST: ContextVar[str] = ContextVar("REQUEST", default="")
"""The identifier of the present task's request in the log; empty for background work."""


@asynccontextmanager
async def serving(send: Callable[[ToServer], None]) -> AsyncIterator[Service]:
    """Run a service as long as the context lasts; `send` takes its messages to the server.

    When the context ends or is cancelled, all tasks are cancelled and awaited; then the gateways to models are closed
    and the started processes are stopped.
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
    """Receives messages in order: changes are applied at once, questions become tasks that can be cancelled."""

    def __init__(self, send: Callable[[ToServer], None], tasks: TaskGroup) -> None:
        self._send = send
        self._tasks = tasks
        self._over = Event()
        self._failure: Exception | None = None
        self._jobs: dict[int, TaskHandle[None]] = {}
        self._calm = Calm()
        self._documents = Documents(tasks, self._calm)
        self._resources = Resources(send, tasks, self._documents)
        self._past_runs = PastRuns()
        self._warmed_up = False
        self._spending = SpendingReport(send)
        self._configuring: TaskHandle[None] | None = None
        self._renewal: TaskHandle[None] | None = None

    def receive(self, message: ToWorker) -> None:
        """Process a message of the server."""
        if isinstance(message, Ask):
            self._jobs[message.id] = start_logged(self._tasks, partial(self._job, message), "answering")
        elif isinstance(message, Cancel):
            if job := self._jobs.get(message.id):
                job.cancel()
        elif isinstance(message, ChangeText):
            if changed := self._documents.change(message):
                self._resources.drop_obsolete(changed.text.text, changed.path)
        elif isinstance(message, ModelAnswer):
            self._resources.editor_models.take(message)
        elif isinstance(message, Open):
            self._documents.open(message)
            self._renew_soon()
        elif isinstance(message, Close):
            if closed := self._documents.close(message.uri):
                self._resources.drop_obsolete("", closed.path)
        else:
            self._configuring = self._tasks.start_soon(self._configure, message, self._configuring)

    def end(self) -> None:
        """Make `until_over` return."""
        self._over.set()

    async def until_over(self) -> None:
        """Wait for `end`. Cancellable.

        Raises the error of a configuration that could not be applied: without one no question can be answered.
        """
        await self._over.wait()
        if self._failure is not None:
            raise self._failure

    async def release(self) -> None:
        """Close the gateways to models and stop the processes. Cancellation leaves some of them running."""
        await self._resources.aclose()

    # -- configuration -------------------------------------------------------------------------------------

    async def _configure(self, config: Configure, previous: TaskHandle[None] | None) -> None:
        """Apply a configuration after the end of the task that applies the previous configuration.

        Cancellation leaves the service without the configuration.
        """
        if previous is not None:
            await previous.wait()
        try:
            await self._apply(config)
        except Exception as error:
            self._failure = error
            self._over.set()

    async def _apply(self, config: Configure) -> None:
        """Load the models of a configuration, then send `Ready`. Cancellation leaves the service without it."""
        began = time.perf_counter()
        expected = languages.of(EXPECTED)
        logging.getLogger("quickfix_ls").setLevel(logging.DEBUG if config.trace else logging.INFO)
        notice = self._resources.configure(config, expected)
        self._documents.configure(config)
        if not self._warmed_up:
            self._warmed_up = True
            sample = self._documents.index(Snapshot.of(expected.sample), expected)
            await warm_up(self._resources.loaded(expected), sample)
        self._send(Ready(time.perf_counter() - began, notice))
        self._spending.tell(self._documents.settings(""))

    # -- questions -----------------------------------------------------------------------------------------

    async def _job(self, ask: Ask) -> None:
        """Answer a question, with `Failed` after an error. Cancellation ends all work on it and sends `Failed` too."""
        REQUEST.set(ask.label)
        answer: Answer | Failed = Failed(ask.id)
        try:
            with nullcontext() if isinstance(ask.question, BACKGROUND) else self._calm.disturbed():
                answer = Answer(ask.id, await self._answer(ask.question, self._progress_of(ask.id)))
        except Exception as error:
            logger.exception("a question could not be answered: %r", ask.question)
            answer = Failed(ask.id, f"{type(error).__name__}: {error}")
        finally:
            del self._jobs[ask.id]
            self._send(answer)

    def _progress_of(self, number: int) -> Callable[[int, int], None]:
        """Return a function that sends the progress of a question's answer, several times a second at most."""
        last = time.monotonic()

        def send(done: int, total: int) -> None:
            nonlocal last
            if time.monotonic() - last >= _PROGRESS_SECONDS:
                last = time.monotonic()
                self._send(Progress(number, done, total))

        return send

    async def _answer(self, question: Question, progress: Callable[[int, int], None]) -> object:
        """Answer a question under the configuration that was sent before it; an empty answer if its document can't be
        indexed in time. Cancellable."""
        if self._configuring is not None:
            await self._configuring.wait()
        document = self._documents.get(question.uri)
        if document is None:
            return empty_answer(question)
        if self._documents.renewed(document):
            self._send(Outdated(document.uri))
        if isinstance(question, AskProblems):
            return await self._problems(document, question)
        if isinstance(question, (AskOffers, AskReasons)):
            reported = self._past_runs.reported_at(document, question.span, question.reported)
            question = question._replace(reported=reported)
        self._documents.work_for(document)
        with move_on_after(index_seconds(question)):
            for part in (document, *self._documents.embedded_in(document)):
                await self._documents.index_units(part, background=False)
        if not document.index.indexed:
            return empty_answer(question)
        answer = partial(self._answer_about, progress=progress)
        parts = [part for part in self._documents.embedded_in(document) if part.index.indexed]
        if not parts and document.view is None:
            return await answer(document, question)
        return await answer_of_parts(document, parts, question, answer)

    async def _problems(self, document: OpenDocument, question: AskProblems) -> FoundProblems:
        """Return the problems of all parts of a document, and look ahead. Cancellable."""
        parts = document, *self._documents.embedded_in(document)
        self._renew_soon()
        found = []
        for part in parts:
            await self._documents.index_units(part, background=True)
            problems = self._found_in(part, document)
            if part is document or problems:
                start_logged(self._tasks, partial(self._look_ahead, part, problems), "looking ahead")
            reported = reported_in(part, question.reported)
            found.append(found_shown(document, part, compared(part.language, part.index, problems, reported)))
        return found[0] if len(found) == 1 else found_in_all(found)

    def _found_in(self, part: OpenDocument, document: OpenDocument) -> tuple[Problem, ...]:
        """Return all problems of a part; of a document itself, with those that programs failed with."""
        found, past = find_all(part.index), self._past_runs.problems(document) if part is document else []
        if not past:
            return tuple(found)
        others = (problem for problem in found if problem not in past)
        return tuple(sorted((*past, *others), key=lambda problem: problem.span))

    async def _answer_about(
        self, document: OpenDocument, question: Question, progress: Callable[[int, int], None]
    ) -> object:
        """Answer a question about a part that is indexed; an empty answer without a model. Cancellable."""
        pipeline = self._resources.pipeline(document)
        if isinstance(question, AskReasons):
            return await reasons_at(document, pipeline, self._documents.settings(document.path), question)
        if pipeline is None:
            return empty_answer(question)
        if isinstance(question, AskWhy):
            return pipeline.explained(question.offer).why
        if isinstance(question, AskFixAll):
            return await safe_fixes(document, pipeline, question, progress)
        if isinstance(question, AskFixKind):
            late = partial(self._send, Late(document.uri))
            return await fix_kind(document, pipeline, question, self._tasks, self._calm, late)
        assert isinstance(question, AskOffers)
        await learn_in_time(document, question.seconds)
        models = self._resources.models(document, question)
        checking, types = self._resources.checking(document, question), self._resources.type_lookup(document)
        try:
            return await offers_at(document, pipeline, question, models, checking, types)
        finally:
            if models is not None:
                self._spending.tell(self._documents.settings(""))

    def _renew_soon(self) -> None:
        """Begin to renew what documents depend on, unless that is done already or none is open."""
        if self._renewal is None and self._documents.all_open:
            self._renewal = start_logged(self._tasks, self._renew, "renewing environments")

    async def _renew(self) -> None:
        """As long as documents are open, make the environments again that vary and look for programs that were run,
        every second or so, and tell the server which documents that changed. Cancellable."""
        self._past_runs.renewed(self._documents.all_open)
        while self._documents.all_open:
            await sleep(RENEWAL_SECONDS)
            await self._calm.wait()
            self._tell(self._documents.all_renewed())
            self._tell(self._past_runs.renewed(self._documents.all_open))
        self._renewal = None

    def _tell(self, outdated: Iterable[str]) -> None:
        for uri in outdated:
            self._send(Outdated(uri))

    async def _look_ahead(self, document: OpenDocument, found: tuple[Problem, ...]) -> None:
        """Compute the answers to the likely next questions while no request is waiting. Cancellable."""
        pipeline, settings = self._resources.pipeline(document), self._documents.settings(document.path)
        if pipeline is None:
            return
        await learn(document, found)
        if self._documents.get(document.uri) is document:
            ask_for_types(document, self._resources.type_lookup(document))
        if self._calm.is_calm and self._documents.has(document):
            limit = settings.max_offers + (SPARE_OFFERS if settings.checkers or settings.explain else 0)
            work_ahead(document, pipeline, found, limit, self._tasks)


_PROGRESS_SECONDS = 0.1
