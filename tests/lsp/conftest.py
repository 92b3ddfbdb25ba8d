"""One fresh server a test, shut down as the protocol says."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest_lsp

from tests.lsp.session import CONFIG, Client


@pytest_lsp.fixture(config=CONFIG)
async def client(lsp_client: Client) -> AsyncIterator[None]:
    yield
    await lsp_client.shutdown_session()
