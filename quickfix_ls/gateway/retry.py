"""Retry requests after temporary failures, and hedge slow ones with a second request.

Both end with the first piece of an answer: a request whose answer has begun is never repeated.
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
_MAX_WAIT_SECONDS = 2.0

# Stamina's own log messages name neither the request nor the error, and a command would print them.
logging.getLogger("stamina").setLevel(logging.ERROR)


class Closable(Protocol):
    async def aclose(self) -> None: ...


Begun = TypeVar("Begun", bound=Closable)
Begin = Callable[[], Awaitable[Begun]]


async def retried(begin: Begin[Begun], until: float) -> Begun:
    """Call `begin`, again after each UnavailableError up to `ATTEMPTS` times and the time `until`; return its result.

    `until` is of the monotonic clock. If the server asks to wait beyond it, there is no further attempt. Cancellable.
    """
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
        wait_max=_MAX_WAIT_SECONDS,
        wait_jitter=_FIRST_WAIT_SECONDS,
    ):
        with attempt:
            return await begin()
    raise AssertionError("the last attempt returns or raises")


async def hedged(begin: Begin[Begun], seconds: float) -> Begun:
    """Call `begin`, and a second time if the first call has not returned after `seconds` (0: never); return the first
    result.

    If one call fails, the other is awaited; if both fail, the last error is raised. The slower call is cancelled, and
    its result closed if it has one. Cancellation cancels both calls and closes their results.
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
