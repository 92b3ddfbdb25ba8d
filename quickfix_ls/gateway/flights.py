"""Single flight: equal questions at the same time share one answer, which is closed when nobody waits for it."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import AsyncGenerator, Callable
from contextlib import aclosing

from quickfix_ls.errors import DeadlineError, ProviderError
from quickfix_ls.values import Delta

_LOG = logging.getLogger(__name__)

Source = Callable[[], AsyncGenerator[Delta, None]]


class Flights:
    """The answers that are coming in, by what was asked."""

    def __init__(self) -> None:
        self._known: dict[str, _Flight] = {}
        self._tasks: set[asyncio.Task[None]] = set()

    async def follow(self, key: str, source: Source, until: float) -> AsyncGenerator[Delta, None]:
        """The pieces of the answer to a question, from the beginning, whoever asked first; `source` is asked where
        nobody did. Closing or cancelling this closes the answer, unless others wait for it.

        Raises the source's ProviderError, and DeadlineError at `until`, of the monotonic clock.
        """
        flight = self._known.get(key)
        if flight is None:
            flight = self._known[key] = _Flight()
            flight.task = asyncio.ensure_future(self._fly(key, flight, source))
            self._tasks.add(flight.task)
            flight.task.add_done_callback(self._tasks.discard)
        flight.waiting += 1
        try:
            told = 0
            while True:
                while told < len(flight.pieces):
                    told += 1
                    yield flight.pieces[told - 1]
                if flight.landed:
                    break
                await self._news(flight, until)
            if flight.error is not None:
                raise flight.error
        finally:
            flight.waiting -= 1
            if not flight.waiting and not flight.landed:
                await self._abandon(key, flight)

    async def aclose(self) -> None:
        """End all answers, and wait until their streams are closed."""
        tasks = tuple(self._tasks)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    async def _news(self, flight: _Flight, until: float) -> None:
        left = max(0.0, until - time.monotonic())
        # Not `wait_for`: before Python 3.12 it swallows a cancellation that comes together with a piece.
        news = asyncio.ensure_future(flight.news.wait())
        try:
            told, _ = await asyncio.wait({news}, timeout=left)
        finally:
            news.cancel()
        if not told:
            raise DeadlineError("the model did not answer in time. Set `deadlineSeconds` higher, if you can wait.")

    async def _fly(self, key: str, flight: _Flight, source: Source) -> None:
        try:
            async with aclosing(source()) as deltas:
                async for delta in deltas:
                    flight.pieces.append(delta)
                    flight.tell()
        except ProviderError as error:
            flight.error = error
        except asyncio.CancelledError:
            flight.error = ProviderError("the request was closed before its answer was complete.")
            raise
        except Exception as error:
            _LOG.exception("a request to a model failed")
            flight.error = ProviderError(f"the request failed ({type(error).__name__}); the log says more.")
        finally:
            self._forget(key, flight)
            flight.landed = True
            flight.tell()

    async def _abandon(self, key: str, flight: _Flight) -> None:
        # Whoever asks from now on starts anew: this answer will never be complete.
        self._forget(key, flight)
        flight.task.cancel()
        await asyncio.wait({flight.task})

    def _forget(self, key: str, flight: _Flight) -> None:
        if self._known.get(key) is flight:
            del self._known[key]


class _Flight:
    """One answer on its way: what has come of it, and who waits."""

    task: asyncio.Task[None]

    def __init__(self) -> None:
        self.pieces: list[Delta] = []
        self.error: ProviderError | None = None
        self.landed = False
        self.waiting = 0
        self.news = asyncio.Event()

    def tell(self) -> None:
        """Wake all who wait; who waits again waits for the next piece."""
        self.news.set()
        self.news = asyncio.Event()
