"""The worker's service without its process."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from quickfix_ls.worker.frames import ToServer
from quickfix_ls.worker.service import Service, serving
from tests.kit import BOUND, hosted


class Wire:
    """A service and what it has sent; waits for answers without a clock."""

    service: Service

    def __init__(self) -> None:
        self.sent: list[ToServer] = []
        self.news = asyncio.Event()

    def take(self, message: ToServer) -> None:
        self.sent.append(message)
        self.news.set()

    async def answer(self, kind: type[ToServer]) -> ToServer:
        """The next message of that kind, taken out of what was sent."""
        while not (found := [message for message in self.sent if isinstance(message, kind)]):
            self.news.clear()
            await asyncio.wait_for(self.news.wait(), BOUND)
        self.sent.remove(found[0])
        return found[0]


@asynccontextmanager
async def wired() -> AsyncIterator[Wire]:
    """A service under way; all that it does has ended when the context is left."""
    wire = Wire()
    async with hosted(serving(wire.take)) as wire.service:
        yield wire
