"""Tells whether the user is typing in a document: problems are reported only when typing pauses.

A statement that is being typed is nearly always broken, and a report about it would disappear with one of the next
keys.
"""

from __future__ import annotations

import asyncio
import math
import time
from contextlib import suppress

PAUSE_SECONDS = 0.4
"""Time without a change after which typing counts as paused. Skilled typists need 60 to 150 ms a key, most people 150
to 300 ms (Dhakal et al., Observations on typing from 136 million keystrokes, CHI 2018)."""


SEARCH_SECONDS = 0.15
"""Time without a change after which problems are searched for, so that they, and the likely fixes, are known when they
may be shown."""


class Typing:
    """The typing in one document. A document that was just opened is not typed in."""

    def __init__(self) -> None:
        self._changed_at = -math.inf
        self._ended = asyncio.Event()

    @property
    def is_paused(self) -> bool:
        """Whether problems may be shown."""
        return time.monotonic() >= self._changed_at + PAUSE_SECONDS

    def changed(self) -> None:
        """Record a change of the text."""
        self._changed_at = time.monotonic()
        self._ended.clear()

    def end(self) -> None:
        """End the wait for a pause, since the user has done something else: saved, or accepted a fix."""
        self._changed_at = -math.inf
        self._ended.set()

    async def until_paused(self, seconds: float = PAUSE_SECONDS) -> None:
        """Wait until nothing was changed for some seconds; returns at once if typing has ended. Cancellable."""
        while (left := self._changed_at + seconds - time.monotonic()) > 0:
            with suppress(asyncio.TimeoutError):
                await asyncio.wait_for(self._ended.wait(), left)
