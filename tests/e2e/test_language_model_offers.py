"""Offers of a language model through the real server: a raw client and a scripted model server over HTTP."""

from __future__ import annotations

import asyncio
import itertools
from collections.abc import AsyncIterator
from typing import Any, Protocol

import pytest
import pytest_asyncio

from tests.kit import Buffer, RawClient, ResponseError
from tests.kit_models import ModelServer, Script, answers, is_silent, model_server, says, stalls, waits_for
from tests.kit_texts import Json
from tests.pool import Pool, pool_of

SURE = "for x in range(3)\n    print(x)\n"
LINE_2 = "2|    return [x for x in xs if x > 0]"
AUTOMATIC, INVOKED = 2, 1
CANCELLED, MODIFIED = -32800, -32801

pytestmark = pytest.mark.asyncio(loop_scope="session")

_fresh = itertools.count(1)


class Asking(Protocol):
    """Gives a client of a server that asks the models' server, which does what the scripts say."""

    async def __call__(self, *scripts: Script, tags: bool = True, **settings: Any) -> RawClient: ...


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def models() -> AsyncIterator[ModelServer]:
    async with model_server() as server:
        yield server


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def pool() -> AsyncIterator[Pool[RawClient]]:
    async with pool_of(RawClient.begin) as servers:
        yield servers


@pytest_asyncio.fixture(loop_scope="session")
async def asking(pool: Pool[RawClient], models: ModelServer) -> AsyncIterator[Asking]:
    async with pool.lending() as lend:

        async def ask(*scripts: Script, tags: bool = True, **settings: Any) -> RawClient:
            models.answer_with(*scripts)
            return await lend(capabilities(tags), initializationOptions=options(models, **settings))

        yield ask


def capabilities(tags: bool) -> Json:
    return {"textDocument": {"codeAction": {"tagSupport": {"valueSet": [1]}} if tags else {}}}


def options(models: ModelServer, **settings: Any) -> Json:
    asked = {"provider": models.provider, "deadlineSeconds": 30, "minProbability": 0, "maxOffers": 10}
    return {**asked, **settings}


def unsure() -> str:
    """What no deterministic fix is sure of; each time another text, since a model's answers are remembered."""
    name = f"positive_{next(_fresh)}"
    return f"def {name}(xs):\n    return [x for x in xs given x > 0]\n\n\nvalues = {name}([1, 2])\n"


def at(buffer: Buffer) -> int:
    return buffer.text.index("given")


def written(actions: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [one for one in actions if one["data"]["source"].startswith("model:")]


async def test_a_models_fix_is_offered_beside_the_others(asking: Asking, models: ModelServer) -> None:
    client = await asking(says(LINE_2), generateWhen="always")
    buffer = Buffer(client, unsure())
    actions = await buffer.actions(at(buffer), triggerKind=INVOKED)
    (action,) = written(actions)
    assert buffer.applied(action["edit"]) == buffer.text.replace("given", "if")
    assert action["title"] == "Write `return [x for x in xs if x > 0]` (scripted-1)"
    assert action["tags"] == [1]
    assert action["data"]["detail"] == "scripted-1; parses; the error is gone; nothing new is undefined"
    assert "isPreferred" not in action
    assert any(one["data"]["source"].startswith("search:") for one in actions)
    assert len(models.received) == 4
    assert len({one.body["messages"][0]["content"] for one in models.received}) == 1


async def test_k_are_asked_at_once(asking: Asking, models: ModelServer) -> None:
    all_there = asyncio.Event()
    client = await asking(waits_for(all_there, says(LINE_2)), k=3, generateWhen="always")
    buffer = Buffer(client, unsure())
    _, asked = buffer.send_actions(at(buffer), triggerKind=INVOKED)
    await models.until(lambda: models.open == 3)
    all_there.set()
    assert written(await asked)
    assert models.most_open == 3


async def test_a_tag_goes_only_to_those_who_know_it(asking: Asking, models: ModelServer) -> None:
    client = await asking(says(LINE_2), tags=False, generateWhen="always")
    buffer = Buffer(client, unsure())
    (action,) = written(await buffer.actions(at(buffer), triggerKind=INVOKED))
    assert "tags" not in action


async def test_a_moving_cursor_asks_no_model(asking: Asking, models: ModelServer) -> None:
    client = await asking(says(LINE_2), generateWhen="always")
    buffer = Buffer(client, unsure())
    for offset in range(len(buffer.text)):
        await buffer.actions(offset, triggerKind=AUTOMATIC)
    assert await buffer.actions(at(buffer), triggerKind=AUTOMATIC)
    assert not models.received
    assert not models.bytes_sent


async def test_a_moving_cursor_sees_what_a_model_wrote_before(asking: Asking, models: ModelServer) -> None:
    client = await asking(says(LINE_2), generateWhen="always")
    buffer = Buffer(client, unsure())
    await buffer.actions(at(buffer), triggerKind=INVOKED)
    asked = len(models.received)
    assert written(await buffer.actions(at(buffer), triggerKind=AUTOMATIC))
    assert len(models.received) == asked


async def test_where_a_fix_is_sure_no_model_is_asked(asking: Asking, models: ModelServer) -> None:
    client = await asking(is_silent)
    buffer = Buffer(client, SURE)
    (action, *_) = await buffer.actions(0, triggerKind=INVOKED)
    assert action["isPreferred"]
    assert not models.received


@pytest.mark.parametrize("only", ["source.fixAll", "source.fixAll.quickfix-ls"])
async def test_fixing_all_asks_no_model(asking: Asking, models: ModelServer, only: str) -> None:
    client = await asking(says(LINE_2), generateWhen="always")
    buffer = Buffer(client, SURE + unsure())
    await buffer.actions(0, triggerKind=INVOKED, only=[only])
    assert not models.received


async def test_a_text_seen_before_is_not_asked_about_again(asking: Asking, models: ModelServer) -> None:
    client = await asking(says(LINE_2), generateWhen="always")
    buffer = Buffer(client, unsure())
    first = written(await buffer.actions(at(buffer), triggerKind=INVOKED))
    asked, end = len(models.received), len(buffer.text)
    buffer.replace(end, end, "\n\n\nlater = 1\n")
    buffer.replace(end, len(buffer.text), "")
    assert written(await buffer.actions(at(buffer), triggerKind=INVOKED))[0]["edit"] == first[0]["edit"]
    assert len(models.received) == asked


@pytest.mark.parametrize("script", [is_silent, stalls])
async def test_a_cancelled_request_closes_every_stream(asking: Asking, models: ModelServer, script: Script) -> None:
    client = await asking(script)
    buffer = Buffer(client, unsure())
    number, asked = buffer.send_actions(at(buffer), triggerKind=INVOKED)
    await models.until(lambda: models.open == 4)
    client.notify("$/cancelRequest", {"id": number})
    await models.until(lambda: models.open == 0)
    with pytest.raises(ResponseError) as error:
        await asked
    assert error.value.code == CANCELLED


async def test_an_edit_that_makes_the_text_obsolete_closes_every_stream(asking: Asking, models: ModelServer) -> None:
    client = await asking(stalls)
    buffer = Buffer(client, unsure())
    _, asked = buffer.send_actions(at(buffer), triggerKind=INVOKED)
    await models.until(lambda: models.open == 4)
    buffer.replace(at(buffer), at(buffer) + 5, "whence")
    await models.until(lambda: models.open == 0)
    with pytest.raises(ResponseError) as error:
        await asked
    assert error.value.code == MODIFIED


async def test_shutting_down_closes_every_stream(models: ModelServer) -> None:
    models.answer_with(stalls)
    client = await RawClient.begin(initializationOptions=options(models))
    buffer = Buffer(client, unsure())
    _, asked = buffer.send_actions(at(buffer), triggerKind=INVOKED)
    await models.until(lambda: models.open == 4)
    await client.stop()
    await models.until(lambda: models.open == 0)
    asked.cancel()


@pytest.mark.parametrize("script", [is_silent, stalls])
async def test_a_model_that_stalls_keeps_nobody_waiting_past_the_deadline(
    asking: Asking, models: ModelServer, script: Script
) -> None:
    client = await asking(script, deadlineSeconds=0.5)
    buffer = Buffer(client, unsure())
    actions = await buffer.actions(at(buffer), triggerKind=INVOKED)
    assert actions
    assert not written(actions)
    await models.until(lambda: models.open == 0)


async def test_what_comes_after_the_deadline_is_offered_the_next_time(asking: Asking, models: ModelServer) -> None:
    go_on = asyncio.Event()
    settings = {"deadlineSeconds": 2.0, "finishInBackground": True, "minProbability": 0.05}
    client = await asking(waits_for(go_on, says(LINE_2)), **settings)
    buffer = Buffer(client, unsure())
    published = await client.notification("textDocument/publishDiagnostics", uri=buffer.uri)
    assert not written(await buffer.actions(at(buffer), triggerKind=INVOKED))
    await models.until(lambda: models.open == 4)
    go_on.set()
    again = await client.notification("textDocument/publishDiagnostics", uri=buffer.uri)
    assert again == published
    assert written(await buffer.actions(at(buffer), triggerKind=AUTOMATIC))
    assert len(models.received) == 4


async def test_garbage_is_never_offered(asking: Asking, models: ModelServer) -> None:
    def garbage(question: str) -> str:
        return (
            "2|    return [x for x in (((\n```\n<<<<<<< SEARCH" if "Fix it" in question else "I can't help with that."
        )

    client = await asking(answers(garbage))
    buffer = Buffer(client, unsure())
    actions = await buffer.actions(at(buffer), triggerKind=INVOKED)
    assert actions
    assert not written(actions)
