"""The worker process: a thread reads frames, an event loop answers them, and both end with the parent's pipe."""

from __future__ import annotations

import asyncio
import gc
import logging
import os
import signal
import sys
import threading
from typing import BinaryIO

from quickfix_ls.worker.frames import ToServer, pack, read_frame
from quickfix_ls.worker.service import REQUEST, Service, serving

LAST_SECONDS = 0.3
"""How long the end may take; the parent waits a little longer than that."""


def main() -> None:
    """Serve the parent until its pipe closes; an error that nothing can be done about ends it with a traceback."""
    handler = logging.StreamHandler(sys.stderr)
    handler.addFilter(name_request)
    logging.basicConfig(level=logging.INFO, format="%(levelname)s %(request)s%(message)s", handlers=[handler])
    # An interrupt from a terminal goes to the whole group; ending is the parent's decision.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    frames_in, frames_out = _private_pipes()
    gc.disable()
    try:
        asyncio.run(_serve(frames_in, frames_out))
    except BrokenPipeError:
        os._exit(0)


def name_request(record: logging.LogRecord) -> bool:
    """Give a record the name of the request that it is about, so that those of several can be told apart."""
    request = REQUEST.get()
    record.request = f"#{request} " if request else ""
    return True


def _private_pipes() -> tuple[BinaryIO, BinaryIO]:
    """The frames' own streams; what anything else prints goes to stderr, where it can't break a frame."""
    frames_in = os.fdopen(os.dup(0), "rb")
    frames_out = os.fdopen(os.dup(1), "wb", buffering=0)
    os.dup2(2, 1)
    return frames_in, frames_out


async def _serve(frames_in: BinaryIO, frames_out: BinaryIO) -> None:
    """Answer until the parent closes its end, or the service can't go on. All tasks live in this context."""

    def send(message: ToServer) -> None:
        data = memoryview(pack(message))
        while data:
            data = data[frames_out.write(data) :]

    loop, released = asyncio.get_running_loop(), threading.Event()

    def read(service: Service) -> None:
        # A thread of its own sees a cancellation while a job computes, and the end of the parent while one
        # hangs.
        while (message := read_frame(frames_in)) is not None:
            loop.call_soon_threadsafe(service.receive, message)
        # Other people's programs are stopped, unless a job hangs and the loop with it.
        loop.call_soon_threadsafe(service.end)
        released.wait(LAST_SECONDS)
        os._exit(0)

    try:
        async with serving(send) as service:
            threading.Thread(target=read, args=(service,), name="frames", daemon=True).start()
            await service.until_over()
    finally:
        released.set()
