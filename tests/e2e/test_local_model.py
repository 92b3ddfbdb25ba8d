"""The whole path with a real language model on this machine: an editor's request, an engine that writes, an answer.

The model is small and seldom right; what validation and ranking leave of it is what is looked at.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio

from tests.kit import Buffer, RawClient, ResponseError
from tests.kit_local import MODEL, needs_model

pytestmark = [needs_model, pytest.mark.local_model]

TEXT = "def positive(xs):\n    return [x for x in xs given x > 0]\n"
VARIANTS = ["plain", "system_minimal"]
PATIENT = 45
"""Seconds: on a busy machine the model takes a while to load, and long for each token."""


@pytest_asyncio.fixture
async def client(own_state: Path) -> AsyncIterator[RawClient]:
    one = await RawClient.start()
    settings = {
        "provider": {"kind": "embedded", "modelPath": str(MODEL)},
        "variants": VARIANTS,
        "deadlineSeconds": PATIENT,
        "generateWhen": "always",
        "logLevel": "trace",
        "minProbability": 0,
    }
    await one.initialize(initializationOptions=settings)
    yield one
    await one.kill()


def logged(client: RawClient, words: str) -> list[str]:
    lines = [one["params"]["message"] for one in client.notifications if one["method"] == "window/logMessage"]
    return [line for line in lines if words in line]


async def test_from_the_editor_to_the_engine_and_back(client: RawClient) -> None:
    buffer = Buffer(client, TEXT)
    actions = await buffer.actions(TEXT.index("given"), triggerKind=1)
    assert actions
    for action in actions:
        assert compile(buffer.applied(action["edit"]), "page.py", "exec")
        assert not (action.get("isPreferred") and action["data"]["source"].startswith("model:"))
    assert len(logged(client, "HTTP Request")) == len(VARIANTS)
    assert logged(client, " model ")
    assert await client.stop() == 0


async def test_cancelled_in_mid_stream(client: RawClient) -> None:
    buffer = Buffer(client, TEXT)
    number, asked = buffer.send_actions(TEXT.index("given"), triggerKind=1)
    await client.until(lambda: bool(logged(client, "HTTP Request")))
    client.notify("$/cancelRequest", {"id": number})
    with pytest.raises(ResponseError) as error:
        await asked
    assert error.value.code == -32800
    # The engine is free again: who moves the cursor is answered, and the server ends in good order.
    assert await buffer.actions(TEXT.index("given"), triggerKind=2)
    assert await client.stop() == 0
