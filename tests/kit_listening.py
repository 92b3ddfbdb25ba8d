"""Servers that wait for clients at a port, and clients that frame their messages by hand."""

from __future__ import annotations

import asyncio
import base64
import json
import os
import re
import struct
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from tests.kit import BOUND, REPOSITORY
from tests.kit_texts import Json

BROKEN = "def f(x:\n    return x\n"
TEXT_FRAME, CLOSE_FRAME = 0x81, 0x88
"""The first bytes of whole frames."""

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


@asynccontextmanager
async def listening_servers() -> AsyncIterator[list[Listening]]:
    """An empty list for servers, which are killed at the end."""
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
        first, payload = await read_frame(reader)
        assert first == TEXT_FRAME
        return payload

    return Talk(send, receive)


async def read_frame(reader: asyncio.StreamReader) -> tuple[int, bytes]:
    """A server's next frame: its first byte, which is one of the constants here, and its payload."""
    first, size = await reader.readexactly(2)
    if size == 126:
        (size,) = struct.unpack(">H", await reader.readexactly(2))
    elif size == 127:
        (size,) = struct.unpack(">Q", await reader.readexactly(8))
    return first, await reader.readexactly(size)
