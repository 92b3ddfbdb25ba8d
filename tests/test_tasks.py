"""Task groups as we use them: errors pass as they are, and nothing is left running."""

from __future__ import annotations

import logging
from collections.abc import AsyncGenerator, Callable, Coroutine
from contextlib import aclosing
from functools import partial
from typing import Any

import pytest
from anyio import CancelScope, Event, create_task_group, sleep_forever

from quickfix_ls.tasks import background, side_by_side, start_logged, uncancelled


class Work:
    """Work that never ends by itself, and knows whether it is under way."""

    def __init__(self) -> None:
        self.begun = Event()
        self.is_open = False

    async def __call__(self) -> str:
        self.is_open = True
        self.begun.set()
        try:
            await sleep_forever()
        finally:
            self.is_open = False
        return "never"


async def returns(value: str) -> str:
    return value


async def fails() -> str:
    raise LookupError("nothing there")


async def test_the_work_beside_a_body_ends_with_it() -> None:
    work = Work()
    async with background() as tasks:
        tasks.start_soon(work)
        await work.begun.wait()
        assert work.is_open
    assert not work.is_open


async def test_an_error_of_the_body_passes_as_it_is() -> None:
    work = Work()

    async def body() -> None:
        async with background() as tasks:
            tasks.start_soon(work)
            await work.begun.wait()
            await fails()

    with pytest.raises(LookupError, match="nothing there"):
        await body()
    assert not work.is_open


async def test_closing_a_generator_ends_the_work_beside_it() -> None:
    work = Work()

    async def numbers() -> AsyncGenerator[int, None]:
        async with background() as tasks:
            tasks.start_soon(work)
            await work.begun.wait()
            yield 1
            yield 2

    async with aclosing(numbers()) as found:
        assert await anext(found) == 1
    assert not work.is_open


async def test_cancelling_the_body_ends_the_work_beside_it() -> None:
    work = Work()

    async def body() -> None:
        async with background() as tasks:
            tasks.start_soon(work)
            await sleep_forever()

    async with create_task_group() as tasks:
        running = tasks.start_soon(body)
        await work.begun.wait()
        running.cancel()
        await running.wait()
        assert not work.is_open


async def test_a_logged_error_cancels_no_other_task(caplog: pytest.LogCaptureFixture) -> None:
    async def fail() -> None:
        await fails()

    work = Work()
    async with background() as tasks:
        tasks.start_soon(work)
        with caplog.at_level(logging.ERROR):
            await start_logged(tasks, fail, "looking").wait()
        await work.begun.wait()
        assert work.is_open
    assert "looking failed" in caplog.text
    assert "nothing there" in caplog.text


@pytest.mark.parametrize("count", [0, 1, 3])
async def test_results_come_in_the_order_of_the_calls(count: int) -> None:
    calls = [partial(returns, str(number)) for number in range(count)]
    assert await side_by_side(*calls) == tuple(map(str, range(count)))


async def test_the_first_error_cancels_the_other_calls() -> None:
    work = Work()

    async def fails_later() -> str:
        await work.begun.wait()
        return await fails()

    calls: list[Callable[[], Coroutine[Any, Any, str]]] = [work, fails_later]
    with pytest.raises(LookupError, match="nothing there"):
        await side_by_side(*calls)
    assert not work.is_open


async def test_what_must_not_be_half_done_is_done_in_a_cancelled_scope() -> None:
    done = Event()

    async def finish() -> str:
        # Each of these would be cancelled.
        for _ in range(3):
            await side_by_side(partial(returns, "a"), partial(returns, "b"))
        done.set()
        return "done"

    with CancelScope() as scope:
        scope.cancel()
        assert await uncancelled(finish()) == "done"
        await sleep_forever()
    assert scope.cancelled_caught
    assert done.is_set()
