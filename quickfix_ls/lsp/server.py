"""The way in: `serve` speaks the protocol on stdin and stdout until the client is done."""

from __future__ import annotations

import asyncio
import gc
import sys
from contextlib import suppress
from threading import Event
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from quickfix_ls.lsp.session import QuickfixServer


def serve(stdio: bool = True) -> None:
    """Serve one client on stdin and stdout until it says `exit` or hangs up. As the protocol has it, the
    process ends with status 1 where the client did not ask for a shutdown before."""
    if not stdio:
        raise ValueError("only stdio is served")
    # The protocol's types are thousands of objects that live for ever: a collector that looks through them
    # again and again while they are made costs a tenth of the start. One that never looks costs 9 MB of
    # garbage.
    gc.set_threshold(10_000, 50, 1_000)
    from quickfix_ls.lsp.session import create_server

    server = create_server()
    # SystemExit is how pygls obeys `exit`.
    with suppress(SystemExit):
        asyncio.run(_until_done(server))
    server.shutdown()  # type: ignore[no-untyped-call]  # pygls leaves it so
    if not server.was_shut_down:
        sys.exit(1)


async def _until_done(server: QuickfixServer) -> None:
    """As pygls's own start on streams, but the worker is ended before the loop is: a loop that ends while a process
    is being started may wait for ever."""
    from pygls.io_ import StdinAsyncReader, StdoutWriter, run_async

    server.protocol.set_writer(StdoutWriter(sys.stdout.buffer))
    try:
        await run_async(
            Event(),
            StdinAsyncReader(sys.stdin.buffer, server.thread_pool),
            server.protocol,
            error_handler=server.report_server_error,
        )
    finally:
        await server.worker.stop()
