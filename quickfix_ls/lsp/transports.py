"""How bytes reach the server: standard streams, a TCP connection, or a WebSocket.

A process serves one client, as it does on standard streams, and ends with it: whoever listens stops listening
when the first client has come. So no two clients can ever meet in one session.
"""

from __future__ import annotations

import asyncio
import json
import re
import socket
import sys
import threading
from collections.abc import Coroutine, Iterable, Iterator
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Any

from pygls.io_ import StdinAsyncReader, StdoutWriter, run_async

from quickfix_ls.errors import UsageError

if TYPE_CHECKING:
    from websockets.asyncio.server import ServerConnection

    from quickfix_ls.lsp.session import QuickfixServer

LOCAL = "127.0.0.1"
"""Where we listen unless told otherwise: other machines can't reach it."""

MESSAGE_BYTES = 64 * 2**20
"""The longest WebSocket message that is taken; the library's own limit is less than a long file."""

# A browser lets every page connect to every local port, and tells us only which page it was.
_LOCAL_PAGE = re.compile(r"https?://(?:localhost|127\.0\.0\.1|\[::1\])(?::\d+)?")


def serve_streams(server: QuickfixServer) -> None:
    """Serve the client on standard input and output until it says `exit` or hangs up."""
    _run(server, _streams(server))
    server.shutdown()  # type: ignore[no-untyped-call]  # pygls leaves it so


def serve_tcp(server: QuickfixServer, host: str, port: int) -> None:
    """Serve the first client that connects; port 0 takes a free one, which stderr tells.

    Raises UsageError when the address can't be listened at.
    """
    _run(server, _tcp(server, host, port))


def serve_websocket(server: QuickfixServer, host: str, port: int) -> None:
    """Serve the first client that connects, a message a frame; port 0 takes a free one, which stderr tells.
    Web pages are refused unless they come from this machine.

    Raises UsageError when the address can't be listened at, or when the library is missing.
    """
    try:
        import websockets.asyncio.server  # noqa: F401  # is it there?
    except ImportError as error:
        raise UsageError("WebSockets need a library: pip install 'quickfix-ls[ws]'") from error
    _run(server, _websocket(server, host, port))


def _run(server: QuickfixServer, session: Coroutine[Any, Any, None]) -> None:
    async def whole() -> None:
        try:
            await session
        finally:
            await server.worker.stop()

    # SystemExit is how pygls obeys `exit`; the caller says with which status we end.
    with suppress(SystemExit):
        asyncio.run(whole())


async def _streams(server: QuickfixServer) -> None:
    server.protocol.set_writer(StdoutWriter(sys.stdout.buffer))
    await _read(server, StdinAsyncReader(sys.stdin.buffer, server.thread_pool))


async def _read(server: QuickfixServer, reader: Any) -> None:
    try:
        await run_async(threading.Event(), reader, server.protocol, error_handler=server.report_server_error)
    except (asyncio.IncompleteReadError, ConnectionError):
        server.log.info("the client hung up without a farewell")


async def _tcp(server: QuickfixServer, host: str, port: int) -> None:
    came: asyncio.Future[tuple[asyncio.StreamReader, asyncio.StreamWriter]]
    came = asyncio.get_running_loop().create_future()

    def connected(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        if came.done():
            writer.close()
        else:
            came.set_result((reader, writer))

    with _told_plainly():
        listener = await asyncio.start_server(connected, host, port)
    _announce("tcp", listener.sockets)
    reader, writer = await came
    listener.close()
    server.protocol.set_writer(writer)
    await _read(server, reader)


async def _websocket(server: QuickfixServer, host: str, port: int) -> None:
    from websockets.asyncio.server import serve
    from websockets.exceptions import ConnectionClosed

    gone = asyncio.Event()
    clients = 0

    async def connected(connection: ServerConnection) -> None:
        nonlocal clients
        clients += 1
        if clients > 1:
            return
        listener.close(close_connections=False)
        writer = _Frames(connection)
        server.protocol.set_writer(writer, include_headers=False)  # type: ignore[arg-type]  # a mix of its two kinds
        try:
            async for data in connection:
                _handle(server, data)
        except ConnectionClosed:
            server.log.info("the client hung up without a farewell")
        finally:
            gone.set()

    with _told_plainly():
        listener = await serve(connected, host, port, max_size=MESSAGE_BYTES, origins=[None, _LOCAL_PAGE])
    _announce("ws", listener.sockets)
    await gone.wait()


@contextmanager
def _told_plainly() -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise UsageError(f"can't listen: {error.strerror or error}") from error


def _handle(server: QuickfixServer, data: str | bytes) -> None:
    try:
        server.protocol.handle_message(json.loads(data, object_hook=server.protocol.structure_message))
    except Exception as error:  # a message that makes no sense must not end the session
        server.report_server_error(error, type(error))


class _Frames:
    """Sends messages as text frames, one after the other: pygls' own writer sends binary ones, each in a task
    of its own."""

    def __init__(self, connection: ServerConnection) -> None:
        self._connection = connection
        self._waiting: asyncio.Queue[bytes] = asyncio.Queue()
        self._sending = asyncio.ensure_future(self._send())

    def write(self, data: bytes) -> None:
        self._waiting.put_nowait(data)

    async def close(self) -> None:
        self._sending.cancel()
        await self._connection.close()

    async def _send(self) -> None:
        from websockets.exceptions import ConnectionClosed

        try:
            while True:
                await self._connection.send(await self._waiting.get(), text=True)
        except ConnectionClosed:
            pass  # the reading side notices, and ends the session


def _announce(scheme: str, sockets: Iterable[socket.socket]) -> None:
    """Tell where we listen, so that whoever asked for any free port can connect."""
    for one in sockets:
        host, port = one.getsockname()[:2]
        print(f"quickfix-ls: listening on {scheme}://{f'[{host}]' if ':' in host else host}:{port}", file=sys.stderr)
    sys.stderr.flush()
