"""The commands that say why this is offered, why nothing is, and what works here."""

from __future__ import annotations

import pytest

from tests.kit import Buffer, RawClient
from tests.kit_texts import Json
from tests.pool import Serve

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def asked(client: RawClient, command: str, *arguments: object) -> Json:
    answer = await client.request("workspace/executeCommand", {"command": command, "arguments": list(arguments)})
    return dict(answer)


async def reasons(page: Buffer, at: int) -> str:
    place = {"uri": page.uri, "position": page.position(at)}
    return str((await asked(page.client, "quickfix-ls.whyNothing", place))["markdown"])


async def test_the_commands_are_announced(serve_raw: Serve[RawClient]) -> None:
    commands = (await serve_raw()).can["executeCommandProvider"]["commands"]
    assert {"quickfix-ls.why", "quickfix-ls.whyNothing", "quickfix-ls.doctor"} <= set(commands)


async def test_why_this_fix(serve_raw: Serve[RawClient]) -> None:
    client = await serve_raw()
    page = Buffer(client, "def f(x)\n    return x\n")
    (action, *_) = await page.actions(8)
    answer = await asked(client, "quickfix-ls.why", {"id": action["data"]["id"]})
    told = answer["markdown"]
    assert told.startswith("**Add `:` after `def f(x)`**")
    assert answer["reasons"]
    assert f"Reasons: {answer['reasons']}" in told
    for part in ("expected ':'", "`fixer:add_colon`", "Checked: parses", "Probability", "Reasons: "):
        assert part in told


async def test_why_of_what_was_never_offered_is_null(serve_raw: Serve[RawClient]) -> None:
    client = await serve_raw()
    for arguments in ([{"id": "no such"}], [], [3]):
        for command in ("quickfix-ls.why", "quickfix-ls.whyNothing"):
            params = {"command": command, "arguments": arguments}
            assert await client.request("workspace/executeCommand", params) is None


@pytest.mark.parametrize(
    ("text", "at", "told"),
    [
        ("x = 1\n\n\nprint(lenn([]))\n", 0, ["No problem is known in line 1", "the nearest is line 4"]),
        ("print(qqzzv)\n", 7, ["`NameError`: name 'qqzzv' is not defined", "No fix is offered: none"]),
        ("print(lenn([]))  # quickfix: off\n", 7, ["`# quickfix: off` switches line 1 off"]),
        ("# quickfix: off\nprint(lenn([]))\n", 20, ["at the top switches this file off"]),
        ("print(lenn([]))\n", 7, ["Offered: *Replace `lenn` with `len`*", "No language model is asked"]),
    ],
    ids=["nothing wrong", "no idea", "line off", "file off", "offered"],
)
async def test_why_nothing_or_only_this(serve_raw: Serve[RawClient], text: str, at: int, told: list[str]) -> None:
    client = await serve_raw()
    found = await reasons(Buffer(client, text), at)
    for part in told:
        assert part in found


async def test_why_nothing_is_offered_is_the_user_s_own_setting(serve_raw: Serve[RawClient]) -> None:
    client = await serve_raw(rootUri="file:///project", initializationOptions={"perPath": {"**": "all"}})
    page = Buffer(client, "print(lenn([]))\n")
    assert await page.actions(7) == []
    assert "switched off for this file by the setting `perPath`" in await reasons(page, 7)


async def test_why_a_document_is_left_alone(serve_raw: Serve[RawClient]) -> None:
    client = await serve_raw()
    assert "can't be edited" in await reasons(Buffer(client, "x = 1\n", uri="git:/project/a.py?HEAD"), 0)
    nowhere = {"uri": "file:///project/never.py", "position": {"line": 0, "character": 0}}
    assert "not known to the server" in (await asked(client, "quickfix-ls.whyNothing", nowhere))["markdown"]


async def test_the_doctor_tells_of_the_session_and_of_the_installation(serve_raw: Serve[RawClient]) -> None:
    client = await serve_raw()
    await Buffer(client, "print(lenn([]))\n").actions(7)
    told = (await asked(client, "quickfix-ls.doctor"))["text"]
    for part in ("worker: ready", "language model: none is asked", "works     pygls", "works     selector lightgbm"):
        assert part in told
    assert told.endswith("All that is needed works.")
