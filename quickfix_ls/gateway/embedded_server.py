"""The embedded server's process: it serves one model file until its standard input ends.

Its first line of input is the API key that it requires of clients; its only line of output is its address.
"""

from __future__ import annotations

import os
import sys

SLOTS = 4
"""The number of answers that are generated at once; each has a context of its own."""
CONTEXT_TOKENS = 4096


def main() -> None:
    """Serve the model file that the first argument names."""
    # The library's own output must not be mistaken for the address, so it goes to standard error.
    output = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)
    key = sys.stdin.readline().strip()
    server = _started(sys.argv[1], key)
    print(server.listening_address, file=output, flush=True)
    # The input ends when the parent process ends, even if it is killed.
    sys.stdin.read()
    os._exit(0)


def _started(model: str, key: str):  # type: ignore[no-untyped-def] # the library has no types
    from xllamacpp import CommonParams, Server

    params = CommonParams()
    params.model.path = model
    params.api_keys = [key]
    params.port = 0
    params.n_parallel = SLOTS
    params.n_ctx = SLOTS * CONTEXT_TOKENS
    # One core stays free for other processes: llama.cpp's threads wait for each other in a busy loop, and if one shares
    # its core with another process, each token takes several times as long.
    params.cpuparams.n_threads = params.cpuparams_batch.n_threads = max(1, (os.cpu_count() or 2) - 1)
    params.ui = params.endpoint_slots = False
    params.verbosity = -1
    return Server(params)
