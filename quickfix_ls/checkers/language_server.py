"""A minimal LSP client for the language server of a checker: it requests the diagnostics of source texts.

Each text is opened as a document for a single request, and closed afterwards.
"""

from __future__ import annotations

import asyncio
import itertools
import logging
import os
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from anyio import CancelScope, move_on_after

from quickfix_ls.checkers.messages import encoded, read_message, reply_to
from quickfix_ls.checkers.running import kill

if TYPE_CHECKING:
    from anyio.abc import TaskGroup

logger = logging.getLogger(__name__)


class LanguageServer:
    """A running server.

    It works in `folder`, which is deleted when it ends, and is stopped after `idle_seconds` without a request. Its
    output is read in a task of the group `tasks`.
    """

    def __init__(
        self,
        tasks: TaskGroup,
        process: asyncio.subprocess.Process,
        folder: TemporaryDirectory[str],
        idle_seconds: float,
    ) -> None:
        self._process, self._holder, self._idle_seconds = process, folder, idle_seconds
        self._folder = Path(folder.name).resolve()
        self._numbers = itertools.count(1)
        self._pending: dict[int, asyncio.Future[Any]] = {}
        self._is_stopped = False
        self._asking = 0
        self._idle: asyncio.TimerHandle | None = None
        self._is_read = True
        self._reading = tasks.start_soon(self._read_all)

    @property
    def is_over(self) -> bool:
        """True if the server accepts no more requests."""
        return self._is_stopped or not self._is_read

    async def begin(self) -> None:
        """Send `initialize` and wait for the answer. Raises ConnectionError if the server ends before. Cancellable."""
        uri = self._folder.as_uri()
        capabilities = {"textDocument": {"diagnostic": {}}, "workspace": {"configuration": True}}
        hello = {"processId": os.getpid(), "rootUri": uri, "capabilities": capabilities}
        await self._request("initialize", {**hello, "workspaceFolders": [{"uri": uri, "name": "shadow"}]})
        self._send({"method": "initialized", "params": {}})

    async def diagnostics(self, text: str, seconds: float, suffix: str) -> list[dict[str, Any]] | None:
        """Request the diagnostics of a text; return None if the server fails or does not answer within `seconds`.

        In both cases the server is stopped. Cancellation cancels the request at the server, too.
        """
        self._asking += 1
        uri = (self._folder / f"shadow{next(self._numbers)}{suffix}").as_uri()
        opened = {"uri": uri, "languageId": "python", "version": 1, "text": text}
        self._send({"method": "textDocument/didOpen", "params": {"textDocument": opened}})
        try:
            with move_on_after(seconds):
                answer = await self._request("textDocument/diagnostic", {"textDocument": {"uri": uri}})
                return list(answer["items"])
            logger.warning("checker: %s did not answer within %.1f s", self._folder, seconds)
            self._stop()
            return None
        except (ConnectionError, LookupError, TypeError) as error:
            logger.warning("checker: its server can't tell: %s: %s", type(error).__name__, error)
            self._stop()
            return None
        finally:
            self._send({"method": "textDocument/didClose", "params": {"textDocument": {"uri": uri}}})
            self._asking -= 1
            self._rest()

    async def aclose(self) -> None:
        """Stop the server and all processes that it started. Not cancellable."""
        self._stop()
        self._reading.cancel()
        with CancelScope(shield=True):
            await self._process.wait()
            await self._reading.wait()

    def _stop(self) -> None:
        self._is_stopped = True
        if self._idle is not None:
            self._idle.cancel()
        kill(self._process)

    def _rest(self) -> None:
        if self._idle is not None:
            self._idle.cancel()
        if not self._is_stopped and not self._asking:
            self._idle = asyncio.get_running_loop().call_later(self._idle_seconds, self._stop_if_idle)

    def _stop_if_idle(self) -> None:
        if not self._asking:
            self._stop()

    async def _request(self, method: str, params: object) -> Any:
        """Send a request and return its result. Raises ConnectionError if the server ended or answered with an error.

        Cancellation cancels the request at the server, too.
        """
        number = next(self._numbers)
        future = self._pending[number] = asyncio.get_running_loop().create_future()
        self._send({"id": number, "method": method, "params": params})
        try:
            return await future
        except asyncio.CancelledError:
            self._send({"method": "$/cancelRequest", "params": {"id": number}})
            raise
        finally:
            self._pending.pop(number, None)

    def _send(self, message: dict[str, Any]) -> None:
        if self._process.stdin is not None and not self._process.stdin.is_closing():
            self._process.stdin.write(encoded(message))

    async def _read_all(self) -> None:
        """Read messages until the server ends, then fail all pending requests. Cancellation does the same."""
        try:
            await self._read()
        except Exception as error:
            logger.warning("checker: its server's answer can't be read: %s: %s", type(error).__name__, error)
        finally:
            self._is_read = False
            self._holder.cleanup()
            for future in self._pending.values():
                if not future.done():
                    future.set_exception(ConnectionError("the server ended"))

    async def _read(self) -> None:
        """Read messages until the stream ends. Cancellable."""
        stream = self._process.stdout
        while stream is not None and (message := await read_message(stream)) is not None:
            self._receive(message)

    def _receive(self, message: dict[str, Any]) -> None:
        if "method" in message:
            if "id" in message:
                self._send(reply_to(message))
            return
        future = self._pending.get(message["id"])
        if future is None or future.done():
            return
        if "error" in message:
            future.set_exception(ConnectionError(str(message["error"].get("message"))))
        else:
            future.set_result(message.get("result"))
