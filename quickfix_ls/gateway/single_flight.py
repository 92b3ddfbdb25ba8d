"""Single flight: equal concurrent requests share one answer, which is closed when no caller waits for it any more."""

from __future__ import annotations

import logging
import time
from collections.abc import AsyncGenerator, Callable
from contextlib import aclosing
from typing import TYPE_CHECKING

from anyio import CancelScope, Event, move_on_after

from quickfix_ls.errors import DeadlineError, ProviderError
from quickfix_ls.values import Delta

if TYPE_CHECKING:
    from anyio import TaskHandle
    from anyio.abc import TaskGroup

logger = logging.getLogger(__name__)

AnswerSource = Callable[[], AsyncGenerator[Delta, None]]


class SingleFlight:
    """The answers under way, by the keys of their requests, each read in a task of the group `tasks`."""

    def __init__(self, tasks: TaskGroup) -> None:
        self._tasks = tasks
        self._known: dict[str, _Flight] = {}
        self._under_way: set[_Flight] = set()

    async def follow(self, key: str, source: AnswerSource, until: float) -> AsyncGenerator[Delta, None]:
        """Yield the pieces of the answer to the request `key`, from the beginning; call `source` if none is under way.

        Close the iterator (`aclosing`): when it is closed, or cancelled, the answer is closed, too, unless other
        callers wait for it. Raises the source's ProviderError, and DeadlineError at `until`, of the monotonic clock.
        """
        flight = self._known.get(key) or self._start(key, source)
        flight.waiting += 1
        try:
            position = 0
            while True:
                while position < len(flight.pieces):
                    position += 1
                    yield flight.pieces[position - 1]
                if flight.landed:
                    break
                with move_on_after(until - time.monotonic()) as patience:
                    await flight.news.wait()
                if patience.cancelled_caught:
                    raise DeadlineError(
                        "the model did not answer in time. Set `deadlineSeconds` higher, if you can wait."
                    )
            if flight.error is not None:
                raise flight.error
        finally:
            flight.waiting -= 1
            if not flight.waiting and not flight.landed:
                # This answer will never be complete, so a later caller must start a new one.
                self._forget(key, flight)
                await flight.stop()

    async def aclose(self) -> None:
        """Cancel all answers, and wait until their streams are closed. Not cancellable."""
        for flight in tuple(self._under_way):
            await flight.stop()

    def _start(self, key: str, source: AnswerSource) -> _Flight:
        flight = self._known[key] = _Flight()
        self._under_way.add(flight)
        flight.task = self._tasks.start_soon(self._fly, key, flight, source)
        return flight

    async def _fly(self, key: str, flight: _Flight, source: AnswerSource) -> None:
        """Read an answer and pass its pieces on to all callers. Cancellation closes its stream."""
        flight.error = ProviderError("the request was closed before its answer was complete.")
        try:
            async with aclosing(source()) as deltas:
                async for delta in deltas:
                    flight.pieces.append(delta)
                    flight.notify()
            flight.error = None
        except ProviderError as error:
            flight.error = error
        except Exception as error:
            logger.exception("a request to a model failed")
            flight.error = ProviderError(f"the request failed ({type(error).__name__}); the log says more.")
        finally:
            self._forget(key, flight)
            self._under_way.discard(flight)
            flight.landed = True
            flight.notify()

    def _forget(self, key: str, flight: _Flight) -> None:
        if self._known.get(key) is flight:
            del self._known[key]


class _Flight:
    """An answer under way: the pieces received so far, and the number of callers that wait for it."""

    task: TaskHandle[None]

    def __init__(self) -> None:
        self.pieces: list[Delta] = []
        self.error: ProviderError | None = None
        self.landed = False
        self.waiting = 0
        self.news = Event()

    def notify(self) -> None:
        """Wake all callers; those that wait again wait for the next piece."""
        self.news.set()
        self.news = Event()

    async def stop(self) -> None:
        """Cancel the task and wait until its stream is closed. Not cancellable."""
        self.task.cancel()
        with CancelScope(shield=True):
            await self.task.wait()
