"""Work-done progress: only for a request that carries a token, and at the start for a client that agreed."""

from __future__ import annotations

import asyncio
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from lsprotocol import types
from pygls.exceptions import JsonRpcException

from quickfix_ls.worker.client import WorkerGone

if TYPE_CHECKING:
    from quickfix_ls.lsp.session import QuickfixServer


@contextmanager
def shown(ls: QuickfixServer, token: types.ProgressToken | None, title: str) -> Iterator[None]:
    """Tell that a request with a token is worked on, from here to its end, however it ends; a client that
    cancels the progress cancels the request. Without a token nothing is told."""
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


async def show_start(ls: QuickfixServer) -> None:
    """Tell that the worker reads its models and the workspace, where the client can show it and the start is
    not over before it has agreed."""
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
