"""Keeps the worker process running: starts it, sends it its state, kills it when it hangs, and restarts it.

This runs in the server's process, which starts faster without anyio, so it uses asyncio's tasks.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import sys
import time
from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

from quickfix_ls.worker.frames import HEADER, ToServer, ToWorker, pack, unpack

logger = logging.getLogger(__name__)

STOP_BOUND = 0.5
"""Seconds in which a process must end after its pipe was closed; after them it is killed."""

RESTART_DELAYS = (0.0, 0.2, 1.0, 5.0, 30.0)
LONG_LIFE = 60.0
"""A process that lived for LONG_LIFE seconds is restarted at once; one that keeps dying, after growing delays."""

# Our own `sys.path`, so that the worker runs the same program, not modules in the editor's working directory.
_CODE = "import sys; sys.path[:] = sys.argv[1:]; from quickfix_ls.worker.process import main; main()"
COMMAND = (sys.executable, "-c", _CODE, *sys.path)


class Events(NamedTuple):
    """The owner's callbacks: for each message, each end of the process, and the failure of repeated restarts."""

    received: Callable[[ToServer], None]
    ended: Callable[[], None]
    keeps_ending: Callable[[], None]


class Supervisor:
    """Keeps a process running from `start` to `stop`.

    `state` returns the messages that bring a new process up to date; `delays` are the seconds before each restart.
    """

    def __init__(
        self, command: Sequence[str], delays: Sequence[float], state: Callable[[], Iterable[ToWorker]], events: Events
    ) -> None:
        self._command = command
        self._delays = delays
        self._state = state
        self._events = events
        self._starting: asyncio.Future[asyncio.subprocess.Process] | None = None
        self._process: asyncio.subprocess.Process | None = None
        self._running: asyncio.Task[None] | None = None
        self._deaths = 0

    @property
    def is_hopeless(self) -> bool:
        """True if the process has ended so often that waiting for the next one is pointless."""
        return self._deaths >= len(self._delays)

    def start(self) -> None:
        """Start the process in the background; does nothing if it is running already."""
        if self._running is None:
            self._running = asyncio.ensure_future(self._run())

    def tell(self, message: ToWorker) -> None:
        """Send a message. Without a process it is dropped: the next process gets the same facts from `state`."""
        if self._process is not None and self._process.stdin is not None:
            self._process.stdin.write(pack(message))

    def kill(self, reason: str) -> None:
        """Kill the present process; a new one is started."""
        logger.warning("the worker is killed: %s", reason)
        if self._process is not None and self._process.returncode is None:
            with contextlib.suppress(ProcessLookupError):
                self._process.kill()

    async def stop(self) -> None:
        """End the process for good: close its pipe, and kill it if it doesn't end in time. Not to be cancelled."""
        running = self._running
        if running is None:
            return
        # Cancelling asyncio while it starts a process can block forever, also at the interpreter's exit.
        if self._starting is not None:
            await asyncio.wait({self._starting})
        running.cancel()
        started = self._starting is not None and not self._starting.cancelled() and self._starting.exception() is None
        process = self._starting.result() if self._starting is not None and started else None
        if process is not None:
            if process.stdin is not None:
                process.stdin.close()
            try:
                await asyncio.wait_for(process.wait(), STOP_BOUND)
            except asyncio.TimeoutError:
                # It may have ended just now, before the event loop noticed.
                with contextlib.suppress(ProcessLookupError):
                    process.kill()
                await process.wait()

    async def _run(self) -> None:
        """Start a process again and again until cancelled."""
        while True:
            began = time.monotonic()
            try:
                await self._live()
            except (OSError, EOFError) as error:
                logger.warning("the worker: %s", error)
            finally:
                self._process = None
                self._events.ended()
            self._deaths = 1 if time.monotonic() - began > LONG_LIFE else self._deaths + 1
            logger.warning("the worker ended and is started again")
            if self._deaths == len(self._delays):
                self._events.keeps_ending()
            await asyncio.sleep(self._delays[min(self._deaths, len(self._delays)) - 1])

    async def _live(self) -> None:
        """Run one process and receive its messages. Raises EOFError when it ends, OSError when it can't be started.

        Cancellation stops receiving, but not the process.
        """
        self._starting = asyncio.ensure_future(
            asyncio.create_subprocess_exec(
                *self._command,
                stdin=asyncio.subprocess.PIPE,
                stdout=asyncio.subprocess.PIPE,
                stderr=asyncio.subprocess.PIPE,
            )
        )
        process = await asyncio.shield(self._starting)
        assert process.stdout is not None
        self._process = process
        log = asyncio.ensure_future(_forward_log(process))
        for message in self._state():
            self.tell(message)
        try:
            while True:
                (size,) = HEADER.unpack(await process.stdout.readexactly(HEADER.size))
                self._events.received(unpack(await process.stdout.readexactly(size)))
        except asyncio.IncompleteReadError:
            code = await process.wait()
            raise EOFError(f"ended with exit status {code}") from None
        finally:
            log.cancel()


async def _forward_log(process: asyncio.subprocess.Process) -> None:
    """Log the lines that the worker writes to stderr, each at its own level, until the stream ends. Cancellable."""
    assert process.stderr is not None
    while not process.stderr.at_eof():
        try:
            line = (await process.stderr.readline()).decode(errors="replace").rstrip()
        except ValueError:  # longer than the reader's limit; the reader has dropped its buffer and can continue
            continue
        name, _, message = line.partition(" ")
        level = logging.getLevelName(name)
        if level == logging.DEBUG:
            logger.debug("%s", message)
        elif line:
            logger.log(level if isinstance(level, int) else logging.ERROR, "worker: %s", line)
