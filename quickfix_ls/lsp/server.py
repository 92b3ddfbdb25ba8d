"""The entry point of the language server: `serve` runs the protocol with one client."""

from __future__ import annotations

import gc
import signal
import sys
from typing import Literal

Transport = Literal["stdio", "tcp", "ws"]


def serve(transport: Transport = "stdio", host: str = "", port: int = 0) -> None:
    """Serve one client until it sends `exit` or disconnects. As the protocol requires, the process ends with status 1
    if the client did not request a shutdown before.

    `host` and `port` are the address to listen at with `tcp` and `ws`; an empty host means this machine only. Raises
    UsageError when the address can't be listened at.
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
        transports.serve_websocket(server, host or transports.LOCAL, port)
    else:
        transports.serve_streams(server)
    if not server.was_shut_down:
        sys.exit(1)
