"""The process of a type inference: it is started by the first question, killed if an answer takes too long, and started
again by the next question."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import math
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Protocol

from anyio import CancelScope, Lock, current_time, move_on_after

from quickfix_ls.languages.python.types.inquiries import Answers, Facts, TypeQuestion
from quickfix_ls.tasks import uncancelled

logger = logging.getLogger(__name__)

LIMIT_SECONDS = 10.0
"""The maximal duration of one question in seconds, including the start of the process."""

IDLE_SECONDS = 300.0
"""The idle time in seconds after which the process is stopped, since its caches take some hundred megabytes."""


class Conversation(Protocol):
    """A running process and how it is asked."""

    @property
    def process(self) -> asyncio.subprocess.Process:
        """The process."""

    def suits(self, question: TypeQuestion) -> bool:
        """Return whether the process can answer a question, or one must be started for it."""

    def answers(self, question: TypeQuestion, until: float) -> AsyncIterator[Facts | None]:
        """Yield the facts for each inquiry, in order. `until` is the time, of anyio's clock, at which the process is
        killed. Raises OSError, ValueError, TypeError or LookupError if the process fails."""

    def close(self) -> None:
        """Release what belongs to the process, which has ended."""


Start = Callable[[TypeQuestion], Awaitable[Conversation]]
"""Starts the process for a question. Raises OSError if it can't be started."""


class Resident:
    """Answers questions sequentially, from the first question to `aclose`; `start` starts the process."""

    def __init__(self, start: Start, seconds: float = LIMIT_SECONDS, idle_seconds: float = IDLE_SECONDS) -> None:
        self._start = start
        self._seconds = seconds
        self._idle_seconds = idle_seconds
        self._turn = Lock()
        self._conversation: Conversation | None = None
        self._idle: asyncio.TimerHandle | None = None
        self._is_closed = False

    @property
    def pid(self) -> int | None:
        """The id of the process; None if it is not running."""
        process = self._process
        return process.pid if process is not None and process.returncode is None else None

    async def ask(self, question: TypeQuestion, seconds: float = math.inf) -> Answers:
        """Return the answers; None for inquiries without a result and for those not answered within the time limit, or
        within `seconds` if that is less. Cancellation ends the process."""
        found: list[Facts | None] = []
        limit = min(seconds, self._seconds)
        async with self._turn:
            self._rest(None)
            is_answered = False
            try:
                with move_on_after(limit) as patience:
                    async for facts in await self._answers(question, limit):
                        found.append(facts)
                    is_answered = True
                if patience.cancelled_caught:
                    logger.warning("types: no answer within %.1f s about %s", limit, question.path or "an unnamed file")
            except (OSError, ValueError, TypeError, LookupError) as error:
                logger.warning("types: inference failed: %s: %s", type(error).__name__, error)
            finally:
                if not is_answered:
                    await self._stop()
                self._rest(self._idle_seconds)
        return (*found, *(None for _ in question.inquiries[len(found) :]))

    async def aclose(self) -> None:
        """End the process for good. Not cancellable."""
        self._is_closed = True
        await self._stop()

    @property
    def _process(self) -> asyncio.subprocess.Process | None:
        return self._conversation.process if self._conversation is not None else None

    async def _answers(self, question: TypeQuestion, seconds: float) -> AsyncIterator[Facts | None]:
        """Return the answers of the process, which is started if there is none for this question. The start is not
        cancellable, since a process whose start was interrupted could not be stopped."""
        until, talk = current_time() + seconds, self._conversation
        if talk is None or talk.process.returncode is not None or not talk.suits(question):
            await self._stop()
            talk = self._conversation = await uncancelled(self._start(question))
        return talk.answers(question, until)

    async def _stop(self) -> None:
        """Kill the process and wait for its end. Not cancellable."""
        self._rest(None)
        talk, self._conversation = self._conversation, None
        if talk is not None:
            with contextlib.suppress(ProcessLookupError):
                talk.process.kill()
            with CancelScope(shield=True):
                await talk.process.wait()
            talk.close()

    def _rest(self, seconds: float | None) -> None:
        """Cancel the idle timer, and start it again with `seconds` unless that is None."""
        if self._idle is not None:
            self._idle.cancel()
            self._idle = None
        if seconds is not None and self._conversation is not None and not self._is_closed:
            self._idle = asyncio.get_running_loop().call_later(seconds, self._stop_idle)

    def _stop_idle(self) -> None:
        """Kill the process if no question is being answered."""
        if self._process is not None and not self._turn.locked():
            with contextlib.suppress(ProcessLookupError):
                self._process.kill()
