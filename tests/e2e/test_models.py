"""A model beside the server, from the editor's keystroke to the wire: a raw client and a scripted models' server."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio

from tests.kit import Buffer, RawClient, ResponseError
from tests.kit_models import ModelServer, Script, answers, is_silent, model_server, says, stalls, waits_for

UNSURE = "def positive(xs):\n    return [x for x in xs given x > 0]\n\n\nvalues = positive([1, 2])\n"
"""What no deterministic fix is sure of."""
SURE = "for x in range(3)\n    print(x)\n"
LINE_2 = "2|    return [x for x in xs if x > 0]"
WRITTEN = UNSURE.replace("given", "if")
AUTOMATIC, INVOKED = 2, 1
CANCELLED, MODIFIED = -32800, -32801


@pytest_asyncio.fixture
async def client(own_state: Path) -> AsyncIterator[RawClient]:
    one = await RawClient.start()
    yield one
    await one.kill()


@asynccontextmanager
async def asking(client: RawClient, *scripts: Script, tags: bool = True, **settings: Any) -> AsyncIterator[ModelServer]:
    """The client's server, told to ask a models' server that does what the scripts say."""
    async with model_server(*scripts) as models:
        action: Mapping[str, Any] = {"tagSupport": {"valueSet": [1]}} if tags else {}
        capabilities = {"textDocument": {"codeAction": action}}
        await client.initialize(
            capabilities,
            initializationOptions={
                "provider": models.provider,
                "deadlineSeconds": 30,
                "minProbability": 0,
                "maxOffers": 10,
                **settings,
            },
        )
        yield models


def at(buffer: Buffer) -> int:
    return buffer.text.index("given")


def written(actions: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [one for one in actions if one["data"]["source"].startswith("model:")]


async def test_a_models_fix_is_offered_beside_the_others(client: RawClient) -> None:
    async with asking(client, says(LINE_2), generateWhen="always") as models:
        buffer = Buffer(client, UNSURE)
        actions = await buffer.actions(at(buffer), triggerKind=INVOKED)
        (action,) = written(actions)
        assert buffer.applied(action["edit"]) == WRITTEN
        assert action["title"] == "Write `return [x for x in xs if x > 0]` (scripted-1)"
        assert action["tags"] == [1]
        assert action["data"]["detail"] == "scripted-1; parses; the error is gone; nothing new is undefined"
        assert "isPreferred" not in action
        assert any(one["data"]["source"].startswith("search:") for one in actions)
        assert len(models.received) == 4
        assert len({one.body["messages"][0]["content"] for one in models.received}) == 1


async def test_k_are_asked_at_once(client: RawClient) -> None:
    all_there = asyncio.Event()
    async with asking(client, waits_for(all_there, says(LINE_2)), k=3, generateWhen="always") as models:
        buffer = Buffer(client, UNSURE)
        _, asked = buffer.send_actions(at(buffer), triggerKind=INVOKED)
        await models.until(lambda: models.open == 3)
        all_there.set()
        assert written(await asked)
        assert models.most_open == 3


async def test_a_tag_goes_only_to_those_who_know_it(client: RawClient) -> None:
    async with asking(client, says(LINE_2), tags=False, generateWhen="always"):
        buffer = Buffer(client, UNSURE)
        (action,) = written(await buffer.actions(at(buffer), triggerKind=INVOKED))
        assert "tags" not in action


async def test_a_moving_cursor_asks_no_model(client: RawClient) -> None:
    async with asking(client, says(LINE_2), generateWhen="always") as models:
        buffer = Buffer(client, UNSURE)
        for offset in range(len(UNSURE)):
            await buffer.actions(offset, triggerKind=AUTOMATIC)
        assert await buffer.actions(at(buffer), triggerKind=AUTOMATIC)
        assert not models.received
        assert not models.bytes_sent


async def test_a_moving_cursor_sees_what_a_model_wrote_before(client: RawClient) -> None:
    async with asking(client, says(LINE_2), generateWhen="always") as models:
        buffer = Buffer(client, UNSURE)
        await buffer.actions(at(buffer), triggerKind=INVOKED)
        asked = len(models.received)
        assert written(await buffer.actions(at(buffer), triggerKind=AUTOMATIC))
        assert len(models.received) == asked


async def test_where_a_fix_is_sure_no_model_is_asked(client: RawClient) -> None:
    async with asking(client, is_silent) as models:
        buffer = Buffer(client, SURE)
        (action, *_) = await buffer.actions(0, triggerKind=INVOKED)
        assert action["isPreferred"]
        assert not models.received


@pytest.mark.parametrize("only", ["source.fixAll", "source.fixAll.quickfix-ls"])
async def test_fixing_all_asks_no_model(client: RawClient, only: str) -> None:
    async with asking(client, says(LINE_2), generateWhen="always") as models:
        buffer = Buffer(client, SURE + UNSURE)
        await buffer.actions(0, triggerKind=INVOKED, only=[only])
        assert not models.received


async def test_a_text_seen_before_is_not_asked_about_again(client: RawClient) -> None:
    async with asking(client, says(LINE_2), generateWhen="always") as models:
        buffer = Buffer(client, UNSURE)
        first = written(await buffer.actions(at(buffer), triggerKind=INVOKED))
        asked = len(models.received)
        buffer.replace(len(buffer.text), len(buffer.text), "\n\n\nlater = 1\n")
        buffer.replace(len(UNSURE), len(buffer.text), "")
        assert written(await buffer.actions(at(buffer), triggerKind=INVOKED))[0]["edit"] == first[0]["edit"]
        assert len(models.received) == asked


@pytest.mark.parametrize("script", [is_silent, stalls])
async def test_a_cancelled_request_closes_every_stream(client: RawClient, script: Script) -> None:
    async with asking(client, script) as models:
        buffer = Buffer(client, UNSURE)
        number, asked = buffer.send_actions(at(buffer), triggerKind=INVOKED)
        await models.until(lambda: models.open == 4)
        client.notify("$/cancelRequest", {"id": number})
        await models.until(lambda: models.open == 0)
        with pytest.raises(ResponseError) as error:
            await asked
        assert error.value.code == CANCELLED


async def test_an_edit_that_makes_the_text_obsolete_closes_every_stream(client: RawClient) -> None:
    async with asking(client, stalls) as models:
        buffer = Buffer(client, UNSURE)
        _, asked = buffer.send_actions(at(buffer), triggerKind=INVOKED)
        await models.until(lambda: models.open == 4)
        buffer.replace(at(buffer), at(buffer) + 5, "whence")
        await models.until(lambda: models.open == 0)
        with pytest.raises(ResponseError) as error:
            await asked
        assert error.value.code == MODIFIED


async def test_shutting_down_closes_every_stream(client: RawClient) -> None:
    async with asking(client, stalls) as models:
        buffer = Buffer(client, UNSURE)
        _, asked = buffer.send_actions(at(buffer), triggerKind=INVOKED)
        await models.until(lambda: models.open == 4)
        await client.stop()
        await models.until(lambda: models.open == 0)
        asked.cancel()


@pytest.mark.parametrize("script", [is_silent, stalls])
async def test_a_model_that_stalls_keeps_nobody_waiting_past_the_deadline(client: RawClient, script: Script) -> None:
    async with asking(client, script, deadlineSeconds=0.5) as models:
        buffer = Buffer(client, UNSURE)
        actions = await buffer.actions(at(buffer), triggerKind=INVOKED)
        assert actions
        assert not written(actions)
        await models.until(lambda: models.open == 0)


async def test_what_comes_after_the_deadline_is_offered_the_next_time(client: RawClient) -> None:
    go_on = asyncio.Event()
    settings = {"deadlineSeconds": 0.5, "finishInBackground": True, "minProbability": 0.05}
    async with asking(client, waits_for(go_on, says(LINE_2)), **settings) as models:
        buffer = Buffer(client, UNSURE)
        published = await client.notification("textDocument/publishDiagnostics", uri=buffer.uri)
        assert not written(await buffer.actions(at(buffer), triggerKind=INVOKED))
        await models.until(lambda: models.open == 4)
        go_on.set()
        again = await client.notification("textDocument/publishDiagnostics", uri=buffer.uri)
        assert again == published
        assert written(await buffer.actions(at(buffer), triggerKind=AUTOMATIC))
        assert len(models.received) == 4


async def test_garbage_is_never_offered(client: RawClient) -> None:
    def garbage(question: str) -> str:
        return (
            "2|    return [x for x in (((\n```\n<<<<<<< SEARCH" if "Fix it" in question else "I can't help with that."
        )

    async with asking(client, answers(garbage)):
        buffer = Buffer(client, UNSURE)
        actions = await buffer.actions(at(buffer), triggerKind=INVOKED)
        assert actions
        assert not written(actions)
