"""Whether somebody waits for an answer: work in the background goes on only while nobody does."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import anyio


class Calm:
    """Counts the urgent questions under way."""

    def __init__(self) -> None:
        self._urgent = 0
        self._returned = anyio.Event()

    @property
    def is_calm(self) -> bool:
        return not self._urgent

    @contextmanager
    def disturbed(self) -> Iterator[None]:
        """It is not calm as long as the body lasts."""
        self._urgent += 1
        try:
            yield
        finally:
            self._urgent -= 1
            if not self._urgent:
                self._returned.set()
                self._returned = anyio.Event()

    async def wait(self) -> None:
        """Until it is calm. Cancellable."""
        while self._urgent:
            await self._returned.wait()
