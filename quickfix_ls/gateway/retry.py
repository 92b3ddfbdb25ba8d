"""Getting an answer to begin: again after what passes by itself, and from a second request where the first is slow.

Both end with the first piece of an answer: what has begun is never asked for again.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Awaitable, Callable
from typing import Protocol, TypeVar

from anyio import CancelScope, create_memory_object_stream, create_task_group, move_on_after

from quickfix_ls.errors import UnavailableError

ATTEMPTS = 4
_FIRST_WAIT_SECONDS = 0.05
_LONGEST_WAIT_SECONDS = 2.0

# What it says of a retry names neither what failed nor why, and a command would print it.
logging.getLogger("stamina").setLevel(logging.ERROR)


class Closable(Protocol):
    async def aclose(self) -> None: ...


Begun = TypeVar("Begun", bound=Closable)
Begin = Callable[[], Awaitable[Begun]]


async def retried(begin: Begin[Begun], until: float) -> Begun:
    """What `begin` returns, tried again after each UnavailableError as long as there is time until `until` (of the
    monotonic clock). A server that asks to wait for longer than that is not asked again. Cancellable."""
    import stamina

    def wait(error: Exception) -> bool | float:
        if not isinstance(error, UnavailableError):
            return False
        if error.retry_after is None:
            return time.monotonic() < until
        return error.retry_after if time.monotonic() + error.retry_after < until else False

    async for attempt in stamina.retry_context(
        on=wait,
        attempts=ATTEMPTS,
        timeout=max(_FIRST_WAIT_SECONDS, until - time.monotonic()),
        wait_initial=_FIRST_WAIT_SECONDS,
        wait_max=_LONGEST_WAIT_SECONDS,
        wait_jitter=_FIRST_WAIT_SECONDS,
    ):
        with attempt:
            return await begin()
    raise AssertionError("the last attempt returns or raises")


async def hedged(begin: Begin[Begun], seconds: float) -> Begun:
    """What the quicker of two calls returns: the second one is made where the first has not returned after `seconds`
    (never, for 0). Where one fails the other is waited for, and where both fail the last error is raised.

    The slower one is cancelled, or closed where it began all the same. Cancellation cancels, or closes, both.
    """
    if not seconds:
        return await begin()
    begun: list[Begun] = []
    failed: list[Exception] = []
    send, ended = create_memory_object_stream[None](2)

    async def attempt() -> None:
        try:
            begun.append(await begin())
        except Exception as error:
            failed.append(error)
        send.send_nowait(None)

    winner: Begun | None = None
    try:
        with send, ended:
            async with create_task_group() as tasks:
                tasks.start_soon(attempt)
                with move_on_after(seconds) as patience:
                    await ended.receive()
                if patience.cancelled_caught:
                    tasks.start_soon(attempt)
                    await ended.receive()
                    if not begun:
                        await ended.receive()
                tasks.cancel_scope.cancel()
        winner = begun[0] if begun else None
    finally:
        with CancelScope(shield=True):
            for other in begun:
                if other is not winner:
                    await other.aclose()
    if winner is None:
        raise failed[-1]
    return winner
