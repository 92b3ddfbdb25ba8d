"""Gateways to scripted servers."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import Any

import pytest
from anyio.abc import TaskGroup

from quickfix_ls.gateway import Gateway, gateway_for
from quickfix_ls.gateway.ledger import Ledger, LedgerEntry
from quickfix_ls.settings import read
from quickfix_ls.values import Delta, Prompt

Open = Callable[..., Gateway]

KEY = "sk-a-key-that-nobody-sees"
PROMPT = Prompt("You mend code.", "1| print('a'", "Answer with the mended line.", 50)


@pytest.fixture
def ledger(tmp_path: Path) -> Path:
    return tmp_path / "state" / "ledger.sqlite3"


@pytest.fixture
async def open_gateway(monkeypatch: pytest.MonkeyPatch, tasks: TaskGroup, ledger: Path) -> AsyncIterator[Open]:
    """Opens gateways to a server's url; the provider's settings come as words, others as `settings`."""
    monkeypatch.setenv("TEST_MODEL_KEY", KEY)
    opened: list[Gateway] = []

    def one(url: str, settings: dict[str, Any] | None = None, **provider: Any) -> Gateway:
        named = {"kind": "openai", "baseUrl": url, "model": "m", "apiKeyEnv": "TEST_MODEL_KEY", **provider}
        held, complaints = read({"provider": named, **(settings or {})})
        assert complaints == []
        gateway = gateway_for(held, tasks, ledger)
        assert gateway is not None
        opened.append(gateway)
        return gateway

    yield one
    for gateway in opened:
        await gateway.aclose()


async def whole(gateway: Gateway, prompt: Prompt = PROMPT, seconds: float = 30, path: str = "") -> tuple[str, Delta]:
    """The text of an answer, and its last piece."""
    deltas = [delta async for delta in gateway.stream(prompt, seconds, path)]
    assert [delta for delta in deltas[:-1] if delta.ended or delta.usage] == []
    return "".join(delta.text for delta in deltas), deltas[-1]


def entries(ledger: Path) -> tuple[LedgerEntry, ...]:
    book = Ledger(ledger)
    try:
        return book.entries()
    finally:
        book.close()
