"""A request's life in the log: one line a stage, to whom it was asked for, under the request's own id."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

from tests.kit import Buffer, RawClient

BROKEN = "def f(x:\n    return x\n"
STAGES = ["received", "problems", "problem", "candidates", "passed", "ranked", "offered"]


@pytest_asyncio.fixture
async def raw() -> AsyncIterator[RawClient]:
    client = await RawClient.start()
    yield client
    await client.kill()


def lines(client: RawClient, method: str, request: int) -> list[str]:
    """The messages about a request that came as notifications of that method, without its id."""
    told = (one["params"]["message"] for one in client.notifications if one["method"] == method)
    return [line.removeprefix(f"#{request} ") for line in told if line.startswith(f"#{request} ")]


async def asked(raw: RawClient) -> int:
    """The id of a request that was answered, about a text that changed right before it: what the worker works out in a
    pause, ahead, is nobody's request."""
    buffer = Buffer(raw, BROKEN)
    await buffer.actions(BROKEN.index("x"))
    buffer.replace(len(BROKEN), len(BROKEN), "\n")
    number, answer = buffer.send_actions(BROKEN.index("x"))
    await answer
    return number


async def all_stages(client: RawClient, method: str, request: int) -> list[str]:
    """The stages' names, each where it came first, once the worker's lines have come."""
    await client.until(lambda: any(line.startswith("ranked") for line in lines(client, method, request)))
    told = lines(client, method, request)
    assert all(re.search(r" ms=\d+\.\d$", line) for line in told if not line.startswith(("received", "problem ")))
    return list(dict.fromkeys(line.split(" ", 1)[0] for line in told))


@pytest.mark.parametrize("how", ["initialize", "setTrace"])
async def test_a_client_s_trace_tells_every_stage(raw: RawClient, how: str) -> None:
    await raw.initialize(trace="verbose" if how == "initialize" else "off")
    if how == "setTrace":
        raw.notify("$/setTrace", {"value": "verbose"})
    number = await asked(raw)
    assert sorted(await all_stages(raw, "$/logTrace", number)) == sorted(STAGES)
    assert lines(raw, "window/logMessage", number) == []


async def test_the_log_level_trace_tells_them_to_the_log_window(raw: RawClient) -> None:
    await raw.initialize(initializationOptions={"logLevel": "trace"})
    number = await asked(raw)
    assert sorted(await all_stages(raw, "window/logMessage", number)) == sorted(STAGES)
    assert lines(raw, "$/logTrace", number) == []


async def test_nobody_who_has_not_asked_is_told(raw: RawClient) -> None:
    await raw.initialize(trace="messages")
    raw.notify("$/setTrace", {"value": "verbose"})
    raw.notify("$/setTrace", {"value": "off"})
    buffer = Buffer(raw, BROKEN)
    assert await buffer.actions(BROKEN.index("x"))
    assert await buffer.actions(BROKEN.index("x"))
    assert [one["params"] for one in raw.notifications if one["method"] == "$/logTrace" and "#" in str(one)] == []
