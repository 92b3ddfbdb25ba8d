"""The models that documents are ruled to ask, for as long as the worker lives: their gateways, what they are writing,
and what they wrote.

Equal questions share one run, a task of the service's. It ends with whoever waits for it: when its answer was taken,
when the request was cancelled, when an edit made its text obsolete, and at the deadline unless the user lets the model
finish.
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

logger = logging.getLogger(__name__)

KEPT = 128
"""How many finished questions are remembered."""

FINISH_SECONDS = 60.0
"""How long a model may go on after its deadline, where the user lets it."""

Key = tuple[object, ...]


@dataclass
class _Run:
    """One question under way; `changed` is set by the next completion, or by the end. `late` is told when a run ends
    that was left to finish by itself."""

    text: str
    completions: list[Completion] = field(default_factory=list)
    changed: Event = field(default_factory=Event)
    is_over: bool = False
    waiting: int = 0
    late: Callable[[], None] | None = None
    task: TaskHandle[None] | None = None

    def tell(self) -> None:
        """Wake all who wait; who waits again waits for the next completion."""
        self.changed.set()
        self.changed = Event()

    def end(self) -> None:
        """Begin to end it."""
        if self.task is not None:
            self.task.cancel()

    async def stop(self) -> None:
        """End it; when this returns, its streams are closed. Not cancellable."""
        self.end()
        with CancelScope(shield=True):
            if self.task is not None:
                await self.task.wait()


class Generations:
    """The gateways, the runs under way by their question, and the answers to finished ones. Runs, and what gateways do
    for them, are tasks of the group `tasks`."""

    def __init__(self, tasks: TaskGroup) -> None:
        self._tasks = tasks
        self._gateways: dict[ProviderSettings, Gateway | None] = {}
        self._runs: dict[Key, _Run] = {}
        self._finished: OrderedDict[Key, list[Completion]] = OrderedDict()

    def models_for(
        self, settings: Settings, path: str, until: float, late: Callable[[], None]
    ) -> DocumentModels | None:
        """The models that a document's settings name, None where they name none, or never ask it. `until` is the
        deadline in `time.monotonic`'s seconds, one in the past admits only what is known already; `late` is called when
        answers come after it."""
        if settings.provider is None or settings.generate_when == "never":
            return None
        gateway = self._gateway(settings.provider, settings)
        if gateway is None:
            return None
        return DocumentModels(self, gateway.under(settings), settings, path, until, late)

    def drop_obsolete(self, text: str, path: str) -> None:
        """End the runs about a document at `path` whose region is no longer in its text."""
        for key, run in list(self._runs.items()):
            if key[0] == path and run.text not in text:
                run.end()

    async def aclose(self) -> None:
        """End all runs and close all gateways. Cancellation may leave connections open."""
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
        """The answers to a question, those of a finished or running one first.

        Close the iterator (`aclosing`): when it is closed, or cancelled, the run is ended unless others wait for it, or
        the user lets it finish after the deadline.
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
        goes_on = False
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
                    goes_on = models.finishes
                    return
        finally:
            run.waiting -= 1
            if not run.waiting and not goes_on:
                await run.stop()
            elif goes_on:
                run.late = models.late

    def _start(self, key: Key, models: DocumentModels, question: ModelQuestion) -> _Run:
        run = self._runs[key] = _Run(question.region.text)
        run.task = start_logged(self._tasks, partial(self._work, key, run, models, question), "asking a model")
        return run

    async def _work(self, key: Key, run: _Run, models: DocumentModels, question: ModelQuestion) -> None:
        """Ask the models. Cancellation closes all streams; what was complete by then is not remembered."""
        seconds = models.left + (FINISH_SECONDS if models.finishes else 0)
        try:
            async with completions(question, models.gateway.stream, seconds) as answers:
                async for completion in answers:
                    run.completions.append(completion)
                    run.tell()
            # What failed may do better the next time.
            if not any(one.error for one in run.completions):
                self._finished[key] = run.completions
                while len(self._finished) > KEPT:
                    self._finished.popitem(last=False)
        finally:
            self._runs.pop(key, None)
            run.is_over = True
            run.tell()
        if run.late is not None:
            run.late()

    def _gateway(self, provider: ProviderSettings, settings: Settings) -> Gateway | None:
        if provider not in self._gateways:
            # Imported here: only who has a model pays for what speaks to it.
            from quickfix_ls.gateway import gateway_for

            try:
                gateway = self._gateways[provider] = gateway_for(settings, self._tasks)
            except QuickfixError as error:
                logger.warning("no model is asked: %s", error)
                self._gateways[provider] = None
                return None
            # A server of our own takes memory, and waits until it is needed.
            if gateway is not None and provider.kind != "embedded":
                start_logged(self._tasks, partial(_warm, gateway), "warming up")
        return self._gateways[provider]


async def _warm(gateway: Gateway) -> None:
    """Pay for what is slow at first. Cancellable."""
    try:
        await gateway.warm()
    except ProviderError as error:
        logger.warning("the model %s can't be asked: %s", gateway.model, error)


@dataclass(frozen=True)
class DocumentModels:
    """The models of one document during one request (`candidates.generate.Models`)."""

    generations: Generations
    gateway: Gateway
    settings: Settings
    path: str
    until: float
    late: Callable[[], None]

    @property
    def name(self) -> str:
        return self.gateway.model

    @property
    def always(self) -> bool:
        return self.settings.generate_when == "always"

    @property
    def finishes(self) -> bool:
        """Whether the model may go on after the deadline."""
        return self.settings.finish_in_background

    @property
    def wanted(self) -> Wanted:
        return Wanted.by(self.settings)

    @property
    def left(self) -> float:
        return max(0.0, self.until - time.monotonic())

    def completions(self, question: ModelQuestion) -> AbstractAsyncContextManager[AsyncIterator[Completion]]:
        problem, region = question.problem, question.region
        at = problem.span.start - region.start
        about = region.text, region.prefix, problem.code, problem.message, at
        return aclosing(self.generations.follow((self.path, *about, self.settings), self, question))
