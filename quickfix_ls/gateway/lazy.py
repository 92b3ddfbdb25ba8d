"""A value that is created on first use, asynchronously, and kept."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, Generic, TypeVar

from anyio import CancelScope

if TYPE_CHECKING:
    from anyio import TaskHandle
    from anyio.abc import TaskGroup

Made = TypeVar("Made")


class Lazy(Generic[Made]):
    """The value that `make` returns, created once, in a task of the group `tasks`.

    If a caller that waits for the value is cancelled, its creation goes on for the next caller; if creation fails, the
    next caller tries it again.
    """

    def __init__(self, tasks: TaskGroup, make: Callable[[], Awaitable[Made]]) -> None:
        self._tasks = tasks
        self._make = make
        self._making: TaskHandle[tuple[Made] | Exception] | None = None

    async def get(self) -> Made:
        """Return the value. Raises the exception of `make`. Cancellation ends only the wait."""
        making = self._making
        if making is None:
            making = self._making = self._tasks.start_soon(self._outcome)
        outcome = await making
        if not isinstance(outcome, Exception):
            return outcome[0]
        if self._making is making:
            self._making = None
        raise outcome

    def forget(self) -> None:
        """Discard the value if it has been created, so that the next caller creates a new one."""
        if self._making is not None and self._making.status is self._making.Status.FINISHED:
            self._making = None

    async def aclose(self) -> None:
        """Cancel the creation if it is under way. Not cancellable."""
        making, self._making = self._making, None
        if making is not None:
            making.cancel()
            with CancelScope(shield=True):
                await making.wait()

    async def _outcome(self) -> tuple[Made] | Exception:
        """Return the value as a tuple, or the exception, since one raised in a task would cancel the whole group."""
        try:
            return (await self._make(),)
        except Exception as error:
            return error
