"""A client that pulls diagnostics as vscode-languageclient does (`DiagnosticRequestor.pullAsync` in its versions 9 to
11): after each change, one request for a document at a time, which the next change cancels."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any

from tests.kit import BOUND, Buffer, ResponseError

CANCELLED = -32800


class Pulling:
    """The pulls for one document. `shown` are the messages that the editor shows now; `pulls` counts the requests."""

    def __init__(self, buffer: Buffer) -> None:
        self.buffer = buffer
        self._result_id: str | None = None
        self._number: int | None = None
        self._running: asyncio.Task[None] | None = None
        self._is_outdated = False
        self.shown: list[str] = []
        self.pulls = 0

    def pull(self) -> None:
        """Request diagnostics; a request in progress is cancelled, and repeated when it has been answered."""
        if self._number is None:
            self._running = asyncio.ensure_future(self._pull())
        elif not self._is_outdated:
            self._is_outdated = True
            self.buffer.client.notify("$/cancelRequest", {"id": self._number})

    @property
    def is_waiting(self) -> bool:
        """Whether a request is in progress."""
        return self._number is not None

    def on_answer(self, call: Callable[[], None]) -> None:
        """Call a function when the request in progress has been answered."""
        assert self._running is not None
        self._running.add_done_callback(lambda _: call())

    async def settled(self) -> list[str]:
        """Wait for the last answer, and return what is shown then."""
        while self._running is not None and not self._running.done():
            await asyncio.wait_for(asyncio.wait({self._running}), BOUND)
        return self.shown

    async def _pull(self) -> None:
        params: dict[str, Any] = {"textDocument": {"uri": self.buffer.uri}, "identifier": "quickfix-ls"}
        if self._result_id is not None:
            params["previousResultId"] = self._result_id
        self._number, asked = self.buffer.client.send("textDocument/diagnostic", params)
        self.pulls += 1
        try:
            report = await asked
            if report["kind"] == "full":
                self.shown = [item["message"] for item in report["items"]]
            self._result_id = report["resultId"]
        except ResponseError as error:
            if error.code != CANCELLED or not self._is_outdated:
                raise
        self._number = None
        if self._is_outdated:
            self._is_outdated = False
            self.pull()
