"""The user's checkers through the server: what they prove is shown when somebody asks, and kept for the cursor."""

from __future__ import annotations

import os
import sys
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.checkers.kit import needs
from tests.kit import Buffer, Json, RawClient

TEXT = 'n = 3\nprint("n: " + n)\n'
MENDED = 'n = 3\nprint("n: " + str(n))\n'
INVOKED, AUTOMATIC = 1, 2


@pytest.fixture
async def page(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Buffer]:
    monkeypatch.setenv("PATH", os.path.dirname(sys.executable), prepend=os.pathsep)
    client = await RawClient.start()
    await client.initialize(initializationOptions={"checkers": ["ty"]})
    yield Buffer(client, TEXT)
    await client.stop()


@needs("basedpyright")
async def test_nothing_is_left_of_a_server_when_ours_ends(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.setenv("PATH", os.path.dirname(sys.executable), prepend=os.pathsep)
    client = await RawClient.start()
    await client.initialize(initializationOptions={"checkers": ["basedpyright"]})
    page = Buffer(client, TEXT)
    (action,) = await page.actions(TEXT.index('"n'), triggerKind=INVOKED)
    assert "checked with basedpyright" in action["data"]["checks"]
    assert len(list(tmp_path.glob("quickfix-ls-*"))) == 1
    await client.stop()
    assert list(tmp_path.glob("quickfix-ls-*")) == []


@needs("ty")
async def test_an_automatic_request_has_what_was_proven_before_and_waits_for_nothing(page: Buffer) -> None:
    place = TEXT.index('"n')
    assert await page.actions(place, triggerKind=AUTOMATIC) == []
    (asked,) = await page.actions(place, triggerKind=INVOKED)
    assert page.applied(asked["edit"]) == MENDED
    assert ("checked with ty" in asked["data"]["checks"], asked.get("isPreferred")) == (True, None)
    (moved,) = await page.actions(place, triggerKind=AUTOMATIC)
    assert moved["edit"] == asked["edit"]


@needs("ty")
async def test_a_clients_diagnostic_is_the_one_that_is_mended(page: Buffer) -> None:
    place = TEXT.index('"n')
    message = 'Operator `+` is not supported between objects of type `Literal["n: "]` and `Literal[3]`'
    told: Json = {
        "range": {"start": page.position(place), "end": page.position(TEXT.index(")"))},
        "message": message,
        "source": "ty",
        "code": "unsupported-operator",
    }
    (action,) = await page.actions(place, diagnostics=[told], triggerKind=INVOKED)
    assert action["diagnostics"] == [told]
    assert "checked with ty" in action["data"]["checks"]
