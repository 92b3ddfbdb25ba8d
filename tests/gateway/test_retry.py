"""Beginning again, and a second request beside a slow one: without HTTP, with things that can be closed."""

from __future__ import annotations

import asyncio
import time

import pytest

from quickfix_ls.errors import RejectedError, UnavailableError
from quickfix_ls.gateway.retry import ATTEMPTS, hedged, retried

NEVER = 1e9


class Begun:
    """Something that has begun, and knows whether it was closed."""

    def __init__(self, name: str) -> None:
        self.name, self.closed = name, False

    async def aclose(self) -> None:
        self.closed = True


class Begins:
    """Begins things in order: each outcome is a name, an error, or an event to wait for before the thing begins."""

    def __init__(self, *outcomes: str | Exception | asyncio.Event) -> None:
        self._outcomes = list(outcomes)
        self.calls = 0
        self.cancelled = 0
        self.begun: list[Begun] = []

    async def __call__(self) -> Begun:
        outcome = self._outcomes[min(self.calls, len(self._outcomes) - 1)]
        self.calls += 1
        if isinstance(outcome, Exception):
            raise outcome
        if isinstance(outcome, asyncio.Event):
            try:
                await outcome.wait()
            except asyncio.CancelledError:
                self.cancelled += 1
                raise
        self.begun.append(Begun(str(self.calls) if isinstance(outcome, asyncio.Event) else outcome))
        return self.begun[-1]


async def test_what_passes_is_tried_again() -> None:
    begins = Begins(UnavailableError("x"), UnavailableError("x", 0.0), "third")
    assert (await retried(begins, time.monotonic() + NEVER)).name == "third"


async def test_trying_again_is_no_news_for_the_log(caplog: pytest.LogCaptureFixture) -> None:
    assert (await retried(Begins(UnavailableError("x"), "second"), time.monotonic() + NEVER)).name == "second"
    assert caplog.records == []


async def test_what_does_not_pass_is_not() -> None:
    begins = Begins(RejectedError("no"), "second")
    with pytest.raises(RejectedError):
        await retried(begins, time.monotonic() + NEVER)
    assert begins.calls == 1


async def test_there_is_an_end_to_it() -> None:
    begins = Begins(UnavailableError("x", 0.0))
    with pytest.raises(UnavailableError):
        await retried(begins, time.monotonic() + NEVER)
    assert begins.calls == ATTEMPTS


@pytest.mark.parametrize("error", [UnavailableError("x", 60.0), UnavailableError("x")])
async def test_nothing_is_tried_for_which_there_is_no_time(error: UnavailableError) -> None:
    begins = Begins(error)
    with pytest.raises(UnavailableError):
        await retried(begins, time.monotonic())
    assert begins.calls == 1


async def test_a_quick_one_is_asked_once() -> None:
    begins = Begins("first")
    assert (await hedged(begins, NEVER)).name == (await hedged(begins, 0)).name == "first"
    assert begins.calls == 2


async def test_of_two_the_quicker_one_counts_and_the_other_is_cancelled() -> None:
    begins = Begins(asyncio.Event(), "second")
    assert (await hedged(begins, 0.001)).name == "second"
    assert (begins.calls, begins.cancelled) == (2, 1)


async def test_the_first_one_may_still_win() -> None:
    first = asyncio.Event()
    begins = Begins(first, asyncio.Event())
    waiting = asyncio.ensure_future(hedged(begins, 0.001))
    while begins.calls < 2:
        await asyncio.sleep(0)
    first.set()
    assert (await waiting).name == "2"
    assert (begins.calls, begins.cancelled) == (2, 1)


async def test_two_that_begin_at_once_leave_one_open() -> None:
    both = asyncio.Event()
    begins = Begins(both, both)
    waiting = asyncio.ensure_future(hedged(begins, 0.001))
    while begins.calls < 2:
        await asyncio.sleep(0)
    both.set()
    winner = await waiting
    assert [one.closed for one in begins.begun] == [one is not winner for one in begins.begun]


async def test_where_one_fails_the_other_is_waited_for() -> None:
    first = asyncio.Event()
    begins = Begins(first, RejectedError("no"))
    waiting = asyncio.ensure_future(hedged(begins, 0.001))
    while begins.calls < 2:
        await asyncio.sleep(0)
    first.set()
    assert (await waiting).name == "2"


async def test_where_both_fail_that_is_the_answer() -> None:
    with pytest.raises(RejectedError):
        await hedged(Begins(RejectedError("no")), NEVER)


async def test_cancelling_cancels_both() -> None:
    begins = Begins(asyncio.Event())
    waiting = asyncio.ensure_future(hedged(begins, 0.001))
    while begins.calls < 2:
        await asyncio.sleep(0)
    waiting.cancel()
    with pytest.raises(asyncio.CancelledError):
        await waiting
    assert begins.cancelled == 2
