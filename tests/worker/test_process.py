"""The worker process beside packages that it does not bring along."""

from __future__ import annotations

import asyncio
from contextvars import Context

import anyio
import pytest

from quickfix_ls.worker.process import announce_asyncio


def test_callbacks_start_tasks_where_sniffio_is_installed(monkeypatch: pytest.MonkeyPatch) -> None:
    sniffio = pytest.importorskip("sniffio")
    monkeypatch.setattr(sniffio.thread_local, "name", None)

    async def work_of_a_callback() -> list[str]:
        done: list[str] = []
        async with anyio.create_task_group() as tasks:

            async def work() -> None:
                done.append("done")

            called = asyncio.Event()

            def callback() -> None:
                called.set()
                tasks.start_soon(work)

            # A context of its own, like that of a callback from another thread.
            asyncio.get_running_loop().call_soon(callback, context=Context())
            await called.wait()
        return done

    announce_asyncio()
    assert asyncio.run(work_of_a_callback()) == ["done"]
