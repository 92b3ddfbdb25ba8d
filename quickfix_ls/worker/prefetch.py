"""What is worked out before anybody asks: whoever has just broken a line pauses, sees the error, and moves the cursor
there, and by then the answer is mostly known."""

from __future__ import annotations

from collections.abc import Callable, Collection, Coroutine, Hashable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from anyio import move_on_after

from quickfix_ls.tasks import start_logged

if TYPE_CHECKING:
    from anyio import TaskHandle
    from anyio.abc import TaskGroup


@dataclass
class Prefetch:
    """The one piece of work for a document that goes on ahead of the questions; `subject` is what it is about."""

    subject: Hashable = None
    _task: TaskHandle[None] | None = None

    def begin(self, tasks: TaskGroup, subject: Hashable, work: Callable[[], Coroutine[Any, Any, None]]) -> None:
        """Let it work in a task group; what was under way is given up."""
        self.drop()
        self.subject, self._task = subject, start_logged(tasks, work, "working ahead")

    async def catch_up(self, subject: Hashable, seconds: float) -> None:
        """Wait at most so long for what is under way about a subject, if anything is. Cancellation ends the waiting;
        the work goes on."""
        if self._task is not None and self.subject == subject:
            with move_on_after(seconds):
                await self._task.wait()

    def drop(self, but_for: Collection[Hashable] = ()) -> None:
        """Give up what is under way, unless it is about one of these subjects."""
        if self._task is not None and self.subject not in but_for:
            self._task.cancel()
            self.subject = self._task = None
