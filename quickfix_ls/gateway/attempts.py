"""Getting an answer to begin: again after what passes by itself, and from a second request where the first is slow.

Both end with the first piece of an answer: what has begun is never asked for again.
"""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable
from typing import Protocol, TypeVar

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
    monotonic clock). A server that asks to wait for longer than that is not asked again."""
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
    (never, for 0). Where one fails the other is waited for; the slower one is cancelled, or closed."""
    if not seconds:
        return await begin()
    tasks = [asyncio.ensure_future(begin())]
    winner: asyncio.Future[Begun] | None = None
    try:
        await asyncio.wait(tasks, timeout=seconds)
        if not tasks[0].done():
            tasks.append(asyncio.ensure_future(begin()))
        waiting = set(tasks)
        while waiting and winner is None:
            done, waiting = await asyncio.wait(waiting, return_when=asyncio.FIRST_COMPLETED)
            winner = next((one for one in tasks if one in done and not one.exception()), None)
        return (winner or tasks[-1]).result()
    finally:
        await _dismiss([one for one in tasks if one is not winner])


async def _dismiss(tasks: list[asyncio.Future[Begun]]) -> None:
    for task in tasks:
        task.cancel()
    for begun in await asyncio.gather(*tasks, return_exceptions=True):
        if not isinstance(begun, BaseException):
            await begun.aclose()
