"""Servers that tests share: one for each set of parameters of `initialize`, started when a test first asks for it.

A start costs a second, a document on a running server some milliseconds. Each test opens documents of its own; when it
ends they are closed, and the client forgets what the server sent. A test that changes the settings of a whole server,
kills its worker or cancels what it does starts a server of its own.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Any, Generic, Protocol, TypeVar


class Shared(Protocol):
    """A client that several tests use, one after the other."""

    async def reset(self) -> None:
        """Close the documents, wait until the server has read that, and forget what it sent."""

    async def end(self) -> None:
        """Shut the server down."""


AnyClient = TypeVar("AnyClient", bound=Shared)
Serve = Callable[..., Awaitable[AnyClient]]
"""Gives a client of a server that was initialized with the capabilities and parameters that it is called with."""


class Pool(Generic[AnyClient]):
    """The clients of the servers that run, by what they were initialized with; `begin` starts one more."""

    def __init__(self, begin: Serve[AnyClient]) -> None:
        self._begin = begin
        self._clients: dict[str, AnyClient] = {}

    @asynccontextmanager
    async def lending(self) -> AsyncIterator[Serve[AnyClient]]:
        """Lend clients to one test. A client that can't be reset is not lent again."""
        lent: dict[str, AnyClient] = {}

        async def lend(*arguments: Any, **params: Any) -> AnyClient:
            key = repr((arguments, sorted(params.items())))
            if key not in self._clients:
                self._clients[key] = await self._begin(*arguments, **params)
            lent[key] = self._clients[key]
            return lent[key]

        yield lend
        for key, client in lent.items():
            del self._clients[key]
            await client.reset()
            self._clients[key] = client

    async def stop(self) -> None:
        for client in self._clients.values():
            await client.end()


@asynccontextmanager
async def pool_of(begin: Serve[AnyClient]) -> AsyncIterator[Pool[AnyClient]]:
    """A pool that ends its servers."""
    pool = Pool(begin)
    yield pool
    await pool.stop()
