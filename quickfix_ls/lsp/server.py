"""The way in: `serve` speaks the protocol with one client until it is done."""

from __future__ import annotations

import gc
import signal
import sys
from typing import Literal

Transport = Literal["stdio", "tcp", "ws"]


def serve(transport: Transport = "stdio", host: str = "", port: int = 0) -> None:
    """Serve one client until it says `exit` or hangs up. As the protocol has it, the process ends with status
    1 where the client did not ask for a shutdown before.

    `host` and `port` are for `tcp` and `ws`: where to listen; no host means this machine only. Raises
    UsageError when that can't be done.
    """
    # The protocol's types are thousands of objects that live for ever: a collector that looks through them
    # again and again while they are made costs a tenth of the start. One that never looks costs 9 MB of
    # garbage.
    gc.set_threshold(10_000, 50, 1_000)
    # An interrupt ends us at once, like SIGTERM: Python's way would wait for a thread that waits for input. The
    # worker ends by itself when our end of its pipe closes, however we end.
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
