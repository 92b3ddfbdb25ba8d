"""The server's handle of the worker: asks questions, cancels them, and detects failures. `supervisor` keeps the process
running."""

from __future__ import annotations

import asyncio
import itertools
import logging
from collections.abc import Callable, Iterable, Sequence

from quickfix_ls.worker.frames import (
    Answer,
    Ask,
    AskModel,
    Cancel,
    CancelModel,
    Failed,
    Late,
    Outdated,
    Progress,
    Question,
    Ready,
    Spending,
    ToServer,
    ToWorker,
)
from quickfix_ls.worker.supervisor import COMMAND, RESTART_DELAYS, Events, Supervisor

logger = logging.getLogger(__name__)

START_BOUND = 30.0
CANCEL_BOUND = 1.0
"""Seconds in which the process must start, and must react to a cancellation; after them it is killed."""

Report = Callable[[int, int], None]
"""Is told how many of how many problems are fixed."""

_HOPELESS = "the worker keeps ending; the log says why"


class WorkerGone(Exception):
    """The worker died or hung before it answered the question; a new process is being started."""


class Worker:
    """A handle of the worker that outlives its processes.

    `state` returns the messages that bring a new process up to date, `Configure` first; `notify` takes messages for the
    user, `late` the URI of a document for which a model has answered after its deadline, `outdated` that of one whose
    problems may be others now. `changed` is called when the process becomes ready or ends, `spent` with each report of
    a model's tokens, and `ask_model` with requests to the client's language model.
    """

    def __init__(
        self,
        state: Callable[[], Iterable[ToWorker]],
        notify: Callable[[str], None],
        command: Sequence[str] = COMMAND,
        delays: Sequence[float] = RESTART_DELAYS,
        late: Callable[[str], None] = lambda uri: None,
        outdated: Callable[[str], None] = lambda uri: None,
        changed: Callable[[], None] = lambda: None,
        spent: Callable[[Spending], None] = lambda spending: None,
        ask_model: Callable[[AskModel | CancelModel], None] = lambda message: None,
    ) -> None:
        self._notify = notify
        self._late = late
        self._outdated = outdated
        self._changed = changed
        self._spent = spent
        self._ask_model = ask_model
        self._process = Supervisor(command, delays, state, Events(self._receive, self._lose, self._despair))
        self._ids = itertools.count(1)
        self._is_ready = False
        self._waiting: list[asyncio.Future[None]] = []
        self._pending: dict[int, asyncio.Future[object]] = {}
        self._cancelled: dict[int, asyncio.TimerHandle] = {}
        self._reports: dict[int, Report] = {}

    def start(self) -> None:
        """Start the process in the background; does nothing if it is running already."""
        self._process.start()

    def tell(self, message: ToWorker) -> None:
        """Send a message. Without a process it is dropped: the next process gets the same facts from `state`."""
        self._process.tell(message)

    def kill(self, reason: str) -> None:
        """Kill the present process; a new one is started."""
        self._process.kill(reason)

    async def stop(self) -> None:
        """End the process for good: close its pipe, and kill it if it doesn't end in time. Not to be cancelled."""
        await self._process.stop()

    @property
    def is_ready(self) -> bool:
        """True if the present process has loaded its models and can answer."""
        return self._is_ready

    @property
    def is_hopeless(self) -> bool:
        """True if the process has ended so often that waiting for the next one is pointless."""
        return self._process.is_hopeless

    async def ask(self, question: Question, bound: float, label: str = "", report: Report | None = None) -> object:
        """Return the answer to a question; None if it failed, with the error in the log.

        `label` is the request's identifier in the log; `report` is told the progress of a long answer. Raises
        WorkerGone when the worker takes longer than `bound` seconds (it is killed then) or dies twice in a row over the
        question. Cancellation is sent to the worker, which is killed if it does not react.
        """
        for last in (False, True):
            await self.until_ready()
            try:
                return await asyncio.wait_for(self._ask(question, label, report), bound)
            except asyncio.TimeoutError:
                self.kill(f"no answer within {bound:g} s to {type(question).__name__}")
                raise WorkerGone("the worker did not answer in time") from None
            except WorkerGone:
                if last:
                    raise
        raise AssertionError("unreachable")

    async def until_ready(self) -> None:
        """Wait until a process can answer. Raises WorkerGone if none starts. Cancellation ends only the wait."""
        if self._is_ready:
            return
        if self._process.is_hopeless:
            raise WorkerGone(_HOPELESS)
        waiting = asyncio.get_running_loop().create_future()
        self._waiting.append(waiting)
        try:
            await asyncio.wait_for(waiting, START_BOUND)
        except asyncio.TimeoutError:
            self.kill(f"not ready within {START_BOUND:g} s")
            raise WorkerGone("the worker did not start in time") from None

    async def _ask(self, question: Question, label: str, report: Report | None) -> object:
        number = next(self._ids)
        if report is not None:
            self._reports[number] = report
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
            self._reports.pop(number, None)

    def _receive(self, message: ToServer) -> None:
        if isinstance(message, Ready):
            logger.info("the worker is ready after %.0f ms", message.seconds * 1000)
            if message.notice:
                self._notify(message.notice)
            self._is_ready = True
            for waiting in self._take_waiting():
                waiting.set_result(None)
            self._changed()
            return
        if isinstance(message, Spending):
            self._spent(message)
            return
        if isinstance(message, (AskModel, CancelModel)):
            self._ask_model(message)
            return
        if isinstance(message, Late):
            self._late(message.uri)
            return
        if isinstance(message, Outdated):
            self._outdated(message.uri)
            return
        if isinstance(message, Progress):
            if report := self._reports.get(message.id):
                report(message.done, message.total)
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

    def _lose(self) -> None:
        """Fail all pending questions, since the process has ended."""
        self._is_ready = False
        self._changed()
        for handle in self._cancelled.values():
            handle.cancel()
        self._cancelled.clear()
        for future in self._pending.values():
            if not future.done():
                future.set_exception(WorkerGone("the worker ended"))

    def _despair(self) -> None:
        """Tell the user that the process keeps ending, and fail all waiting requests."""
        self._notify("quickfix-ls keeps failing to work; its log says why.")
        self._changed()
        for waiting in self._take_waiting():
            waiting.set_exception(WorkerGone(_HOPELESS))

    def _take_waiting(self) -> list[asyncio.Future[None]]:
        waiting, self._waiting = self._waiting, []
        return [future for future in waiting if not future.done()]
