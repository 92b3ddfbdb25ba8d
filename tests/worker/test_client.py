"""The server's handle of its worker, against real processes."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Iterable

import pytest

from quickfix_ls.values import Span
from quickfix_ls.worker.client import Worker, WorkerGone
from quickfix_ls.worker.frames import AskOffers, Configure, Open, ToWorker

BROKEN = "print(lenn([]))\n"
QUESTION = AskOffers("a", Span(6, 10), (), 5.0, 3)


def state() -> Iterable[ToWorker]:
    yield Configure("first", (), ({"minProbability": 0},))
    yield Open("a", 0, BROKEN)


async def test_a_new_process_is_brought_up_to_date() -> None:
    told: list[str] = []
    worker = Worker(state, told.append)
    worker.start()
    worker.start()
    try:
        first = await worker.ask(QUESTION, 60)
        assert first
        worker.kill("a test wants it so")
        assert await worker.ask(QUESTION, 60) == first
        assert told == []
    finally:
        await worker.stop()


async def test_a_worker_that_cannot_start_is_reported_once_and_keeps_nobody_waiting() -> None:
    told: list[str] = []
    command = [sys.executable, "-c", "raise SystemExit('no worker today')"]
    worker = Worker(state, told.append, command, delays=(0.0, 0.0, 60.0))
    worker.start()
    try:
        with pytest.raises(WorkerGone):
            await asyncio.wait_for(worker.ask(QUESTION, 60), 60)
        with pytest.raises(WorkerGone):
            await asyncio.wait_for(worker.ask(QUESTION, 60), 60)
        assert told == ["quickfix-ls keeps failing to work; its log says why."]
    finally:
        await worker.stop()


async def test_stopping_what_was_never_started() -> None:
    await Worker(state, print).stop()
