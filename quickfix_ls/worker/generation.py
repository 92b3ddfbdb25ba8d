"""The models that documents are ruled to ask, for as long as the worker lives: their gateways, what they are writing,
and what they wrote.

Equal questions share one run. A run ends with whoever waits for it: when its answer was taken, when the request was
cancelled, when an edit made its text obsolete, and at the deadline unless the user lets the model finish.
"""

from __future__ import annotations

import asyncio
import logging
import time
from collections import OrderedDict
from collections.abc import AsyncGenerator, Callable
from contextlib import aclosing
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from quickfix_ls.candidates.generate import Completion, Question, Wanted, completions
from quickfix_ls.errors import ProviderError, QuickfixError
from quickfix_ls.settings import ProviderSettings, Settings

if TYPE_CHECKING:
    from quickfix_ls.gateway import Gateway

logger = logging.getLogger(__name__)

KEPT = 128
"""How many finished questions are remembered."""

FINISH_SECONDS = 60.0
"""How long a model may go on after its deadline, where the user lets it."""

Key = tuple[object, ...]


@dataclass
class _Run:
    """One question under way; `changed` is done by the next completion, or by the end. `late` is told when a run ends
    that was left to finish by itself."""

    text: str
    completions: list[Completion] = field(default_factory=list)
    changed: asyncio.Future[None] = field(default_factory=lambda: asyncio.get_running_loop().create_future())
    waiting: int = 0
    late: Callable[[], None] | None = None
    task: asyncio.Task[None] | None = None
    is_ending: bool = False

    def tell(self) -> None:
        self.changed.set_result(None)
        self.changed = asyncio.get_running_loop().create_future()

    def end(self) -> None:
        """Begin to end it. Cancelled once, since a second time would cut short what closes its streams."""
        if self.task is not None and not self.is_ending:
            self.is_ending = True
            self.task.cancel()

    async def stop(self) -> None:
        """End it; when this returns, its streams are closed."""
        self.end()
        if self.task is not None and not self.task.done():
            await asyncio.wait({self.task})


class Generations:
    """The gateways, the runs under way by their question, and the answers to finished ones."""

    def __init__(self) -> None:
        self._gateways: dict[ProviderSettings, Gateway | None] = {}
        self._runs: dict[Key, _Run] = {}
        self._finished: OrderedDict[Key, list[Completion]] = OrderedDict()
        self._warming: asyncio.Task[None] | None = None

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
        """End all runs and close all gateways."""
        await asyncio.gather(*(run.stop() for run in list(self._runs.values())))
        for gateway in self._gateways.values():
            if gateway is not None:
                await gateway.aclose()
        self._gateways.clear()

    async def follow(self, key: Key, models: DocumentModels, question: Question) -> AsyncGenerator[Completion, None]:
        """The answers to a question, those of a finished or running one first."""
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
                if run.task is None or run.task.done():
                    return
                await asyncio.wait({run.changed}, timeout=models.left)
                if models.left <= 0:
                    goes_on = models.finishes
                    return
        finally:
            run.waiting -= 1
            if not run.waiting and not goes_on:
                await run.stop()
            elif goes_on:
                run.late = models.late

    def _start(self, key: Key, models: DocumentModels, question: Question) -> _Run:
        run = self._runs[key] = _Run(question.region.text)
        run.task = asyncio.ensure_future(self._work(key, run, models, question))
        return run

    async def _work(self, key: Key, run: _Run, models: DocumentModels, question: Question) -> None:
        seconds = models.left + (FINISH_SECONDS if models.finishes else 0)
        try:
            async with aclosing(completions(question, models.gateway.stream, seconds)) as answers:
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
            run.tell()
        if run.late is not None:
            run.late()

    def _gateway(self, provider: ProviderSettings, settings: Settings) -> Gateway | None:
        if provider not in self._gateways:
            # Imported here: only who has a model pays for what speaks to it.
            from quickfix_ls.gateway import gateway_for

            try:
                gateway = self._gateways[provider] = gateway_for(settings)
            except QuickfixError as error:
                logger.warning("no model is asked: %s", error)
                self._gateways[provider] = None
                return None
            # A server of our own takes memory, and waits until it is needed.
            if gateway is not None and provider.kind != "embedded":
                self._warming = asyncio.ensure_future(_warm(gateway))
        return self._gateways[provider]


async def _warm(gateway: Gateway) -> None:
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

    def completions(self, question: Question) -> AsyncGenerator[Completion, None]:
        problem, region = question.problem, question.region
        at = problem.span.start - region.start
        about = region.text, region.prefix, problem.code, problem.message, at
        return self.generations.follow((self.path, *about, self.settings), self, question)
