"""Work-done progress: begun and ended for who asked for it, and never told to anybody else."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

from tests.kit import BOUND, Buffer, RawClient, ResponseError
from tests.kit_texts import Json
from tests.lsp.long import LONG
from tests.pool import Serve

pytestmark = pytest.mark.asyncio(loop_scope="session")

BROKEN = "print(lenn([]))\n"
PULLS: Json = {"textDocument": {"diagnostic": {}}}
SHOWS: Json = {"window": {"workDoneProgress": True}}


@pytest_asyncio.fixture(loop_scope="session")
async def raw() -> AsyncIterator[RawClient]:
    client = await RawClient.start()
    yield client
    await client.kill()


def told(client: RawClient, token: str) -> list[str]:
    """The kinds of progress that came for a token, in order."""
    progress = (one["params"] for one in client.notifications if one["method"] == "$/progress")
    return [one["value"]["kind"] for one in progress if one["token"] == token]


def request(buffer: Buffer, **more: object) -> Json:
    place = buffer.position(buffer.text.index("lenn"))
    context = {"diagnostics": []}
    document = {"uri": buffer.uri}
    return {"textDocument": document, "range": {"start": place, "end": place}, "context": context, **more}


async def test_a_request_with_a_token_begins_and_ends_before_its_answer(serve_raw: Serve[RawClient]) -> None:
    raw = await serve_raw()
    assert raw.can["codeActionProvider"]["workDoneProgress"] is True
    buffer = Buffer(raw, BROKEN)
    assert await raw.request("textDocument/codeAction", request(buffer, workDoneToken="here"))
    assert told(raw, "here") == ["begin", "end"]
    assert await raw.request("textDocument/codeAction", request(buffer, workDoneToken="here"))
    assert told(raw, "here") == ["begin", "end"] * 2


async def test_a_pull_with_a_token(serve_raw: Serve[RawClient]) -> None:
    raw = await serve_raw(PULLS)
    buffer = Buffer(raw, BROKEN)
    await raw.request("textDocument/diagnostic", {"textDocument": {"uri": buffer.uri}, "workDoneToken": "pulled"})
    assert told(raw, "pulled") == ["begin", "end"]


async def test_without_a_token_nothing_is_told(serve_raw: Serve[RawClient]) -> None:
    raw = await serve_raw()
    assert await raw.request("textDocument/codeAction", request(Buffer(raw, BROKEN)))
    assert [one for one in raw.notifications if one["method"] == "$/progress"] == []
    assert "window/workDoneProgress/create" not in raw.requests


async def test_cancelling_the_progress_cancels_the_request(serve_raw: Serve[RawClient]) -> None:
    raw = await serve_raw()
    buffer = Buffer(raw, LONG + BROKEN)
    asked = raw.send("textDocument/codeAction", request(buffer, workDoneToken="long"))[1]
    await raw.notification("$/progress", token="long")
    raw.notify("window/workDoneProgress/cancel", {"token": "long"})
    with pytest.raises(ResponseError, match="-32800"):
        await asyncio.wait_for(asked, BOUND)
    end = await raw.notification("$/progress", token="long")
    assert end["value"]["kind"] == "end"


async def test_the_start_is_told_to_a_client_that_agrees(raw: RawClient) -> None:
    await raw.initialize(SHOWS)
    await raw.asked("window/workDoneProgress/create")
    first = await raw.notification("$/progress")
    last = await raw.notification("$/progress", token=first["token"])
    assert (first["value"]["kind"], last["value"]["kind"]) == ("begin", "end")
    assert await raw.request("textDocument/codeAction", request(Buffer(raw, BROKEN)))
