"""The embedded server's process: it serves one model file until its standard input ends.

Its first line of input is the key that it asks of whoever asks it; its only line of output is its address.
"""

from __future__ import annotations

import os
import sys

SLOTS = 4
"""How many answers are generated at once; each has a context of its own."""
CONTEXT_TOKENS = 4096


def main() -> None:
    """Serve the model file that the first argument names."""
    # What the library prints must not be taken for the address.
    told = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)
    key = sys.stdin.readline().strip()
    server = _started(sys.argv[1], key)
    print(server.listening_address, file=told, flush=True)
    # The end of the input is the end of who started us, be it killed.
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
    # A core stays free for whoever waits: llama.cpp's threads wait for each other in a loop, and where they share a
    # core with others each token takes several times as long.
    params.cpuparams.n_threads = params.cpuparams_batch.n_threads = max(1, (os.cpu_count() or 2) - 1)
    params.ui = params.endpoint_slots = False
    params.verbosity = -1
    return Server(params)
