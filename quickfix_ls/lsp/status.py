"""What the server is doing, for the status bar of an extension of ours (`quickfix-ls/status`): sent when it changes."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Literal

from quickfix_ls.lsp.custom_messages import STATUS
from quickfix_ls.lsp.server_state import ServerState
from quickfix_ls.worker.frames import Spending

State = Literal["starting", "ready", "indexing", "paused"]

SOON_SECONDS = 0.5
"""Time after which a search for problems in a document is shown; most take less."""


class Status:
    """The last status that the client was sent; nothing is sent to a client that does not know the message.

    - `starting`: the models are being loaded.
    - `indexing`: a document is being read for the first time, which takes longer than usual.
    - `ready`: fixes are offered.
    - `paused`: the analysis has ended unexpectedly, and is being started again or given up.
    """

    def __init__(self, server: ServerState) -> None:
        self._ls = server
        self._searches = 0
        self._was_ready = False
        self._spending = Spending()
        self._sent: dict[str, Any] = {}

    def update(self) -> None:
        """Send the status if it has changed."""
        if not self._ls.client.takes_status or self._ls.was_shut_down:
            return
        self._was_ready = self._was_ready or self._ls.worker.is_ready
        state, detail = self._state()
        told = {
            "state": state,
            "detail": detail,
            "model": self._spending.model or None,
            "tokensToday": self._spending.tokens_today,
            "tokensLimit": self._spending.tokens_limit,
        }
        if told != self._sent:
            self._sent = told
            self._ls.protocol.notify(STATUS, told)

    def take_spending(self, spending: Spending) -> None:
        """Show another model, or more tokens."""
        self._spending = spending
        self.update()

    @contextmanager
    def searching(self) -> Iterator[None]:
        """Show that a document is being read if the body takes long."""
        shown = False

        def show() -> None:
            nonlocal shown
            shown = True
            self._searches += 1
            self.update()

        timer = asyncio.get_running_loop().call_later(SOON_SECONDS, show)
        try:
            yield
        finally:
            timer.cancel()
            if shown:
                self._searches -= 1
                self.update()

    def _state(self) -> tuple[State, str]:
        if self._ls.worker.is_hopeless:
            return "paused", "the analysis keeps ending; the log says why"
        if not self._ls.worker.is_ready:
            return ("paused", "the analysis ended and is started again") if self._was_ready else ("starting", "")
        if self._searches:
            return "indexing", "reading a document"
        return "ready", ""
