"""The server's end of the worker: start it, ask it, cancel, and start a new one when it dies or hangs."""

from __future__ import annotations

import asyncio
import contextlib
import itertools
import logging
import sys
import time
from collections.abc import Callable, Iterable, Sequence

from quickfix_ls.worker.frames import (
    HEADER,
    Answer,
    Ask,
    Cancel,
    Failed,
    Late,
    Question,
    Ready,
    ToServer,
    ToWorker,
    pack,
    unpack,
)

logger = logging.getLogger(__name__)

START_BOUND = 30.0
CANCEL_BOUND = 1.0
STOP_BOUND = 0.5
"""Seconds to start in, to notice a cancellation in, and to end in by itself; past them the process is
killed."""

RESTART_DELAYS = (0.0, 0.2, 1.0, 5.0, 30.0)
LONG_LIFE = 60.0
"""A worker that lived for so many seconds is restarted at once; one that keeps dying, ever later."""

_HOPELESS = "the worker keeps ending; the log says why"
# Our own path, so that the worker is the same program, and not what lies in the folder that the editor started in.
_CODE = "import sys; sys.path[:] = sys.argv[1:]; from quickfix_ls.worker.process import main; main()"
COMMAND = (sys.executable, "-c", _CODE, *sys.path)


class WorkerGone(Exception):
    """The worker died or hung with the question unanswered; a new one is being started."""


class Worker:
    """A handle that outlives the processes behind it.

    `state` gives the messages that bring a new process up to date, its `Configure` first; `notify` takes
    what the user should know, `late` the uri of a document about which a model has answered after its deadline.
    """

    def __init__(
        self,
        state: Callable[[], Iterable[ToWorker]],
        notify: Callable[[str], None],
        command: Sequence[str] = COMMAND,
        delays: Sequence[float] = RESTART_DELAYS,
        late: Callable[[str], None] = lambda uri: None,
    ) -> None:
        self._state = state
        self._notify = notify
        self._late = late
        self._command = command
        self._delays = delays
        self._ids = itertools.count(1)
        self._starting: asyncio.Future[asyncio.subprocess.Process] | None = None
        self._process: asyncio.subprocess.Process | None = None
        self._running: asyncio.Task[None] | None = None
        self._is_ready = False
        self._waiting: list[asyncio.Future[None]] = []
        self._deaths = 0
        self._pending: dict[int, asyncio.Future[object]] = {}
        self._cancelled: dict[int, asyncio.TimerHandle] = {}

    def start(self) -> None:
        """Start the process in the background; does nothing where it is running already."""
        if self._running is None:
            self._running = asyncio.ensure_future(self._run())

    def tell(self, message: ToWorker) -> None:
        """Send a message; one that is sent while there is no process is in the next one's `state`."""
        if self._process is not None and self._process.stdin is not None:
            self._process.stdin.write(pack(message))

    @property
    def is_ready(self) -> bool:
        """Whether the present process has read its models and can answer."""
        return self._is_ready

    async def ask(self, question: Question, bound: float, label: str = "") -> object:
        """The answer to a question, None where it went wrong (the log says how).

        Raises WorkerGone when the worker is slower than `bound` seconds (it is killed then) or dies twice in
        a row over the question. Cancellation reaches the worker; one that does not heed it is killed. `label` is
        what the log calls the question.
        """
        for last in (False, True):
            await self.until_ready()
            try:
                return await asyncio.wait_for(self._ask(question, label), bound)
            except asyncio.TimeoutError:
                self.kill(f"no answer within {bound:g} s to {type(question).__name__}")
                raise WorkerGone("the worker did not answer in time") from None
            except WorkerGone:
                if last:
                    raise
        raise AssertionError("unreachable")

    async def until_ready(self) -> None:
        """Wait until a process can answer. Raises WorkerGone where none starts. Cancellation stops the waiting
        alone."""
        if self._is_ready:
            return
        if self._deaths >= len(self._delays):
            raise WorkerGone(_HOPELESS)
        waiting = asyncio.get_running_loop().create_future()
        self._waiting.append(waiting)
        try:
            await asyncio.wait_for(waiting, START_BOUND)
        except asyncio.TimeoutError:
            self.kill(f"not ready within {START_BOUND:g} s")
            raise WorkerGone("the worker did not start in time") from None

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

    async def _ask(self, question: Question, label: str) -> object:
        number = next(self._ids)
        future: asyncio.Future[object] = asyncio.get_running_loop().create_future()
        self._pending[number] = future
        self.tell(Ask(number, question, label))
        try:
            return await future
        except asyncio.CancelledError:
            self.tell(Cancel(number))
            self._cancelled[number] = asyncio.get_running_loop().call_later(
                CANCEL_BOUND, self.kill, "a cancelled question was not given up"
            )
            raise
        finally:
            self._pending.pop(number, None)

    # -- the process ---------------------------------------------------------------------------------------

    async def _run(self) -> None:
        """Keep a process running until cancelled."""
        while True:
            began = time.monotonic()
            try:
                await self._live()
            except (OSError, EOFError) as error:
                logger.warning("the worker: %s", error)
            finally:
                self._is_ready = False
                self._process = None
                self._give_up_questions()
            self._deaths = 1 if time.monotonic() - began > LONG_LIFE else self._deaths + 1
            logger.warning("the worker ended and is started again")
            if self._deaths == len(self._delays):
                self._notify("quickfix-ls keeps failing to work; its log says why.")
                for waiting in self._take_waiting():
                    waiting.set_exception(WorkerGone(_HOPELESS))
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
                self._receive(unpack(await process.stdout.readexactly(size)))
        except asyncio.IncompleteReadError:
            code = await process.wait()
            raise EOFError(f"ended with exit status {code}") from None
        finally:
            log.cancel()

    def _receive(self, message: ToServer) -> None:
        if isinstance(message, Ready):
            logger.info("the worker is ready after %.0f ms", message.seconds * 1000)
            if message.notice:
                self._notify(message.notice)
            self._is_ready = True
            for waiting in self._take_waiting():
                waiting.set_result(None)
            return
        if isinstance(message, Late):
            self._late(message.uri)
            return
        if handle := self._cancelled.pop(message.id, None):
            handle.cancel()
        future = self._pending.get(message.id)
        if future is None or future.done():
            return
        if isinstance(message, Answer):
            future.set_result(message.value)
        elif isinstance(message, Failed):
            logger.error("the worker could not answer: %s", message.reason)
            future.set_result(None)

    def _take_waiting(self) -> list[asyncio.Future[None]]:
        waiting, self._waiting = self._waiting, []
        return [one for one in waiting if not one.done()]

    def _give_up_questions(self) -> None:
        for handle in self._cancelled.values():
            handle.cancel()
        self._cancelled.clear()
        for future in self._pending.values():
            if not future.done():
                future.set_exception(WorkerGone("the worker ended"))


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
