"""One process that is kept running: started, given what it must know, killed where it hangs, and started anew.

This runs in the server's process, whose start does not pay for anyio: the tasks here are asyncio's.
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
"""Seconds in which a process ends by itself once its pipe is closed; past them it is killed."""

RESTART_DELAYS = (0.0, 0.2, 1.0, 5.0, 30.0)
LONG_LIFE = 60.0
"""A process that lived for so many seconds is restarted at once; one that keeps dying, ever later."""

# Our own path, so that the worker is the same program, and not what lies in the folder that the editor started in.
_CODE = "import sys; sys.path[:] = sys.argv[1:]; from quickfix_ls.worker.process import main; main()"
COMMAND = (sys.executable, "-c", _CODE, *sys.path)


class Events(NamedTuple):
    """What the owner of a process hears of it: each message, each end, and that it keeps ending."""

    received: Callable[[ToServer], None]
    ended: Callable[[], None]
    keeps_ending: Callable[[], None]


class Supervisor:
    """Keeps a process running from `start` to `stop`.

    `state` gives the messages that bring a new process up to date.
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
        """Whether the process has ended so often that nobody should wait for the next one."""
        return self._deaths >= len(self._delays)

    def start(self) -> None:
        """Start the process in the background; does nothing where it is running already."""
        if self._running is None:
            self._running = asyncio.ensure_future(self._run())

    def tell(self, message: ToWorker) -> None:
        """Send a message; one that is sent while there is no process is in the next one's `state`."""
        if self._process is not None and self._process.stdin is not None:
            self._process.stdin.write(pack(message))

    def kill(self, reason: str) -> None:
        """End the present process at once; a new one is started."""
        logger.warning("the worker is killed: %s", reason)
        if self._process is not None and self._process.returncode is None:
            with contextlib.suppress(ProcessLookupError):
                self._process.kill()

    async def stop(self) -> None:
        """End the process for good: by closing its pipe, by force where that takes too long."""
        running = self._running
        if running is None:
            return
        # Cancelled in the middle of starting a process, Python may wait for ever, at its own end too.
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
                # It may have ended just now, before the loop has heard of it.
                with contextlib.suppress(ProcessLookupError):
                    process.kill()
                await process.wait()

    async def _run(self) -> None:
        """Keep a process running until cancelled."""
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
        """One process from its start to its end."""
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
    """Pass the worker's own log on, each line at its own level."""
    assert process.stderr is not None
    while not process.stderr.at_eof():
        try:
            line = (await process.stderr.readline()).decode(errors="replace").rstrip()
        except ValueError:  # longer than the reader's limit; it has dropped what it held and can go on
            continue
        name, _, message = line.partition(" ")
        level = logging.getLevelName(name)
        if level == logging.DEBUG:
            logger.debug("%s", message)
        elif line:
            logger.log(level if isinstance(level, int) else logging.ERROR, "worker: %s", line)
