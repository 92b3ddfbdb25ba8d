"""Work-done progress: for requests that carry a token, and at the start for clients that support it."""

from __future__ import annotations

import asyncio
import uuid
from collections.abc import Iterator
from contextlib import contextmanager

from lsprotocol import types
from pygls.exceptions import JsonRpcException

from quickfix_ls.lsp.server_state import ServerState
from quickfix_ls.worker.client import WorkerGone


@contextmanager
def request_progress(ls: ServerState, token: types.ProgressToken | None, title: str) -> Iterator[None]:
    """Report progress from the beginning of the body to its end, however it ends.

    A client that cancels the progress cancels the request's task. Without a token nothing is reported.
    """
    if token is None:
        yield
        return
    task = asyncio.current_task()
    ls.work_done_progress.begin(token, types.WorkDoneProgressBegin(title=title, cancellable=True))
    cancelled = ls.work_done_progress.tokens[token]
    cancelled.add_done_callback(lambda done: task.cancel() if task and done.cancelled() else None)
    try:
        yield
    finally:
        ls.work_done_progress.tokens.pop(token, None)
        ls.work_done_progress.end(token, types.WorkDoneProgressEnd())


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
