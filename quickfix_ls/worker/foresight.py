"""What is worked out before anybody asks: whoever has just broken a line pauses, sees the error, and moves the cursor
there, and by then the answer is mostly known."""

from __future__ import annotations

import asyncio
from collections.abc import Collection, Coroutine, Hashable
from dataclasses import dataclass


@dataclass
class Foresight:
    """The one piece of work for a document that goes on ahead of the questions; `subject` is what it is about."""

    subject: Hashable = None
    _task: asyncio.Task[None] | None = None

    def begin(self, subject: Hashable, work: Coroutine[None, None, None]) -> None:
        """Let it work; what was under way is given up."""
        self.drop()
        self.subject, self._task = subject, asyncio.ensure_future(work)

    async def catch_up(self, subject: Hashable, seconds: float) -> None:
        """Wait at most so long for what is under way about a subject, if anything is. Cancellable, the work goes on."""
        if self._task is not None and self.subject == subject:
            await asyncio.wait({self._task}, timeout=seconds)

    def drop(self, but_for: Collection[Hashable] = ()) -> None:
        """Give up what is under way, unless it is about one of these subjects."""
        if self._task is not None and self.subject not in but_for:
            self._task.cancel()
            self.subject = self._task = None
