"""No diagnostic is shown while the user types, and they are shown at once otherwise."""

from __future__ import annotations

import asyncio

import pytest

from tests.kit import BOUND, Buffer, RawClient
from tests.kit_texts import Json
from tests.lsp.pulling import Pulling
from tests.pool import Serve

pytestmark = pytest.mark.asyncio(loop_scope="session")

PULLS: Json = {"textDocument": {"diagnostic": {}}, "workspace": {"diagnostics": {"refreshSupport": True}}}
LOOP = "for i in range(3):\n    total = i * 2\n    print(total)\n"
BROKEN = "def f(x)\n    return x\n"
KEY_SECONDS = 0.09


def pushed(client: RawClient, uri: str) -> list[str]:
    """The messages that the last publication for a document holds."""
    published = [one["params"] for one in client.notifications if one["method"] == "textDocument/publishDiagnostics"]
    last = [one for one in published if one["uri"] == uri][-1:]
    return [diagnostic["message"] for one in last for diagnostic in one["diagnostics"]]


@pytest.mark.slow
async def test_no_key_of_a_correct_loop_shows_anything(serve_raw: Serve[RawClient]) -> None:
    pulling_client, pushed_client = await serve_raw(PULLS), await serve_raw()
    page, other = Buffer(pulling_client, ""), Buffer(pushed_client, "")
    pulling = Pulling(page)
    pulling.pull()
    await pulling.settled()
    squiggles = []
    for key in LOOP:
        page.replace(len(page.text), len(page.text), key)
        other.replace(len(other.text), len(other.text), key)
        pulling.pull()
        await asyncio.sleep(KEY_SECONDS)
        squiggles += [(page.text, shown) for shown in (pulling.shown, pushed(pushed_client, other.uri)) if shown]
    assert len(LOOP) == 54
    assert squiggles == []
    assert await pulling.settled() == []


async def test_pulls_that_are_never_cancelled_all_get_the_answer_of_the_pause(serve_raw: Serve[RawClient]) -> None:
    raw = await serve_raw(PULLS)
    page = Buffer(raw, "")
    asked = []
    for key in LOOP:
        page.replace(len(page.text), len(page.text), key)
        asked.append(raw.send("textDocument/diagnostic", {"textDocument": {"uri": page.uri}})[1])
    reports = await asyncio.wait_for(asyncio.gather(*asked), BOUND)
    assert [report["items"] for report in reports] == [[]] * len(LOOP)


async def test_what_is_broken_is_shown_after_the_pause(serve_raw: Serve[RawClient]) -> None:
    raw, plain = await serve_raw(PULLS), await serve_raw()
    page, other = Buffer(raw, ""), Buffer(plain, "")
    pulling = Pulling(page)
    for key in BROKEN:
        for buffer in (page, other):
            buffer.replace(len(buffer.text), len(buffer.text), key)
        pulling.pull()
    assert await pulling.settled() == ["expected ':'"]
    await plain.until(lambda: pushed(plain, other.uri) == ["expected ':'"])


async def test_a_document_that_is_opened_is_answered_at_once(serve_raw: Serve[RawClient]) -> None:
    raw = await serve_raw(PULLS)
    typed, opened = Pulling(Buffer(raw, BROKEN)), Pulling(Buffer(raw, BROKEN))
    typed.buffer.replace(0, 0, "\n")
    assert await answered_in_turn(typed, opened) == [opened, typed]


async def test_an_accepted_fix_ends_the_wait(serve_raw: Serve[RawClient]) -> None:
    raw = await serve_raw({**PULLS, "textDocument": {"diagnostic": {}, "codeAction": {"dataSupport": True}}})
    typed, fixed = Pulling(Buffer(raw, BROKEN)), Pulling(Buffer(raw, BROKEN))
    (action, *_) = await fixed.buffer.actions(8)
    for pulling in (typed, fixed):
        pulling.buffer.replace(8, 8, ":")
    await raw.request("workspace/executeCommand", action["command"])
    assert await answered_in_turn(typed, fixed) == [fixed, typed]


async def test_a_save_ends_the_wait(serve_raw: Serve[RawClient]) -> None:
    raw = await serve_raw(PULLS)
    typed, saved = Pulling(Buffer(raw, BROKEN)), Pulling(Buffer(raw, BROKEN))
    for pulling in (typed, saved):
        pulling.buffer.replace(0, 0, "\n")
    raw.notify("textDocument/didSave", {"textDocument": {"uri": saved.buffer.uri}})
    assert await answered_in_turn(typed, saved) == [saved, typed]


async def answered_in_turn(*all_pulling: Pulling) -> list[Pulling]:
    """Pull for several documents at once, and return them in the order of the answers."""
    answered = []
    for pulling in all_pulling:
        pulling.pull()
    for pulling in all_pulling:
        pulling.on_answer(lambda pulling=pulling: answered.append(pulling))
    for pulling in all_pulling:
        await pulling.settled()
    return answered
