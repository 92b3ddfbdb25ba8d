"""The server over TCP and WebSocket, with clients that frame their messages by hand."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import AsyncIterator, Sequence
from typing import Any

import pytest
import pytest_asyncio

from tests.kit import BOUND
from tests.kit_listening import (
    BROKEN,
    ENVIRONMENT,
    Listening,
    Talk,
    handshake,
    listening_servers,
    over_tcp,
    over_websocket,
)


@pytest_asyncio.fixture
async def servers() -> AsyncIterator[list[Listening]]:
    async with listening_servers() as started:
        yield started


async def mends_and_ends(talk: Talk) -> None:
    """A whole session: the first action closes the bracket, and the server is told to end."""
    # Longer than a WebSocket library's usual limit for a message, which is 1 MiB.
    action = await talk.first_action(BROKEN + f"# {'é' * 300}\n" * 1800)
    ((uri, (edit,)),) = action["edit"]["changes"].items()
    assert uri == "file:///project/é.py"
    assert edit == {"range": {"start": {"line": 0, "character": 7}, "end": {"line": 0, "character": 7}}, "newText": ")"}
    await talk.request("shutdown", None)
    talk.notify("exit", None)


async def test_tcp(servers: list[Listening]) -> None:
    servers.append(server := await Listening.start("--tcp", "0"))
    reader, writer = await server.connect()
    await mends_and_ends(over_tcp(reader, writer))
    assert await server.status() == 0
    writer.close()


async def test_websocket(servers: list[Listening]) -> None:
    servers.append(server := await Listening.start("--ws", "127.0.0.1:0"))
    reader, writer = await server.connect()
    assert "101" in await handshake(reader, writer)
    await mends_and_ends(over_websocket(reader, writer))
    # A server waits some seconds for a client that does not answer its farewell.
    writer.close()
    assert await server.status() == 0


@pytest.mark.parametrize("flag", ["--tcp", "--ws"])
async def test_a_second_client_is_turned_away_and_a_lost_one_ends_the_server(
    servers: list[Listening], flag: str
) -> None:
    servers.append(server := await Listening.start(flag, "0"))
    reader, writer = await server.connect()
    if flag == "--ws":
        await handshake(reader, writer)
    talk = over_tcp(reader, writer) if flag == "--tcp" else over_websocket(reader, writer)
    assert await talk.first_action(BROKEN)
    with pytest.raises(ConnectionError):
        await server.connect()
    writer.close()
    assert await server.status() == 1


@pytest.mark.parametrize(
    ("origin", "status"), [("http://localhost:3000", "101"), ("https://evil.example", "403"), ("null", "403")]
)
async def test_a_web_page_from_elsewhere_gets_no_websocket(servers: list[Listening], origin: str, status: str) -> None:
    servers.append(server := await Listening.start("--ws", "0"))
    reader, writer = await server.connect()
    assert f" {status} " in await handshake(reader, writer, f"Origin: {origin}")
    writer.close()


def serve(flags: Sequence[str], code: str = "from quickfix_ls.cli import main; import sys; sys.exit(main())") -> Any:
    command = [sys.executable, "-c", code, "serve", *flags]
    return subprocess.run(command, capture_output=True, text=True, env=ENVIRONMENT, timeout=BOUND)


@pytest.mark.parametrize("flags", [["--tcp", "many"], ["--ws", "localhost:65536"], ["--tcp", "1", "--ws", "2"]])
def test_addresses_that_are_none(flags: list[str]) -> None:
    ended = serve(flags)
    assert ended.returncode == 2
    assert "usage: " in ended.stderr


async def test_an_address_that_is_taken(servers: list[Listening]) -> None:
    servers.append(server := await Listening.start("--tcp", "0"))
    for flag in ("--tcp", "--ws"):
        ended = serve([flag, str(server.port)])
        assert ended.returncode == 2
        assert ended.stderr.startswith("quickfix-ls: can't listen: ")
        assert ended.stderr.count("\n") == 1


def test_without_the_library_for_websockets_the_cure_is_told() -> None:
    missing = "import sys; sys.modules['websockets'] = None; from quickfix_ls.cli import main; sys.exit(main())"
    ended = serve(["--ws", "0"], missing)
    assert ended.returncode == 2
    assert ended.stderr == "quickfix-ls: WebSockets need a library: pip install 'quickfix-ls[ws]'\n"
