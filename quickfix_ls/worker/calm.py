"""Pauses background work while a request waits for an answer."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import anyio


class Calm:
    """Counts the urgent questions in progress; it is calm while there is none."""

    def __init__(self) -> None:
        self._urgent = 0
        self._returned = anyio.Event()

    @property
    def is_calm(self) -> bool:
        """True if no urgent question is in progress."""
        return not self._urgent

    @contextmanager
    def disturbed(self) -> Iterator[None]:
        """Count an urgent question as long as the body runs."""
        self._urgent += 1
        try:
            yield
        finally:
            self._urgent -= 1
            if not self._urgent:
                self._returned.set()
                self._returned = anyio.Event()

    async def wait(self) -> None:
        """Wait until no urgent question is in progress. Cancellable."""
        while self._urgent:
            await self._returned.wait()
