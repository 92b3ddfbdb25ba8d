"""The lazily created resources that all exchanges share: the HTTP client, the API key, the server's address."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from typing import TYPE_CHECKING

from quickfix_ls.gateway.api_keys import key_of
from quickfix_ls.gateway.embedded import Embedded
from quickfix_ls.gateway.exchange import LedgerLine
from quickfix_ls.gateway.lazy import Lazy
from quickfix_ls.gateway.ledger import Ledger
from quickfix_ls.providers import Endpoint
from quickfix_ls.settings import ProviderSettings

if TYPE_CHECKING:
    import httpx
    from anyio.abc import TaskGroup


class Connection:
    """The connection to one endpoint; nothing is opened before `line` is entered. Close it with `aclose`."""

    def __init__(self, tasks: TaskGroup, provider: ProviderSettings, endpoint: Endpoint, ledger: Ledger) -> None:
        self._endpoint, self._ledger = endpoint, ledger
        self._key = Lazy(tasks, lambda: key_of(provider, endpoint.profile))
        self._embedded = Embedded(tasks, provider) if provider.kind == "embedded" else None
        self._client: httpx.AsyncClient | None = None

    @asynccontextmanager
    async def line(self) -> AsyncIterator[LedgerLine]:
        """Provide the client, ledger and endpoint for an exchange, as long as the context lasts.

        Raises KeyMissingError without an API key, UnavailableError if the embedded server can't be started.
        Cancellable; the start of a server continues for the next exchange.
        """
        if self._embedded is None:
            yield self._line(replace(self._endpoint, key=await self._key.get()))
            return
        async with self._embedded.running() as place:
            yield self._line(replace(self._endpoint, base_url=place.base_url, key=place.key))

    def forget_key(self) -> None:
        """Let the next exchange get the key again, since a key printed by a command may have expired."""
        self._key.forget()

    async def aclose(self) -> None:
        """Close all connections, and stop the embedded server. Cancellation may leave some of them open."""
        await self._key.aclose()
        if self._client is not None:
            await self._client.aclose()
            self._client = None
        if self._embedded is not None:
            await self._embedded.aclose()

    def _line(self, endpoint: Endpoint) -> LedgerLine:
        from quickfix_ls.gateway.transport import new_client

        if self._client is None:
            self._client = new_client()
        return LedgerLine(self._client, self._ledger, endpoint)
