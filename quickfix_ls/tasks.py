"""Structured concurrency with anyio: every task belongs to a task group, and the code that opened the group waits for
all of its tasks.

An error in a task cancels all tasks of its group. So independent tasks log their errors (`start_logged`) or return
them, and no task catches a cancellation. Code that must finish despite a cancellation, such as closing a connection, is
shielded: inside of a cancelled scope every `await` is cancelled, not only the first.
"""

from __future__ import annotations

import logging
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any, TypeVar

from anyio import CancelScope, create_task_group

if TYPE_CHECKING:
    from anyio import TaskHandle
    from anyio.abc import TaskGroup

logger = logging.getLogger(__name__)

Result = TypeVar("Result")


@asynccontextmanager
async def background() -> AsyncIterator[TaskGroup]:
    """Open a task group for background tasks. When the body ends, its tasks are cancelled and awaited.

    An error of the body is raised as it is, not inside of an ExceptionGroup, and so is the GeneratorExit of a generator
    that contains the body. Cancellation cancels the body and the tasks.
    """
    failure: BaseException | None = None
    async with create_task_group() as tasks:
        try:
            yield tasks
        except (Exception, GeneratorExit) as error:
            failure = error
        tasks.cancel_scope.cancel()
    if failure is not None:
        raise failure


def start_logged(
    tasks: TaskGroup, call: Callable[[], Coroutine[Any, Any, None]], what: str = "background work"
) -> TaskHandle[None]:
    """Start a call as a task in a group. Its error is logged with the description `what` and cancels no other task."""

    async def logged() -> None:
        try:
            await call()
        except Exception:
            logger.exception("%s failed", what)

    return tasks.start_soon(logged)


async def side_by_side(*calls: Callable[[], Awaitable[Result]]) -> tuple[Result, ...]:
    """Run calls concurrently and return their results in the order of the calls.

    The first error cancels the other calls and is raised as it is. Cancellation cancels all calls. In all cases every
    call has ended when this returns.
    """
    if len(calls) <= 1:
        return tuple([await call() for call in calls])
    results: dict[int, Result] = {}
    failures: list[Exception] = []

    async def run(place: int, call: Callable[[], Awaitable[Result]]) -> None:
        try:
            results[place] = await call()
        except Exception as error:
            failures.append(error)
            tasks.cancel_scope.cancel()

    async with create_task_group() as tasks:
        for place, call in enumerate(calls):
            tasks.start_soon(run, place, call)
    if failures:
        raise failures[0]
    return tuple(results[place] for place in range(len(calls)))


async def uncancelled(work: Awaitable[Result]) -> Result:
    """Await something that must not be interrupted and return its result. A cancellation takes effect afterwards."""
    with CancelScope(shield=True):
        result = await work
    return result  # noqa: RET504  # to mypy the scope may swallow an error, and nothing is returned inside
