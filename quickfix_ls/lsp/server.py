"""The way in: `serve` speaks the protocol on stdin and stdout until the client is done."""

from __future__ import annotations

import gc
import sys


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
    server.start_io()
    if not server.was_shut_down:
        sys.exit(1)
