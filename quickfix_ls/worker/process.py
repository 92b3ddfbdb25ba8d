"""The worker process: a thread reads frames, an event loop answers them, and both end with the parent's pipe."""

from __future__ import annotations

import asyncio
import gc
import logging
import os
import signal
import sys
import threading
from contextlib import suppress
from typing import BinaryIO

from quickfix_ls.worker.frames import ToServer, pack, read_frame
from quickfix_ls.worker.service import REQUEST, Service, serving

LAST_SECONDS = 0.3
"""Time limit of the shutdown; the parent waits a little longer."""


def main() -> None:
    """Serve the parent until its pipe closes; an unexpected error ends the process with a traceback."""
    handler = logging.StreamHandler(sys.stderr)
    handler.addFilter(name_request)
    logging.basicConfig(level=logging.INFO, format="%(levelname)s %(request)s%(message)s", handlers=[handler])
    # An interrupt from a terminal goes to the whole process group, but only the parent decides when to end.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    frames_in, frames_out = _private_pipes()
    gc.disable()
    announce_asyncio()
    try:
        asyncio.run(_serve(frames_in, frames_out))
    except BrokenPipeError:
        os._exit(0)


def announce_asyncio() -> None:
    """Tell sniffio, where it is installed, that this thread runs asyncio.

    anyio asks sniffio then, which finds asyncio only inside of tasks, not in the callbacks that start ours.
    """
    with suppress(ImportError):
        from sniffio import thread_local

        thread_local.name = "asyncio"


def name_request(record: logging.LogRecord) -> bool:
    """Add the request's identifier to a log record, to distinguish the records of concurrent requests.

    Returns True: as a logging filter it drops nothing.
    """
    request = REQUEST.get()
    record.request = f"#{request} " if request else ""
    return True


def _private_pipes() -> tuple[BinaryIO, BinaryIO]:
    """Return the streams of the frames, and redirect stdout to stderr, so that no other output breaks a frame."""
    frames_in = os.fdopen(os.dup(0), "rb")
    frames_out = os.fdopen(os.dup(1), "wb", buffering=0)
    os.dup2(2, 1)
    return frames_in, frames_out


async def _serve(frames_in: BinaryIO, frames_out: BinaryIO) -> None:
    """Answer messages until the parent closes its end or the service fails. Cancellation ends the service."""

    def send(message: ToServer) -> None:
        data = memoryview(pack(message))
        while data:
            data = data[frames_out.write(data) :]

    loop, released = asyncio.get_running_loop(), threading.Event()

    def read(service: Service) -> None:
        # In a separate thread, which receives a cancellation while a job computes, and notices the end of the
        # parent while a job hangs.
        while (message := read_frame(frames_in)) is not None:
            loop.call_soon_threadsafe(service.receive, message)
        # The service stops the checkers' processes, unless a job hangs and blocks the event loop.
        loop.call_soon_threadsafe(service.end)
        released.wait(LAST_SECONDS)
        os._exit(0)

    try:
        async with serving(send) as service:
            threading.Thread(target=read, args=(service,), name="frames", daemon=True).start()
            await service.until_over()
    finally:
        released.set()
