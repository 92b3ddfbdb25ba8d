"""Clients of servers: `serve` and `serve_raw` lend shared ones, `client` is one of a server of its own."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

import pytest_asyncio
import pytest_lsp
from lsprotocol import types

from tests.kit import RawClient
from tests.lsp.session import CONFIG, Client, begin, capabilities
from tests.pool import Pool, Serve, pool_of


@pytest_lsp.fixture(config=CONFIG, loop_scope="session")
async def client(lsp_client: Client) -> AsyncIterator[None]:
    yield
    await lsp_client.shutdown_session()


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def pool() -> AsyncIterator[Pool[Client]]:
    async with pool_of(begin) as servers:
        yield servers


@pytest_asyncio.fixture(loop_scope="session")
async def serve(pool: Pool[Client]) -> AsyncIterator[Serve[Client]]:
    async with pool.lending() as lend:

        async def one(can: types.ClientCapabilities | None = None, **params: Any) -> Client:
            return await lend(can or capabilities(), **params)

        yield one


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def raw_pool() -> AsyncIterator[Pool[RawClient]]:
    async with pool_of(RawClient.begin) as servers:
        yield servers


@pytest_asyncio.fixture(loop_scope="session")
async def serve_raw(raw_pool: Pool[RawClient]) -> AsyncIterator[Serve[RawClient]]:
    async with raw_pool.lending() as lend:
        yield lend
