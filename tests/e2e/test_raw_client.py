"""Every broken file of examples/, opened by a client that frames its JSON by hand: the first action mends it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest_asyncio

from tests.kit import REPOSITORY, Buffer, RawClient

EXAMPLES = sorted((REPOSITORY / "examples").glob("*.py"))


@pytest_asyncio.fixture
async def client() -> AsyncIterator[RawClient]:
    one = await RawClient.start()
    yield one
    await one.kill()


async def test_every_example_is_mended(client: RawClient) -> None:
    await client.initialize(rootUri=(REPOSITORY / "examples").as_uri())
    assert EXAMPLES
    for path in EXAMPLES:
        await mends(client, path)
    assert await client.stop() == 0


async def mends(client: RawClient, path: Path) -> None:
    """Open, wait for the diagnostics, ask at the first of them, apply: the file compiles and is not emptied."""
    buffer = Buffer(client, path.read_text(encoding="utf-8"), path.as_uri(), version=0)
    published = await client.notification("textDocument/publishDiagnostics", uri=buffer.uri)
    (diagnostic, *_) = published["diagnostics"]
    params = {
        "textDocument": {"uri": buffer.uri},
        "range": diagnostic["range"],
        "context": {"diagnostics": [diagnostic], "only": ["quickfix"], "triggerKind": 1},
    }
    actions = await client.request("textDocument/codeAction", params)
    assert actions, f"{path.name}: no action for {diagnostic['message']}"
    first = actions[0]
    assert first["diagnostics"] == [diagnostic]
    after = buffer.applied(first["edit"])
    assert compile(after, path.name, "exec"), path.name
    assert after != buffer.text
    assert len(after) > len(buffer.text) * 0.9
