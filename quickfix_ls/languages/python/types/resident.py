"""The parent's side of jedi's process: it is started by the first question, killed if an answer takes too long, and
started again by the next question."""

from __future__ import annotations

import asyncio
import contextlib
import importlib.util
import logging
import sys
from collections.abc import AsyncGenerator, Sequence

from anyio import CancelScope, Lock, move_on_after

from quickfix_ls.languages.python.types.inquiries import Answers, Facts, TypeQuestion, question_line, read_facts
from quickfix_ls.tasks import uncancelled

logger = logging.getLogger(__name__)

LIMIT_SECONDS = 10.0
"""The maximal duration of one question in seconds, including the start of the process."""

IDLE_SECONDS = 300.0
"""The idle time in seconds after which the process is stopped, since its caches take some hundred megabytes."""

_MAX_LINE_BYTES = 1 << 24
# Isolated, so that modules of the current folder or an environment cannot shadow ours; without `site`, so that start-up
# hooks of installed packages do not run.
_CODE = (
    "import sys; sys.path[:] = sys.argv[1:]; from quickfix_ls.languages.python.types.jedi_process import main; main()"
)
COMMAND = (sys.executable, "-I", "-S", "-c", _CODE, *filter(None, sys.path))


def is_installed() -> bool:
    """Return whether jedi is installed."""
    return importlib.util.find_spec("jedi") is not None


class Resident:
    """Answers questions sequentially, from the first question to `aclose`."""

    def __init__(
        self, seconds: float = LIMIT_SECONDS, idle_seconds: float = IDLE_SECONDS, command: Sequence[str] = COMMAND
    ) -> None:
        self._seconds = seconds
        self._idle_seconds = idle_seconds
        self._command = command
        self._turn = Lock()
        self._process: asyncio.subprocess.Process | None = None
        self._idle: asyncio.TimerHandle | None = None
        self._is_closed = False

    @property
    def pid(self) -> int | None:
        """The id of the process; None if it is not running."""
        return self._process.pid if self._process is not None and self._process.returncode is None else None

    async def ask(self, question: TypeQuestion) -> Answers:
        """Return the answers; None for inquiries without a result and for those not answered within the time limit.
        Cancellation ends the process."""
        found: list[Facts | None] = []
        async with self._turn:
            self._rest(None)
            is_answered = False
            try:
                with move_on_after(self._seconds) as patience:
                    async for facts in self._answers(question):
                        found.append(facts)
                    is_answered = True
                if patience.cancelled_caught:
                    logger.warning(
                        "types: no answer within %.1f s about %s", self._seconds, question.path or "an unnamed document"
                    )
            except (OSError, ValueError, TypeError, LookupError) as error:
                logger.warning("types: inference failed: %s: %s", type(error).__name__, error)
            finally:
                if not is_answered:
                    await self._stop()
                self._rest(self._idle_seconds)
        return (*found, *(None for _ in question.inquiries[len(found) :]))

    async def aclose(self) -> None:
        """End the process for good. Not cancellable."""
        self._is_closed = True
        await self._stop()

    async def _answers(self, question: TypeQuestion) -> AsyncGenerator[Facts | None, None]:
        """Yield the answers as they arrive. Cancellation leaves the process with a question that it may still
        answer."""
        process = await self._started()
        assert process.stdin is not None
        assert process.stdout is not None
        process.stdin.write(question_line(question))
        await process.stdin.drain()
        for _ in question.inquiries:
            yield read_facts(await process.stdout.readline())

    async def _started(self) -> asyncio.subprocess.Process:
        """Return the running process, started if necessary. Not cancellable, since a process whose start was
        interrupted could not be stopped."""
        process = self._process
        if process is None or process.returncode is not None:
            starting = asyncio.create_subprocess_exec(
                *self._command,
                stdin=asyncio.subprocess.PIPE,
                stdout=asyncio.subprocess.PIPE,
                stderr=asyncio.subprocess.DEVNULL,
                limit=_MAX_LINE_BYTES,
                start_new_session=True,
            )
            process = self._process = await uncancelled(starting)
        return process

    async def _stop(self) -> None:
        """Kill the process and wait for its end. Not cancellable."""
        self._rest(None)
        process, self._process = self._process, None
        if process is not None:
            with contextlib.suppress(ProcessLookupError):
                process.kill()
            with CancelScope(shield=True):
                await process.wait()

    def _rest(self, seconds: float | None) -> None:
        """Cancel the idle timer, and start it again with `seconds` unless that is None."""
        if self._idle is not None:
            self._idle.cancel()
            self._idle = None
        if seconds is not None and self._process is not None and not self._is_closed:
            self._idle = asyncio.get_running_loop().call_later(seconds, self._stop_idle)

    def _stop_idle(self) -> None:
        """Kill the process if no question is being answered."""
        if self._process is not None and not self._turn.locked():
            with contextlib.suppress(ProcessLookupError):
                self._process.kill()
