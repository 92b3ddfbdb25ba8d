"""Many clients over WebSocket, for a page whose every tab and reload is a client: a session for each connection.

A session is a server process on standard streams; this process only passes messages between it and its connection. So
no client sees another's documents, log or settings, and a session that fails takes no other with it.
"""

from __future__ import annotations

import asyncio
import contextlib
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING

from quickfix_ls.lsp.transports import listen_for_websockets

if TYPE_CHECKING:
    from websockets.asyncio.server import ServerConnection

TRY_AGAIN_LATER = 1013
"""The close code of a WebSocket whose server has too much to do; from IANA's registry of close codes."""

END_BOUND = 5.0
"""Seconds in which a session must end after its client has gone; after them it is killed."""

# Our own `sys.path`, so that a session runs the same program.
_CODE = "import sys; sys.path[:] = sys.argv[1:]; from quickfix_ls.lsp.server import serve; serve()"
_COMMAND = (sys.executable, "-c", _CODE, *sys.path)


def serve_sessions(host: str, port: int, limit: int, origins: Sequence[str] = ()) -> None:
    """Serve clients over WebSocket until the process is ended, at most `limit` at once. Another client is turned away
    with the close code TRY_AGAIN_LATER and a reason.

    `port`, `origins` and the errors are as in `transports.serve_websocket`.
    """
    asyncio.run(_serve(host, port, limit, origins))


async def _serve(host: str, port: int, limit: int, origins: Sequence[str]) -> None:
    running = 0

    async def connected(connection: ServerConnection) -> None:
        nonlocal running
        if running >= limit:
            await connection.close(TRY_AGAIN_LATER, f"all sessions are taken, the limit is {limit}")
            return
        running += 1
        try:
            await _session(connection)
        finally:
            running -= 1

    await listen_for_websockets(connected, host, port, origins)
    await asyncio.get_running_loop().create_future()


async def _session(connection: ServerConnection) -> None:
    """Run a session until its client or its process ends; then the process has ended, and the caller closes the
    connection. Cancellation ends the process too."""
    process = await asyncio.create_subprocess_exec(
        *_COMMAND, stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE
    )
    assert process.stdin is not None
    assert process.stdout is not None
    sending = asyncio.ensure_future(_to_client(process.stdout, connection))
    receiving = asyncio.ensure_future(_to_session(connection, process.stdin))
    try:
        await asyncio.wait({sending, receiving}, return_when=asyncio.FIRST_COMPLETED)
    finally:
        for task in (sending, receiving):
            task.cancel()
        process.stdin.close()
        await asyncio.gather(_end(process), sending, receiving, return_exceptions=True)


async def _to_session(connection: ServerConnection, stream: asyncio.StreamWriter) -> None:
    """Write the client's messages to the session, until the client disconnects or the session ends. Cancellable."""
    with contextlib.suppress(ConnectionError):
        async for data in connection:
            message = data.encode() if isinstance(data, str) else data
            stream.write(b"Content-Length: %d\r\n\r\n%s" % (len(message), message))
            await stream.drain()


async def _to_client(stream: asyncio.StreamReader, connection: ServerConnection) -> None:
    """Send the session's messages to the client, each in a text frame, until either ends. Cancellable."""
    from websockets.exceptions import ConnectionClosed

    with contextlib.suppress(asyncio.IncompleteReadError, ConnectionClosed):
        while True:
            head = await stream.readuntil(b"\r\n\r\n")
            fields = dict(line.split(b":", 1) for line in head.split(b"\r\n") if line)
            await connection.send(await stream.readexactly(int(fields[b"Content-Length"])), text=True)


async def _end(process: asyncio.subprocess.Process) -> None:
    """Wait for a process whose input was closed; kill it if it does not end in time. Not to be cancelled."""
    try:
        await asyncio.wait_for(process.wait(), END_BOUND)
    except asyncio.TimeoutError:
        with contextlib.suppress(ProcessLookupError):
            process.kill()
        await process.wait()
