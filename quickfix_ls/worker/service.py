"""What the worker does with the server's messages: configures the pipeline, keeps the documents up to date, and
answers questions side by side."""

from __future__ import annotations

import asyncio
import gc
import logging
import time
from collections.abc import Callable
from contextvars import ContextVar
from functools import partial

from quickfix_ls import languages
from quickfix_ls.checkers.serving import Servers
from quickfix_ls.documents.snapshot import Snapshot
from quickfix_ls.languages import EXPECTED
from quickfix_ls.languages.language import Language
from quickfix_ls.languages.python.types.resident import Resident, is_installed
from quickfix_ls.languages.python.types.search_path import folders_for
from quickfix_ls.never import name_of, refused_at
from quickfix_ls.pipeline import Budget, Pipeline
from quickfix_ls.problems import find_all
from quickfix_ls.settings import rules_for
from quickfix_ls.values import Problem
from quickfix_ls.worker.answers import SPARE_OFFERS, fix_kind, foresee, offers_at, safe_fixes
from quickfix_ls.worker.checking import Checking
from quickfix_ls.worker.documents import Document, Documents
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
    Late,
    Open,
    Question,
    Ready,
    ToServer,
    ToWorker,
)
from quickfix_ls.worker.generation import DocumentModels, Generations
from quickfix_ls.worker.inferring import Inferring
from quickfix_ls.worker.loading import load

logger = logging.getLogger(__name__)

REQUEST: ContextVar[str] = ContextVar("REQUEST", default="")
"""How the log calls the request that is being worked on; empty for work that nobody asked for."""


class Service:
    """Receives messages in order; changes are applied at once, questions become tasks that can be cancelled."""

    def __init__(self, send: Callable[[ToServer], None]) -> None:
        self.failure: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        """Done, with an error, when the service can't go on."""
        self._send = send
        self._jobs: dict[int, asyncio.Task[None]] = {}
        self._urgent = 0
        self._calm = asyncio.Event()
        self._calm.set()
        self._documents = Documents(self._calm)
        self._settled = False
        self._config = Configure("", ())
        self._configuring: asyncio.Task[None] | None = None
        self._ahead: asyncio.Task[None] | None = None
        self._pipelines: dict[str, Pipeline | None] = {}
        self._generations = Generations()
        self._servers = Servers()
        self._resident = Resident()

    def receive(self, message: ToWorker) -> None:
        """Act on one message of the server."""
        if isinstance(message, Ask):
            self._jobs[message.id] = asyncio.ensure_future(self._job(message))
        elif isinstance(message, Cancel):
            if job := self._jobs.get(message.id):
                job.cancel()
        elif isinstance(message, Change):
            if changed := self._documents.change(message):
                self._generations.drop_obsolete(changed.analysis.snapshot.text, changed.path)
        elif isinstance(message, Open):
            self._documents.open(message)
        elif isinstance(message, Close):
            if closed := self._documents.close(message.uri):
                self._generations.drop_obsolete("", closed.path)
        else:
            self._configuring = asyncio.ensure_future(self._configure(message, self._configuring))
            self._configuring.add_done_callback(self._fail)

    async def aclose(self) -> None:
        """End what is under way, close the ways to models, and stop the processes that we started."""
        jobs = [*self._jobs.values(), *([self._ahead] if self._ahead else [])]
        for job in jobs:
            job.cancel()
        if jobs:
            await asyncio.wait(jobs)
        await self._generations.aclose()
        await asyncio.gather(self._servers.aclose(), self._resident.aclose())

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
        if config.selector != before.selector or not self._pipelines:
            self._pipelines.clear()
            notice = self._load(languages.of(EXPECTED))
        self._documents.configure(config)
        if not self._settled:
            await self._settle()
        self._send(Ready(time.perf_counter() - began, notice))

    def _load(self, language: Language) -> str:
        """Load the pipeline of a language; what the user should know of it, or empty."""
        self._pipelines[language.name], notice = load(self._config, language)
        return notice

    async def _settle(self) -> None:
        """Pay for first times now, and keep the collector away from what lives as long as the process.

        The thresholds follow measurements of the collector's share in the slowest requests: what a request
        makes is mostly freed by counting, so that looking for cycles seldom is cheap and seldom late.
        """
        self._settled = True
        for name, pipeline in self._pipelines.items():
            index = self._documents.analysis(Snapshot.of(languages.of(name).sample), languages.of(name))
            for problem in find_all(index):
                if pipeline is not None:
                    await pipeline.final_offers(index, problem, Budget(2.0, 3))
        gc.collect()
        gc.freeze()
        gc.set_threshold(50_000, 20, 50)
        gc.enable()

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
            await self._documents.index(document, background=True)
            found = tuple(find_all(document.analysis))
            self._ahead = asyncio.ensure_future(self._look_ahead(document, found))
            return found
        self._documents.work_for(document)
        if not document.analysis.indexed:
            # Not `wait_for`: before Python 3.12 it swallows a cancellation that comes as the work ends.
            indexing = asyncio.ensure_future(self._documents.index(document, background=False))
            try:
                indexed, _ = await asyncio.wait({indexing}, timeout=question.seconds)
            finally:
                indexing.cancel()
            if not indexed:
                return _NOTHING[type(question)]
            indexing.result()
        pipeline = self._ruled(document)
        if pipeline is None:
            return _NOTHING[type(question)]
        if isinstance(question, AskFixAll):
            return await safe_fixes(document, pipeline, question)
        if isinstance(question, AskFixKind):
            return await fix_kind(document, pipeline, question)
        models, checking = self._models(document, question), self._checking(document, question)
        return await offers_at(document, pipeline, question, models, checking, self._inferring(document))

    async def _look_ahead(self, document: Document, found: tuple[Problem, ...]) -> None:
        """Have known what is likely asked about next, while nobody waits for anything."""
        pipeline, settings = self._ruled(document), self._documents.settings(document.path)
        if pipeline is None:
            return
        work = document.language.prepare(document.analysis, found)
        if work is not None:
            await asyncio.to_thread(work)
            document.forget_answers()
        if self._calm.is_set() and self._documents.get(document.uri) is document:
            foresee(document, pipeline, found, settings.max_offers + (SPARE_OFFERS if settings.checkers else 0))

    def _checking(self, document: Document, question: AskOffers) -> Checking | None:
        names = self._documents.settings(document.path).checkers
        until = time.monotonic() + question.checking
        return Checking(names, document.path, until, document.checked, self._servers) if names else None

    def _inferring(self, document: Document) -> Inferring | None:
        """The way to the types, where there is one."""
        if document.rules.silent or not is_installed():
            return None

        def late() -> None:
            if self._documents.get(document.uri) is document:
                self._send(Late(document.uri))

        folders = partial(folders_for, document.path, self._documents.roots)
        return Inferring(self._resident, document.path, folders, document.inferred, late)

    def _ruled(self, document: Document) -> Pipeline | None:
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

    def _models(self, document: Document, question: AskOffers) -> DocumentModels | None:
        settings, uri = self._documents.settings(document.path), document.uri

        def late() -> None:
            if (still := self._documents.get(uri)) is not None:
                still.forget_answers()
                self._send(Late(uri))

        return self._generations.models_for(settings, document.path, time.monotonic() + question.deadline, late)


_NOTHING: dict[type, object] = {AskOffers: (), AskFixAll: ((), ()), AskFixKind: None, AskProblems: ()}
"""The answers where nothing is known."""
