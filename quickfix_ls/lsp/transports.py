"""The transports of the server: standard streams, a TCP connection, or a WebSocket.

A process serves one client and ends with it, on every transport: a listener closes when the first client has connected.
So two clients can never share a session. `websocket_sessions` serves many, each with a process of its own.
"""

from __future__ import annotations

import asyncio
import json
import re
import socket
import sys
import threading
from collections.abc import Awaitable, Callable, Coroutine, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Any

from pygls.io_ import StdinAsyncReader, StdoutWriter, run_async

from quickfix_ls.errors import UsageError
from quickfix_ls.lsp.server_state import ServerState

if TYPE_CHECKING:
    from websockets.asyncio.server import Server, ServerConnection

LOCAL = "127.0.0.1"
"""The default address to listen at, which other machines can't reach."""

MESSAGE_BYTES = 64 * 2**20
"""The limit of a WebSocket message in bytes; the library's default is less than a long file."""

# A browser lets every page connect to every local port, and sends only the page's origin.
_LOCAL_PAGE = re.compile(r"https?://(?:localhost|127\.0\.0\.1|\[::1\])(?::\d+)?")


def serve_streams(server: ServerState) -> None:
    """Serve the client on standard input and output until it sends `exit` or disconnects."""
    _run(server, _streams(server))
    server.shutdown()  # type: ignore[no-untyped-call]  # pygls has no annotation there


def serve_tcp(server: ServerState, host: str, port: int) -> None:
    """Serve the first client that connects; port 0 means any free port, which is printed to stderr.

    Raises UsageError when the address can't be listened at.
    """
    _run(server, _tcp(server, host, port))


def serve_websocket(server: ServerState, host: str, port: int, origins: Sequence[str] = ()) -> None:
    """Serve the first client that connects, with a message in each frame; port 0 means any free port, which is printed
    to stderr. Web pages are refused unless their origin is this machine or one of `origins`.

    Raises UsageError when the address can't be listened at, or when `websockets` is not installed.
    """
    _run(server, _websocket(server, host, port, origins))


async def listen_for_websockets(
    connected: Callable[[ServerConnection], Awaitable[None]], host: str, port: int, origins: Sequence[str]
) -> Server:
    """Listen for WebSockets, print the address to stderr and return the listener; `connected` is called with each
    connection, which ends with that call. The arguments and the errors are those of `serve_websocket`.
    """
    try:
        from websockets.asyncio.server import serve
        from websockets.typing import Origin
    except ImportError as error:
        raise UsageError("WebSockets need a library: pip install 'quickfix-ls[ws]'") from error
    with _os_errors_as_usage_errors():
        admitted = [None, _LOCAL_PAGE, *map(Origin, origins)]
        listener: Server = await serve(connected, host, port, max_size=MESSAGE_BYTES, origins=admitted)
    _announce("ws", listener.sockets)
    return listener


def _run(server: ServerState, session: Coroutine[Any, Any, None]) -> None:
    async def whole() -> None:
        try:
            await session
        finally:
            await server.worker.stop()

    # pygls raises SystemExit on `exit`; the caller sets the exit status.
    with suppress(SystemExit):
        asyncio.run(whole())


async def _streams(server: ServerState) -> None:
    server.protocol.set_writer(StdoutWriter(sys.stdout.buffer))
    await _read(server, StdinAsyncReader(sys.stdin.buffer, server.thread_pool))


async def _read(server: ServerState, reader: Any) -> None:
    try:
        await run_async(threading.Event(), reader, server.protocol, error_handler=server.report_server_error)
    except (asyncio.IncompleteReadError, ConnectionError):
        server.log.info("the client disconnected without `exit`")


async def _tcp(server: ServerState, host: str, port: int) -> None:
    connection: asyncio.Future[tuple[asyncio.StreamReader, asyncio.StreamWriter]]
    connection = asyncio.get_running_loop().create_future()

    def connected(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        if connection.done():
            writer.close()
        else:
            connection.set_result((reader, writer))

    with _os_errors_as_usage_errors():
        listener = await asyncio.start_server(connected, host, port)
    _announce("tcp", listener.sockets)
    reader, writer = await connection
    listener.close()
    server.protocol.set_writer(writer)
    await _read(server, reader)


async def _websocket(server: ServerState, host: str, port: int, origins: Sequence[str]) -> None:
    gone = asyncio.Event()
    clients = 0

    async def connected(connection: ServerConnection) -> None:
        from websockets.exceptions import ConnectionClosed

        nonlocal clients
        clients += 1
        if clients > 1:
            return
        listener.close(close_connections=False)
        writer = _TextFrames(connection)
        server.protocol.set_writer(writer, include_headers=False)  # type: ignore[arg-type]  # a mix of its two kinds
        try:
            async for data in connection:
                _handle(server, data)
        except ConnectionClosed:
            server.log.info("the client disconnected without `exit`")
        finally:
            gone.set()

    listener = await listen_for_websockets(connected, host, port, origins)
    await gone.wait()


@contextmanager
def _os_errors_as_usage_errors() -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise UsageError(f"can't listen: {error.strerror or error}") from error


def _handle(server: ServerState, data: str | bytes) -> None:
    try:
        server.protocol.handle_message(json.loads(data, object_hook=server.protocol.structure_message))
    except Exception as error:  # a malformed message must not end the session
        server.report_server_error(error, type(error))


class _TextFrames:
    """Sends messages as text frames, in order: pygls' own writer sends binary frames, each in a separate task."""

    def __init__(self, connection: ServerConnection) -> None:
        self._connection = connection
        self._queue: asyncio.Queue[bytes] = asyncio.Queue()
        self._sending = asyncio.ensure_future(self._send())

    def write(self, data: bytes) -> None:
        self._queue.put_nowait(data)

    async def close(self) -> None:
        self._sending.cancel()
        await self._connection.close()

    async def _send(self) -> None:
        from websockets.exceptions import ConnectionClosed

        try:
            while True:
                await self._connection.send(await self._queue.get(), text=True)
        except ConnectionClosed:
            pass  # the reading side notices it too and ends the session


def _announce(scheme: str, sockets: Iterable[socket.socket]) -> None:
    """Print the addresses to stderr, so that a caller who asked for any free port can connect."""
    for listener in sockets:
        host, port = listener.getsockname()[:2]
        print(f"quickfix-ls: listening on {scheme}://{f'[{host}]' if ':' in host else host}:{port}", file=sys.stderr)
    sys.stderr.flush()
