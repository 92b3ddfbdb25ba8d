"""The provider `vscode`: the client's language models, asked by a request of the server. The client's side is ours to
write here, and answers from the prompt as a model would."""

from __future__ import annotations

import asyncio
import os
import re
import sqlite3
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio

from tests.kit import BOUND, Buffer, RawClient, ResponseError
from tests.kit_texts import Json

pytestmark = pytest.mark.asyncio(loop_scope="session")

HAS: Json = {"experimental": {"quickfix-ls": {"languageModel": True}}}
ASKS = {"provider": "vscode", "deadlineSeconds": 30, "minProbability": 0, "maxOffers": 10}
UNSURE = """\
API_KEY = "sk-proj-9d8f7a6b5c4d3e2f1a0b9c8d7e6f5a4b3c2d1e0f"


def positive(rooms):
    return [x for x in rooms given x > 0]


values = positive([1, 2])
"""
METHOD = "quickfix-ls/languageModel"
_NUMBERED = re.compile(r"^\s*(\d+)\|(.*\bgiven\b.*)$", re.MULTILINE)


class Model:
    """The client's model: it mends the numbered line of the prompt that has `given`."""

    def __init__(self) -> None:
        self.received: list[Json] = []

    async def __call__(self, params: Json) -> Any:
        self.received.append(params)
        (number, line) = _NUMBERED.findall(params["messages"][-1]["content"])[-1]
        fixed = line.replace("x for x", "room for room").replace("given x", "if room")
        return {"text": f"{number}|{fixed}", "model": "copilot-9", "inputTokens": 70, "outputTokens": None}


@pytest_asyncio.fixture(loop_scope="session")
async def raw(tmp_path: Path) -> AsyncIterator[RawClient]:
    client = await RawClient.start(environment={**os.environ, "XDG_STATE_HOME": str(tmp_path)})
    yield client
    await client.kill()


async def actions_of(client: RawClient, **context: Any) -> list[Json]:
    page = Buffer(client, UNSURE)
    return await page.actions(UNSURE.index("given"), **context)


def by_model(actions: list[Json]) -> list[Json]:
    return [action for action in actions if action["data"]["source"].startswith("model:")]


async def test_the_client_s_model_proposes_a_fix_and_its_tokens_count(raw: RawClient, tmp_path: Path) -> None:
    model = raw.responders[METHOD] = Model()
    await raw.initialize(HAS, initializationOptions={**ASKS, "provider": {"kind": "vscode", "model": "gpt-9"}})
    page = Buffer(raw, UNSURE)
    found = by_model(await page.actions(UNSURE.index("given")))
    assert page.applied(found[0]["edit"]) == UNSURE.replace("x for x", "room for room").replace("given x", "if room")
    assert found[0]["title"].endswith("(gpt-9)")

    request = model.received[0]
    assert set(request) == {"messages", "maxTokens", "temperature", "family"}
    assert (request["family"], [message["role"] for message in request["messages"]]) == ("gpt-9", ["system", "user"])
    assert "sk-proj-" not in str(model.received)

    asked = len(model.received)
    assert by_model(await page.actions(UNSURE.index("given")))
    assert len(model.received) == asked

    with sqlite3.connect(next(tmp_path.rglob("ledger.sqlite3"))) as ledger:
        rows = ledger.execute("SELECT server, model, metered, sent, received, outcome FROM exchanges").fetchall()
    assert len(rows) == asked
    assert {row[:4] for row in rows if row[5] == "complete"} == {("models", "gpt-9", 1, 70)}
    assert all(received > 0 for *_, received, outcome in rows if outcome == "complete")


async def test_without_a_model_named_the_client_chooses(raw: RawClient) -> None:
    model = raw.responders[METHOD] = Model()
    await raw.initialize(HAS, initializationOptions=ASKS)
    assert by_model(await actions_of(raw))[0]["title"].endswith("(vscode)")
    assert model.received[0]["family"] is None


async def test_a_cursor_that_moves_asks_nobody(raw: RawClient) -> None:
    model = raw.responders[METHOD] = Model()
    await raw.initialize(HAS, initializationOptions=ASKS)
    await actions_of(raw, triggerKind=2)
    assert model.received == []


@pytest.mark.parametrize(
    ("capabilities", "options"),
    [({}, ASKS), ({"experimental": {"quickfix-ls": {"languageModel": False}}}, ASKS), (HAS, {"minProbability": 0})],
    ids=["not declared", "declined", "not the provider"],
)
async def test_nobody_is_asked_unless_the_client_offers_it_and_the_user_wants_it(
    raw: RawClient, capabilities: Json, options: Json
) -> None:
    raw.responders[METHOD] = Model()
    await raw.initialize(capabilities, initializationOptions=options)
    assert by_model(await actions_of(raw)) == []
    assert METHOD not in raw.requests


async def test_a_project_can_t_have_the_editor_s_models_asked(raw: RawClient, tmp_path: Path) -> None:
    (tmp_path / "quickfix-ls.toml").write_text("provider = 'vscode'\n")
    raw.responders[METHOD] = Model()
    await raw.initialize(HAS, rootUri=tmp_path.as_uri(), initializationOptions={"minProbability": 0})
    page = Buffer(raw, UNSURE, uri=(tmp_path / "a.py").as_uri())
    assert by_model(await page.actions(UNSURE.index("given"))) == []
    assert METHOD not in raw.requests
    message = await raw.notification("window/showMessage")
    assert "`provider` is left out: a project can only name a server on this machine" in message["message"]


async def test_a_model_that_fails_leaves_the_other_fixes(raw: RawClient) -> None:
    async def refuses(params: Json) -> Any:
        raise ResponseError({"code": -32000, "message": "no consent"})

    raw.responders[METHOD] = refuses
    await raw.initialize(HAS, initializationOptions=ASKS)
    page = Buffer(raw, "def f(x\n    return x\n")
    assert await page.actions(7)
    assert by_model(await actions_of(raw)) == []


async def test_the_spend_cap_holds(raw: RawClient) -> None:
    model = raw.responders[METHOD] = Model()
    await raw.initialize(HAS, initializationOptions={**ASKS, "dailyTokens": 10})
    assert by_model(await actions_of(raw)) == []
    assert model.received == []


async def test_a_cancelled_request_reaches_the_model(raw: RawClient) -> None:
    begun = asyncio.Event()

    async def never(params: Json) -> Any:
        begun.set()
        await asyncio.Event().wait()

    raw.responders[METHOD] = never
    await raw.initialize(HAS, initializationOptions=ASKS)
    page = Buffer(raw, UNSURE)
    number, asked = page.send_actions(UNSURE.index("given"))
    await asyncio.wait_for(begun.wait(), BOUND)
    raw.notify("$/cancelRequest", {"id": number})
    with pytest.raises(ResponseError, match="-32800"):
        await asyncio.wait_for(asked, BOUND)
    await raw.until(lambda: any(one["method"] == "$/cancelRequest" for one in raw.notifications))
    assert await raw.stop() == 0
