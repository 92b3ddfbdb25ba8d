"""Computes an answer before it is requested.

Users who break a line pause, see the error, and move the cursor there; by then the answer is usually ready.
"""

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
    """The one computation for a document ahead of questions; `subject` identifies its result."""

    subject: Hashable = None
    _task: TaskHandle[None] | None = None

    def begin(self, tasks: TaskGroup, subject: Hashable, work: Callable[[], Coroutine[Any, Any, None]]) -> None:
        """Start a computation in a task group; the one in progress is cancelled."""
        self.drop()
        self.subject, self._task = subject, start_logged(tasks, work, "working ahead")

    async def catch_up(self, subject: Hashable, seconds: float) -> None:
        """Wait at most `seconds` for the computation about a subject, if it is in progress.

        Cancellation ends the wait, but not the computation.
        """
        if self._task is not None and self.subject == subject:
            with move_on_after(seconds):
                await self._task.wait()

    def drop(self, but_for: Collection[Hashable] = ()) -> None:
        """Cancel the computation in progress, unless it is about one of the subjects in `but_for`."""
        if self._task is not None and self.subject not in but_for:
            self._task.cancel()
            self.subject = self._task = None
