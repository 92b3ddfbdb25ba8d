"""`serve --ws --sessions N`: many clients, each with a session of its own, bounded in number, from admitted pages."""

from __future__ import annotations

import asyncio
import signal
import struct
import subprocess
import sys
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path

import pytest
import pytest_asyncio

from tests.kit import BOUND
from tests.kit_listening import (
    BROKEN,
    CLOSE_FRAME,
    ENVIRONMENT,
    TEXT_FRAME,
    Listening,
    Talk,
    handshake,
    listening_servers,
    over_websocket,
    read_frame,
)

NORMAL, TRY_AGAIN_LATER = 1000, 1013
OTHER = "def g(y:\n    return y\n"


@pytest_asyncio.fixture
async def servers() -> AsyncIterator[list[Listening]]:
    async with listening_servers() as started:
        yield started


async def open_session(server: Listening) -> tuple[Talk, asyncio.StreamReader, asyncio.StreamWriter]:
    reader, writer = await server.connect()
    assert " 101 " in await handshake(reader, writer, "Origin: http://localhost:3000")
    return over_websocket(reader, writer), reader, writer


async def close_code(reader: asyncio.StreamReader) -> int:
    """The code with which the server closes a connection, after the messages that are still under way."""
    first, payload = await read_frame(reader)
    while first == TEXT_FRAME:
        first, payload = await read_frame(reader)
    assert first == CLOSE_FRAME
    return int(struct.unpack(">H", payload[:2])[0])


async def is_admitted(server: Listening) -> bool:
    """Whether a new client gets a session, which ends at once; one that is turned away is told to try later."""
    talk, reader, writer = await open_session(server)
    closing = asyncio.ensure_future(close_code(reader))
    talk.notify("exit", None)
    code = await asyncio.wait_for(closing, BOUND)
    writer.close()
    assert code in (NORMAL, TRY_AGAIN_LATER)
    return code == NORMAL


def children(pid: int) -> list[int]:
    """The processes that a process has started and that run still; Linux alone tells."""
    found = Path(f"/proc/{pid}/task/{pid}/children")
    return [int(child) for child in found.read_text().split()] if found.exists() else []


def is_running(pid: int) -> bool:
    """Return whether a process runs; one that has ended, and waits for its parent to notice, does not."""
    try:
        return "\nState:\tZ" not in Path(f"/proc/{pid}/status").read_text()
    except FileNotFoundError:
        return False


async def until(is_so: Callable[[], Awaitable[bool]]) -> None:
    async def poll() -> None:
        while not await is_so():
            await asyncio.sleep(0.02)

    await asyncio.wait_for(poll(), BOUND)


async def test_clients_at_once_have_sessions_of_their_own(servers: list[Listening]) -> None:
    servers.append(server := await Listening.start("--ws", "127.0.0.1:0", "--sessions", "2"))
    (one, *_), (two, *_) = await open_session(server), await open_session(server)
    # The same document in both, with texts that differ.
    first, second = await asyncio.gather(one.first_action(BROKEN), two.first_action(OTHER))
    assert first["title"] != second["title"]
    assert "f(x)" in first["title"]
    assert "g(y)" in second["title"]


async def test_a_client_too_many_is_told_to_try_later_and_has_its_place_when_another_goes(
    servers: list[Listening],
) -> None:
    servers.append(server := await Listening.start("--ws", "0", "--sessions", "1"))
    talk, _, writer = await open_session(server)
    assert await talk.first_action(BROKEN)
    assert not await is_admitted(server)
    writer.close()
    await until(lambda: is_admitted(server))


async def test_a_session_that_its_client_ends_leaves_the_server_and_the_other_sessions(
    servers: list[Listening],
) -> None:
    servers.append(server := await Listening.start("--ws", "0", "--sessions", "2"))
    (one, reader, _), (two, *_) = await open_session(server), await open_session(server)
    assert await one.first_action(BROKEN)
    await one.request("shutdown", None)
    one.notify("exit", None)
    assert await close_code(reader) == NORMAL
    assert await two.first_action(OTHER)
    three, *_ = await open_session(server)
    assert await three.first_action(BROKEN)


@pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="only Linux tells the children of a process")
async def test_no_process_outlives_its_client_or_the_server(servers: list[Listening]) -> None:
    servers.append(server := await Listening.start("--ws", "0", "--sessions", "2"))
    (one, _, writer), (two, *_) = await open_session(server), await open_session(server)
    await asyncio.gather(one.first_action(BROKEN), two.first_action(OTHER))
    assert len(children(server.process.pid)) == 2
    writer.close()

    async def one_is_left() -> bool:
        return len(children(server.process.pid)) == 1

    await until(one_is_left)
    (left,) = children(server.process.pid)
    server.process.send_signal(signal.SIGTERM)
    await server.status()

    async def it_ends() -> bool:
        return not is_running(left)

    await until(it_ends)


@pytest.mark.parametrize("flags", [[], ["--sessions", "2"]])
async def test_a_page_from_elsewhere_is_admitted_only_by_name(servers: list[Listening], flags: list[str]) -> None:
    servers.append(server := await Listening.start("--ws", "0", "--origin", "https://demo.example", *flags))
    for origin, status in (("https://evil.example", " 403 "), ("https://demo.example", " 101 ")):
        reader, writer = await server.connect()
        assert status in await handshake(reader, writer, f"Origin: {origin}")
        writer.close()


@pytest.mark.parametrize(
    "flags", [["--sessions", "2"], ["--tcp", "0", "--origin", "https://demo.example"], ["--ws", "0", "--sessions", "0"]]
)
def test_options_that_make_no_sense(flags: list[str]) -> None:
    ended = subprocess.run(
        [sys.executable, "-m", "quickfix_ls", "serve", *flags],
        capture_output=True,
        text=True,
        env=ENVIRONMENT,
        timeout=BOUND,
    )
    assert ended.returncode == 2
    assert "usage: " in ended.stderr
