"""Tells whether the user is typing in a document: problems are reported only when typing pauses.

A statement that is being typed is nearly always broken, and a report about it would disappear with one of the next
keys.
"""

from __future__ import annotations

import asyncio
import time
from contextlib import suppress

PAUSE_SECONDS = 0.4
"""Time without a change after which typing counts as paused. Skilled typists need 60 to 150 ms a key, most people 150
to 300 ms (Dhakal et al., Observations on typing from 136 million keystrokes, CHI 2018)."""


class Typing:
    """The typing in one document. A document that was just opened is not typed in."""

    def __init__(self) -> None:
        self._until = 0.0
        self._ended = asyncio.Event()

    def changed(self) -> None:
        """Record a change of the text."""
        self._until = time.monotonic() + PAUSE_SECONDS
        self._ended.clear()

    def end(self) -> None:
        """End the wait for a pause, since the user has done something else: saved, or accepted a fix."""
        self._until = 0.0
        self._ended.set()

    async def until_paused(self) -> None:
        """Wait until typing has paused; returns at once if it has. Cancellable."""
        while (left := self._until - time.monotonic()) > 0:
            with suppress(asyncio.TimeoutError):
                await asyncio.wait_for(self._ended.wait(), left)
