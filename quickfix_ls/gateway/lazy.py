"""Something that is made when it is first needed, and kept."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, Generic, TypeVar

from anyio import CancelScope

if TYPE_CHECKING:
    from anyio import TaskHandle
    from anyio.abc import TaskGroup

Made = TypeVar("Made")


class Lazy(Generic[Made]):
    """What `make` makes, once, in a task of the group `tasks`. Making it goes on where who waits for it is cancelled,
    so that the next one need not wait as long; where it fails, the next one has it tried again."""

    def __init__(self, tasks: TaskGroup, make: Callable[[], Awaitable[Made]]) -> None:
        self._tasks = tasks
        self._make = make
        self._making: TaskHandle[tuple[Made] | Exception] | None = None

    async def get(self) -> Made:
        """The thing itself. Raises what `make` raises. Cancellation ends the waiting alone."""
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
        """Let the next one have it made anew, where it is made."""
        if self._making is not None and self._making.status is self._making.Status.FINISHED:
            self._making = None

    async def aclose(self) -> None:
        """End the making, where it is under way. Not cancellable."""
        making, self._making = self._making, None
        if making is not None:
            making.cancel()
            with CancelScope(shield=True):
                await making.wait()

    async def _outcome(self) -> tuple[Made] | Exception:
        """What was made, or why it could not be: raised in a task, the error would cancel all others."""
        try:
            return (await self._make(),)
        except Exception as error:
            return error
