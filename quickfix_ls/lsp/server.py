"""The entry point of the language server: `serve` runs the protocol with one client."""

from __future__ import annotations

import gc
import signal
import sys
from collections.abc import Sequence
from typing import Literal

Transport = Literal["stdio", "tcp", "ws"]


def serve(transport: Transport = "stdio", host: str = "", port: int = 0, origins: Sequence[str] = ()) -> None:
    """Serve one client until it sends `exit` or disconnects. As the protocol requires, the process ends with status 1
    if the client did not request a shutdown before.

    `host` and `port` are the address to listen at with `tcp` and `ws`; an empty host means this machine only.
    `origins` are the web pages elsewhere that may connect with `ws`. Raises UsageError when the address can't be
    listened at.
    """
    # The protocol's types are thousands of permanent objects: collecting garbage at the default rate while they are
    # created costs a tenth of the start; no collection at all costs 9 MB of memory.
    gc.set_threshold(10_000, 50, 1_000)
    # An interrupt ends the process at once, like SIGTERM: Python's handler would wait for the thread that reads the
    # input. The worker ends by itself when the server's end of its pipe closes, for whatever reason.
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    from quickfix_ls.lsp import transports
    from quickfix_ls.lsp.session import create_server

    server = create_server()
    if transport == "tcp":
        transports.serve_tcp(server, host or transports.LOCAL, port)
    elif transport == "ws":
        transports.serve_websocket(server, host or transports.LOCAL, port, origins)
    else:
        transports.serve_streams(server)
    if not server.was_shut_down:
        sys.exit(1)


def serve_sessions(host: str, port: int, limit: int, origins: Sequence[str] = ()) -> None:
    """Serve clients over WebSocket, at most `limit` at once, until the process is ended; the other arguments and the
    errors are those of `serve`."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    from quickfix_ls.lsp import transports, websocket_sessions

    websocket_sessions.serve_sessions(host or transports.LOCAL, port, limit, origins)
