"""Something that is made when it is first needed, and kept."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import Generic, TypeVar

Made = TypeVar("Made")


class Kept(Generic[Made]):
    """What `make` makes, once. Making it goes on where who waits for it is cancelled, so that the next one need not
    wait as long; where it fails, the next one has it tried again."""

    def __init__(self, make: Callable[[], Awaitable[Made]]) -> None:
        self._make = make
        self._making: asyncio.Task[Made] | None = None

    async def get(self) -> Made:
        """The thing itself. Raises what `make` raises."""
        if self._making is None or _failed(self._making):
            self._making = asyncio.ensure_future(self._made())
        return await asyncio.shield(self._making)

    def forget(self) -> None:
        """Let the next one have it made anew."""
        if self._making is not None and self._making.done():
            self._making = None

    async def aclose(self) -> None:
        """End the making, where it is under way."""
        if self._making is not None and not self._making.done():
            self._making.cancel()
            await asyncio.wait({self._making})
        self._making = None

    async def _made(self) -> Made:
        return await self._make()


def _failed(making: asyncio.Task[Made]) -> bool:
    return making.done() and (making.cancelled() or making.exception() is not None)
