"""The models that documents' settings name, for as long as the worker lives: their gateways, the requests in progress,
and the completions of finished ones.

Equal questions share one run, a task of the service. A run ends when no request waits for it any more (the answer was
taken, or the request cancelled), when an edit makes its text obsolete, and at the deadline unless the settings let the
model finish.
"""

from __future__ import annotations

import logging
import time
from collections import OrderedDict
from collections.abc import AsyncGenerator, AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, aclosing
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING

from anyio import CancelScope, Event, move_on_after

from quickfix_ls.candidates.generate import Completion, ModelQuestion, Wanted, completions
from quickfix_ls.errors import ProviderError, QuickfixError
from quickfix_ls.settings import ProviderSettings, Settings
from quickfix_ls.tasks import start_logged

if TYPE_CHECKING:
    from anyio import TaskHandle
    from anyio.abc import TaskGroup

    from quickfix_ls.gateway import Gateway
    from quickfix_ls.gateway.transports import Transport

logger = logging.getLogger(__name__)

MAX_FINISHED = 128
"""Maximum number of finished questions in the cache."""

FINISH_SECONDS = 60.0
"""Time limit of a model after its deadline, if the setting `finishInBackground` allows it."""

Key = tuple[object, ...]


@dataclass
class _Run:
    """A question to a model in progress.

    `changed` is set by the next completion, or by the end; `late` is called at the end of a run that finishes without a
    waiting request. `waiting` counts the requests that wait, `text` is the source text of the region.
    """

    text: str
    completions: list[Completion] = field(default_factory=list)
    changed: Event = field(default_factory=Event)
    is_over: bool = False
    waiting: int = 0
    late: Callable[[], None] | None = None
    task: TaskHandle[None] | None = None

    def notify(self) -> None:
        """Wake all waiting requests; a new wait is for the next completion."""
        self.changed.set()
        self.changed = Event()

    def end(self) -> None:
        """Cancel the run's task, without waiting for its end."""
        if self.task is not None:
            self.task.cancel()

    async def stop(self) -> None:
        """Cancel the run and wait until its streams are closed. Not cancellable."""
        self.end()
        with CancelScope(shield=True):
            if self.task is not None:
                await self.task.wait()


class Generations:
    """The gateways by provider settings, the runs in progress by question, and the completions of finished questions.

    The runs and the gateways' requests are tasks of the group `tasks`. `editor` is the transport to the editor's
    models, which is used if `may_ask_editor`.
    """

    def __init__(self, tasks: TaskGroup, editor: Transport) -> None:
        self._tasks = tasks
        self._editor = editor
        self.may_ask_editor = False
        self._gateways: dict[ProviderSettings, Gateway | None] = {}
        self._runs: dict[Key, _Run] = {}
        self._finished: OrderedDict[Key, list[Completion]] = OrderedDict()

    def models_for(
        self, settings: Settings, path: str, until: float, late: Callable[[], None]
    ) -> DocumentModels | None:
        """Return the models that a document's settings name; None if they name none, or say never to ask.

        `until` is the deadline in seconds of `time.monotonic`; after it only cached completions are returned. `late` is
        called when completions arrive after it.
        """
        if settings.provider is None or settings.generate_when == "never":
            return None
        gateway = self._gateway(settings.provider, settings)
        if gateway is None:
            return None
        return DocumentModels(self, gateway.under(settings), settings, path, until, late)

    def drop_obsolete(self, text: str, path: str) -> None:
        """End the runs about the document at `path` whose region is no longer part of its `text`."""
        for key, run in list(self._runs.items()):
            if key[0] == path and run.text not in text:
                run.end()

    async def aclose(self) -> None:
        """End all runs and close all gateways. Cancellation can leave connections open."""
        for run in list(self._runs.values()):
            run.end()
        for run in list(self._runs.values()):
            await run.stop()
        for gateway in self._gateways.values():
            if gateway is not None:
                await gateway.aclose()
        self._gateways.clear()

    async def follow(
        self, key: Key, models: DocumentModels, question: ModelQuestion
    ) -> AsyncGenerator[Completion, None]:
        """Yield the completions of a question until the deadline, from the cache or a run in progress if there is one.

        Close the iterator (`aclosing`): closing or cancelling it ends the run, unless other requests wait for it or the
        settings let it finish after the deadline.
        """
        if key in self._finished:
            self._finished.move_to_end(key)
            for completion in self._finished[key]:
                yield completion
            return
        if models.left <= 0:
            return
        run = self._runs.get(key) or self._start(key, models, question)
        run.waiting += 1
        continues = False
        position = 0
        try:
            while True:
                while position < len(run.completions):
                    yield run.completions[position]
                    position += 1
                if run.is_over:
                    return
                with move_on_after(models.left):
                    await run.changed.wait()
                if models.left <= 0:
                    continues = models.finishes
                    return
        finally:
            run.waiting -= 1
            if not run.waiting and not continues:
                await run.stop()
            elif continues:
                run.late = models.late

    def _start(self, key: Key, models: DocumentModels, question: ModelQuestion) -> _Run:
        run = self._runs[key] = _Run(question.region.text)
        run.task = start_logged(self._tasks, partial(self._work, key, run, models, question), "asking a model")
        return run

    async def _work(self, key: Key, run: _Run, models: DocumentModels, question: ModelQuestion) -> None:
        """Ask the models and cache their completions. Cancellation closes all streams and caches nothing."""
        seconds = models.left + (FINISH_SECONDS if models.finishes else 0)
        try:
            async with completions(question, models.gateway.stream, seconds) as answers:
                async for completion in answers:
                    run.completions.append(completion)
                    run.notify()
            # A failed question may succeed the next time.
            if not any(completion.error for completion in run.completions):
                self._finished[key] = run.completions
                while len(self._finished) > MAX_FINISHED:
                    self._finished.popitem(last=False)
        finally:
            self._runs.pop(key, None)
            run.is_over = True
            run.notify()
        if run.late is not None:
            run.late()

    def _gateway(self, provider: ProviderSettings, settings: Settings) -> Gateway | None:
        """Return the provider's gateway, made at the first call; None, and a warning in the log, if it can't work."""
        if provider not in self._gateways:
            # Imported here: only a worker that asks models needs the HTTP client.
            from quickfix_ls.gateway import gateway_for

            try:
                gateway = self._gateways[provider] = gateway_for(
                    settings, self._tasks, editor=self._editor if self.may_ask_editor else None
                )
            except QuickfixError as error:
                logger.warning("no model is asked: %s", error)
                self._gateways[provider] = None
                return None
            # An embedded server takes memory, so it starts only when it is needed.
            if gateway is not None and provider.kind != "embedded":
                start_logged(self._tasks, partial(_warm, gateway), "warming up")
        return self._gateways[provider]


async def _warm(gateway: Gateway) -> None:
    """Open the connection to a model before its first request. Cancellable."""
    try:
        await gateway.warm()
    except ProviderError as error:
        logger.warning("the model %s can't be asked: %s", gateway.model, error)


@dataclass(frozen=True)
class DocumentModels:
    """The models of one document during one request; implements `candidates.generate.Models`."""

    generations: Generations
    gateway: Gateway
    settings: Settings
    path: str
    until: float
    late: Callable[[], None]

    @property
    def name(self) -> str:
        """The model's name."""
        return self.gateway.model

    @property
    def always(self) -> bool:
        """True if models are asked even if a fix is sure enough without."""
        return self.settings.generate_when == "always"

    @property
    def finishes(self) -> bool:
        """True if the model may continue after the deadline."""
        return self.settings.finish_in_background

    @property
    def wanted(self) -> Wanted:
        """The prompts that the settings ask for."""
        return Wanted.by(self.settings)

    @property
    def left(self) -> float:
        """Seconds until the deadline, at least 0."""
        return max(0.0, self.until - time.monotonic())

    def completions(self, question: ModelQuestion) -> AbstractAsyncContextManager[AsyncIterator[Completion]]:
        """Return a context manager of the completions of a question; see `Generations.follow`."""
        problem, region = question.problem, question.region
        at = problem.span.start - region.start
        about = region.text, region.prefix, problem.code, problem.message, at
        return aclosing(self.generations.follow((self.path, *about, self.settings), self, question))
