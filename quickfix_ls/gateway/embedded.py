"""The embedded model server for a model file that the user names: llama.cpp's, from the package xllamacpp.

It runs in a child process, on a free port of the loopback interface. It is started on first use, and stopped after some
time without a request, or when this process ends in any way.
"""

from __future__ import annotations

import asyncio
import os
import secrets
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from importlib.util import find_spec
from typing import TYPE_CHECKING, NamedTuple

from anyio import move_on_after

from quickfix_ls.errors import UnavailableError
from quickfix_ls.gateway.lazy import Lazy
from quickfix_ls.settings import ProviderSettings
from quickfix_ls.tasks import start_logged

if TYPE_CHECKING:
    from anyio import TaskHandle
    from anyio.abc import TaskGroup

_CODE = "import sys; sys.path[:] = sys.argv[2:]; from quickfix_ls.gateway.embedded_server import main; main()"
"""The child uses this process's module search path, without the current folder, which may be an untrusted project."""

_CHILD_ENDS_SECONDS = 10.0


class ServerPlace(NamedTuple):
    """The server's address, and the API key that it was given at its start and requires."""

    base_url: str
    key: str


class Embedded:
    """The server for one model file; its process is started on first use, in a task of the group `tasks`."""

    def __init__(self, tasks: TaskGroup, provider: ProviderSettings) -> None:
        self._tasks = tasks
        self._provider = provider
        self._started = Lazy(tasks, self._start)
        self._process: asyncio.subprocess.Process | None = None
        self._uses = 0
        self._idle: asyncio.TimerHandle | None = None
        self._stopping: TaskHandle[None] | None = None

    @asynccontextmanager
    async def running(self) -> AsyncIterator[ServerPlace]:
        """Provide the server's address and keep it running while the context lasts.

        Raises UnavailableError if the server can't be started. Cancellation ends the wait for its start, which goes on.
        """
        self._uses += 1
        if self._idle is not None:
            self._idle.cancel()
        try:
            if self._stopping is not None:
                await self._stopping.wait()
            if self._process is not None and self._process.returncode is not None:
                self._started.forget()
            yield await self._started.get()
        finally:
            self._uses -= 1
            if not self._uses:
                self._idle = asyncio.get_running_loop().call_later(self._provider.idle_seconds, self._stop_idle)

    @property
    def pid(self) -> int | None:
        """The process id of the running server; None if none is running."""
        return self._process.pid if self._process is not None and self._process.returncode is None else None

    async def aclose(self) -> None:
        """Stop the server, and wait until it has ended. Not cancellable."""
        if self._idle is not None:
            self._idle.cancel()
        await self._started.aclose()
        await self._stop()

    def _stop_idle(self) -> None:
        self._started.forget()
        self._stopping = start_logged(self._tasks, self._stop, "stopping the embedded server")

    async def _stop(self) -> None:
        """Kill the process and wait for its end, up to a time limit. Not cancellable."""
        process, self._process = self._process, None
        if process is not None and process.returncode is None:
            process.kill()
            with move_on_after(_CHILD_ENDS_SECONDS, shield=True):
                await process.wait()

    async def _start(self) -> ServerPlace:
        """Start the process and return its address. Raises UnavailableError if that fails.

        After cancellation the process may be running; `aclose` stops it.
        """
        from asyncio.subprocess import DEVNULL, PIPE

        path = self._provider.model_path
        if not os.path.isfile(path):
            raise UnavailableError(f"there is no model file {path or 'named'}: set `modelPath` to a GGUF file.")
        if find_spec("xllamacpp") is None:
            raise UnavailableError("the embedded server needs xllamacpp: pip install 'quickfix-ls[local]'.")
        command = (sys.executable, "-c", _CODE, path, *sys.path)
        process = self._process = await asyncio.create_subprocess_exec(
            *command, stdin=PIPE, stdout=PIPE, stderr=DEVNULL
        )
        assert process.stdin is not None
        assert process.stdout is not None
        # Other users of this machine can reach the port, but don't know the key. The pipe stays open; when it closes,
        # the child knows that this process has ended.
        key = secrets.token_hex()
        process.stdin.write(f"{key}\n".encode())
        address = await process.stdout.readline()
        if not address.startswith(b"http://127.0.0.1:"):
            status = await process.wait()
            raise UnavailableError(
                f"the embedded server ended at its start (exit code {status}). Is {path} a GGUF file?"
            )
        return ServerPlace(f"{address.decode().strip()}/v1", key)
