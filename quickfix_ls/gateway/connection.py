"""The lazily created resources that all exchanges share: the transport, the API key, the server's address."""

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
from quickfix_ls.gateway.transports import Transport
from quickfix_ls.providers import Endpoint
from quickfix_ls.settings import ProviderSettings

if TYPE_CHECKING:
    from anyio.abc import TaskGroup


class Connection:
    """The connection to one endpoint; nothing is opened before `line` is entered. Close it with `aclose`."""

    def __init__(
        self,
        tasks: TaskGroup,
        provider: ProviderSettings,
        endpoint: Endpoint,
        ledger: Ledger,
        transport: Transport,
    ) -> None:
        self._endpoint, self._ledger, self._transport = endpoint, ledger, transport
        self._key = Lazy(tasks, lambda: key_of(provider, endpoint.profile))
        self._embedded = Embedded(tasks, provider) if provider.kind == "embedded" else None

    @asynccontextmanager
    async def line(self) -> AsyncIterator[LedgerLine]:
        """Provide the transport, ledger and endpoint for an exchange, as long as the context lasts.

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
        await self._transport.aclose()
        if self._embedded is not None:
            await self._embedded.aclose()

    def _line(self, endpoint: Endpoint) -> LedgerLine:
        return LedgerLine(self._transport, self._ledger, endpoint)
