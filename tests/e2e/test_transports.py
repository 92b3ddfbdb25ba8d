"""The server over TCP and WebSocket, with clients that frame their messages by hand."""

from __future__ import annotations

import asyncio
import base64
import json
import os
import re
import struct
import subprocess
import sys
from collections.abc import AsyncIterator, Sequence
from typing import Any

import pytest
import pytest_asyncio

from tests.kit import BOUND, REPOSITORY
from tests.kit_texts import Json

BROKEN = "def f(x:\n    return x\n"
CAPABILITIES = {"workspace": {"workspaceEdit": {"documentChanges": False}}}
ENVIRONMENT = {**os.environ, "PYTHONPATH": os.pathsep.join([str(REPOSITORY), *sys.path[1:]])}


class Listening:
    """A server that waits for a client, and where it does."""

    def __init__(self, process: asyncio.subprocess.Process, port: int) -> None:
        self.process, self.port = process, port

    @classmethod
    async def start(cls, *flags: str) -> Listening:
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "quickfix_ls", "serve", *flags, stderr=asyncio.subprocess.PIPE, env=ENVIRONMENT
        )
        assert process.stderr is not None
        line = (await asyncio.wait_for(process.stderr.readline(), BOUND)).decode()
        told = re.fullmatch(r"quickfix-ls: listening on (?:tcp|ws)://127\.0\.0\.1:(\d+)\n", line)
        assert told, line
        return cls(process, int(told[1]))

    async def connect(self) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        return await asyncio.open_connection("127.0.0.1", self.port, limit=2**24)

    async def status(self) -> int:
        return await asyncio.wait_for(self.process.wait(), BOUND)


@pytest_asyncio.fixture
async def servers() -> AsyncIterator[list[Listening]]:
    started: list[Listening] = []
    yield started
    for one in started:
        if one.process.returncode is None:
            one.process.kill()
        await one.process.wait()


class Talk:
    """Requests and notifications over any way to send a text and to receive one."""

    def __init__(self, send: Any, receive: Any) -> None:
        self.send, self.receive, self.number = send, receive, 0

    def notify(self, method: str, params: Any) -> None:
        self.send(json.dumps({"jsonrpc": "2.0", "method": method, "params": params}, ensure_ascii=False))

    async def request(self, method: str, params: Any) -> Any:
        self.number += 1
        message = {"jsonrpc": "2.0", "id": self.number, "method": method, "params": params}
        self.send(json.dumps(message, ensure_ascii=False))
        while True:
            answer = json.loads(await asyncio.wait_for(self.receive(), BOUND))
            if answer.get("id") == self.number and "method" not in answer:
                return answer["result"]

    async def first_action(self, text: str) -> Json:
        """The first action for a file whose first line is broken, from the very beginning of a session."""
        await self.request("initialize", {"processId": None, "rootUri": None, "capabilities": CAPABILITIES})
        self.notify("initialized", {})
        document = {"uri": "file:///project/é.py", "languageId": "python", "version": 1, "text": text}
        self.notify("textDocument/didOpen", {"textDocument": document})
        place = {"line": 0, "character": 7}
        params = {
            "textDocument": {"uri": document["uri"]},
            "range": {"start": place, "end": place},
            "context": {"diagnostics": []},
        }
        actions: list[Json] = await self.request("textDocument/codeAction", params)
        return actions[0]


def over_tcp(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> Talk:
    def send(text: str) -> None:
        data = text.encode()
        writer.write(b"Content-Length: %d\r\n\r\n%s" % (len(data), data))

    async def receive() -> bytes:
        head = await reader.readuntil(b"\r\n\r\n")
        size = next(int(line[15:]) for line in head.split(b"\r\n") if line.startswith(b"Content-Length:"))
        return await reader.readexactly(size)

    return Talk(send, receive)


async def handshake(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, *headers: str) -> str:
    """Ask for a WebSocket as RFC 6455 has it; the status line of the answer."""
    lines = [
        "GET / HTTP/1.1",
        "Host: localhost",
        "Upgrade: websocket",
        "Connection: Upgrade",
        f"Sec-WebSocket-Key: {base64.b64encode(os.urandom(16)).decode()}",
        "Sec-WebSocket-Version: 13",
        *headers,
    ]
    writer.write("\r\n".join([*lines, "", ""]).encode())
    head = await asyncio.wait_for(reader.readuntil(b"\r\n\r\n"), BOUND)
    return head.split(b"\r\n", 1)[0].decode()


def over_websocket(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> Talk:
    def send(text: str) -> None:
        data, mask = text.encode(), os.urandom(4)
        masked = bytes(byte ^ mask[index % 4] for index, byte in enumerate(data))
        writer.write(b"\x81\xff" + struct.pack(">Q", len(data)) + mask + masked)

    async def receive() -> bytes:
        first, size = await reader.readexactly(2)
        if size == 126:
            (size,) = struct.unpack(">H", await reader.readexactly(2))
        elif size == 127:
            (size,) = struct.unpack(">Q", await reader.readexactly(8))
        assert first == 0x81, "a text frame, whole"
        return await reader.readexactly(size)

    return Talk(send, receive)


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
