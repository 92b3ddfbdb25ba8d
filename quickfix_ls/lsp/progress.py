"""Work-done progress: for requests that carry a token, and at the start for clients that support it."""

from __future__ import annotations

import asyncio
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager

from lsprotocol import types
from pygls.exceptions import JsonRpcException

from quickfix_ls.lsp.server_state import ServerState
from quickfix_ls.worker.client import WorkerGone

SOON_SECONDS = 0.5
"""Time after which a request without a token tells its progress too, if the client shows it."""


@contextmanager
def request_progress(ls: ServerState, token: types.ProgressToken | None, title: str) -> Iterator[RequestProgress]:
    """Report progress from the beginning of the body to its end, however it ends.

    A client that cancels the progress cancels the request's task. Without a token only what is reported later than
    `SOON_SECONDS` is told, to a client that shows progress.
    """
    progress = RequestProgress(ls, title)
    if token is not None:
        progress.begin(token)
    try:
        yield progress
    finally:
        progress.end()


class RequestProgress:
    """The progress of one request; the request's task is the one that creates it."""

    def __init__(self, ls: ServerState, title: str) -> None:
        self._ls = ls
        self._title = title
        self._task = asyncio.current_task()
        self._soon = time.monotonic() + SOON_SECONDS
        self._token: types.ProgressToken | None = None
        self._is_asked = self._is_over = False

    def begin(self, token: types.ProgressToken) -> None:
        """Begin the progress that the client knows by a token."""
        self._token = token
        self._ls.work_done_progress.begin(token, types.WorkDoneProgressBegin(title=self._title, cancellable=True))
        cancelled = self._ls.work_done_progress.tokens[token]
        cancelled.add_done_callback(lambda done: self._task.cancel() if self._task and done.cancelled() else None)

    def report(self, done: int, total: int) -> None:
        """Tell how many of how many problems are done."""
        if self._token is not None:
            value = types.WorkDoneProgressReport(message=f"{done} of {total}", percentage=100 * done // max(total, 1))
            self._ls.work_done_progress.report(self._token, value)
        elif self._ls.client.shows_progress and not self._is_asked and time.monotonic() >= self._soon:
            self._is_asked = True
            self._ls.in_background(self._create())

    def end(self) -> None:
        """End the progress, if it has begun."""
        self._is_over = True
        if self._token is not None:
            self._ls.work_done_progress.tokens.pop(self._token, None)
            self._ls.work_done_progress.end(self._token, types.WorkDoneProgressEnd())

    async def _create(self) -> None:
        """Ask the client for a progress of our own, and begin it. Must run in a task of its own."""
        token = str(uuid.uuid4())
        try:
            await self._ls.window_work_done_progress_create_async(types.WorkDoneProgressCreateParams(token))
        except JsonRpcException as error:
            self._ls.log.info("the client does not show progress: %s", error)
            return
        if not self._is_over:
            self.begin(token)


async def show_start(ls: ServerState) -> None:
    """Report progress while the worker loads its models, if the client supports it and the worker isn't ready before.

    Cancellation ends the progress.
    """
    if not ls.client.shows_progress:
        return
    token = str(uuid.uuid4())
    try:
        await ls.window_work_done_progress_create_async(types.WorkDoneProgressCreateParams(token))
    except JsonRpcException as error:
        ls.log.info("the client does not show progress: %s", error)
        return
    if ls.worker.is_ready:
        return
    ls.work_done_progress.begin(token, types.WorkDoneProgressBegin(title="quickfix-ls", message="starting"))
    try:
        await ls.worker.until_ready()
    except WorkerGone as error:
        ls.log.info("the start was given up: %s", error)
    finally:
        ls.work_done_progress.tokens.pop(token, None)
        ls.work_done_progress.end(token, types.WorkDoneProgressEnd())
