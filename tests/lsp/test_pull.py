"""Diagnostics that a client pulls: the same ones, named, never pushed as well, and asked for anew in time."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import pytest
import pytest_asyncio

from tests.kit import BOUND, Buffer, RawClient, ResponseError
from tests.kit_texts import Json
from tests.lsp.long import LONG
from tests.pool import Serve

pytestmark = pytest.mark.asyncio(loop_scope="session")

BROKEN = """\
import os


def f(x)
    return x


print(f(lenn), os.sep)
"""
PULLS: Json = {"textDocument": {"diagnostic": {}}, "workspace": {"diagnostics": {"refreshSupport": True}}}


@pytest_asyncio.fixture(loop_scope="session")
async def raw() -> AsyncIterator[RawClient]:
    client = await RawClient.start()
    yield client
    await client.kill()


async def pull(buffer: Buffer, previous: str | None = None) -> Json:
    params: Json = {"textDocument": {"uri": buffer.uri}, "identifier": "quickfix-ls"}
    if previous is not None:
        params["previousResultId"] = previous
    return dict(await buffer.client.request("textDocument/diagnostic", params))


def codes(report: Json) -> list[str]:
    assert report["kind"] == "full"
    return [one["code"] for one in report["items"]]


def pushed(client: RawClient) -> list[Any]:
    return [one for one in client.notifications if one["method"] == "textDocument/publishDiagnostics"]


async def test_they_are_advertised_only_to_who_pulls(serve_raw: Serve[RawClient]) -> None:
    raw = await serve_raw(PULLS)
    assert raw.can["diagnosticProvider"] == {
        "identifier": "quickfix-ls",
        "interFileDependencies": False,
        "workspaceDiagnostics": False,
        "workDoneProgress": True,
    }
    assert "diagnosticProvider" not in (await serve_raw()).can


async def test_a_document_s_findings_follow_its_text_and_are_never_pushed(serve_raw: Serve[RawClient]) -> None:
    raw = await serve_raw(PULLS)
    buffer = Buffer(raw, BROKEN)
    first = await pull(buffer)
    assert codes(first) == ["SyntaxError", "NameError"]
    assert await pull(buffer, first["resultId"]) == {"kind": "unchanged", "resultId": first["resultId"]}
    buffer.replace(BROKEN.index("\n    return"), BROKEN.index("\n    return"), ":")
    second = await pull(buffer, first["resultId"])
    assert codes(second) == ["NameError"]
    # The action names the very diagnostic that was pulled.
    (action, *_) = await buffer.actions(buffer.text.index("lenn"), only=["quickfix"])
    assert action["diagnostics"] == second["items"]
    assert pushed(raw) == []


async def test_a_change_in_mid_work_is_answered_for_the_text_then(serve_raw: Serve[RawClient]) -> None:
    raw = await serve_raw(PULLS)
    buffer = Buffer(raw, LONG + BROKEN)
    asked = raw.send("textDocument/diagnostic", {"textDocument": {"uri": buffer.uri}})[1]
    buffer.replace(0, len(LONG), "")
    report = await asyncio.wait_for(asked, BOUND)
    assert codes(report) == ["SyntaxError", "NameError"]
    assert report["items"][0]["range"]["start"]["line"] == 3


async def test_a_pull_that_the_client_cancels_is_answered_so(serve_raw: Serve[RawClient]) -> None:
    raw = await serve_raw(PULLS)
    buffer = Buffer(raw, BROKEN)
    await pull(buffer)
    buffer.replace(0, 0, "\n")
    number, asked = raw.send("textDocument/diagnostic", {"textDocument": {"uri": buffer.uri}})
    raw.notify("$/cancelRequest", {"id": number})
    with pytest.raises(ResponseError, match="-32800"):
        await asyncio.wait_for(asked, BOUND)
    assert codes(await pull(buffer)) == ["SyntaxError", "NameError"]


async def test_a_document_that_is_closed_meanwhile_has_none(serve_raw: Serve[RawClient]) -> None:
    raw = await serve_raw(PULLS)
    buffer = Buffer(raw, BROKEN)
    await pull(buffer)
    buffer.replace(0, 0, "\n")
    asked = raw.send("textDocument/diagnostic", {"textDocument": {"uri": buffer.uri}})[1]
    raw.notify("textDocument/didClose", {"textDocument": {"uri": buffer.uri}})
    assert codes(await asyncio.wait_for(asked, BOUND)) == []


async def test_no_pull_is_asked_for_before_one_was_answered(raw: RawClient) -> None:
    """vscode-languageclient refuses a refresh before `initialized` (-32601), and cancels a pull in progress for one."""
    raw.answers["workspace/configuration"] = [{"maxOffers": 2}]
    capabilities = {**PULLS, "workspace": {**PULLS["workspace"], "configuration": True}}
    await raw.initialize(capabilities, initializationOptions={"maxOffers": 4})
    assert codes(await pull(Buffer(raw, BROKEN))) == ["SyntaxError", "NameError"]
    assert raw.requests == ["workspace/configuration"]


async def test_off_finds_nothing_and_settings_that_change_ask_for_a_pull(raw: RawClient) -> None:
    await raw.initialize(PULLS, initializationOptions={"diagnostics": "off"})
    buffer = Buffer(raw, BROKEN)
    assert codes(await pull(buffer)) == []
    raw.requests.clear()
    raw.notify("workspace/didChangeConfiguration", {"settings": {"diagnostics": "on"}})
    await raw.asked("workspace/diagnostic/refresh")
    assert codes(await pull(buffer)) == ["SyntaxError", "NameError"]


async def test_what_another_tool_reports_goes_and_the_client_is_told(serve_raw: Serve[RawClient]) -> None:
    raw = await serve_raw(PULLS)
    buffer = Buffer(raw, BROKEN)
    assert codes(await pull(buffer)) == ["SyntaxError", "NameError"]
    name = BROKEN.index("lenn")
    place = {"start": buffer.position(name), "end": buffer.position(name + 4)}
    theirs = {"range": place, "message": "Undefined name `lenn`", "source": "Ruff"}
    await buffer.actions(name, diagnostics=[theirs])
    await raw.asked("workspace/diagnostic/refresh")
    assert codes(await pull(buffer)) == ["SyntaxError"]


@pytest.mark.parametrize(
    ("uri", "text"), [("git:/project/a.py?HEAD", BROKEN), ("file:///project/a.py", BROKEN + "#" * 20_001)]
)
async def test_what_we_leave_alone_has_none(serve_raw: Serve[RawClient], uri: str, text: str) -> None:
    raw = await serve_raw(PULLS)
    assert codes(await pull(Buffer(raw, text, uri=uri))) == []


async def test_a_document_that_is_not_open_has_none(serve_raw: Serve[RawClient]) -> None:
    raw = await serve_raw(PULLS)
    report = await raw.request("textDocument/diagnostic", {"textDocument": {"uri": "file:///project/never.py"}})
    assert codes(report) == []
