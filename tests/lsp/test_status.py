"""What the server does is told to a client that asks for it, when it changes."""

from __future__ import annotations

import os
import signal
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio

from tests.kit import Buffer, RawClient
from tests.kit_models import model_server
from tests.kit_texts import Json
from tests.lsp.long import LONG
from tests.lsp.test_lifecycle import procfs, worker_of

pytestmark = pytest.mark.asyncio(loop_scope="session")

TAKES: Json = {"experimental": {"quickfix-ls": {"status": True}}}
UNSURE = "def positive(xs):\n    return [x for x in xs given x > 0]\n\n\nvalues = positive([1, 2])\n"


@pytest_asyncio.fixture(loop_scope="session")
async def raw(tmp_path: Path) -> AsyncIterator[RawClient]:
    environment = {**os.environ, "XDG_STATE_HOME": str(tmp_path)}
    client = await RawClient.start(environment=environment)
    yield client
    await client.kill()


def told(client: RawClient) -> list[Json]:
    return [one["params"] for one in client.notifications if one["method"] == "quickfix-ls/status"]


def states(client: RawClient) -> list[str]:
    return [one["state"] for one in told(client)]


@procfs
async def test_starting_ready_and_paused_while_the_worker_is_replaced(raw: RawClient) -> None:
    await raw.initialize(TAKES)
    await raw.until(lambda: states(raw) == ["starting", "ready"])
    assert told(raw)[-1] == {
        "state": "ready",
        "detail": "",
        "model": None,
        "tokensToday": None,
        "tokensLimit": None,
    }
    os.kill(worker_of(raw), signal.SIGKILL)
    await raw.until(lambda: states(raw) == ["starting", "ready", "paused", "ready"])
    assert "started again" in told(raw)[2]["detail"]
    assert await raw.stop() == 0


async def test_a_document_that_takes_long_to_read_is_told(raw: RawClient) -> None:
    await raw.initialize(TAKES)
    await raw.until(lambda: states(raw) == ["starting", "ready"])
    Buffer(raw, LONG * 5)
    await raw.until(lambda: states(raw)[2:] == ["indexing", "ready"])


async def test_a_paid_model_and_its_tokens(raw: RawClient) -> None:
    async with model_server() as models:
        options = {"provider": models.provider, "deadlineSeconds": 30, "minProbability": 0, "dailyTokens": 90_000}
        await raw.initialize(TAKES, initializationOptions=options)
        await raw.until(lambda: bool(told(raw)) and told(raw)[-1]["model"] is not None)
        at_start = told(raw)[-1]
        assert (at_start["model"], at_start["tokensToday"], at_start["tokensLimit"]) == ("scripted-1", 0, 90_000)
        await Buffer(raw, UNSURE).actions(UNSURE.index("given"))
        await raw.until(lambda: told(raw)[-1]["tokensToday"] > 0)
        assert models.received


async def test_nothing_is_sent_to_who_does_not_know_it(raw: RawClient) -> None:
    await raw.initialize({"experimental": {"quickfix-ls": {"status": False}}})
    await Buffer(raw, "print(lenn([]))\n").actions(7)
    assert told(raw) == []
