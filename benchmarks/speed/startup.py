"""From spawn to the answer of `initialize`, beside a trivial pygls server, and from `initialized` to a ready
worker.

python benchmarks/speed/startup.py [--runs N]

The two servers take turns, so that a busy machine slows both; the figure to keep is the ratio of the medians.
"""

from __future__ import annotations

import argparse
import asyncio
import statistics
import sys
import time
from collections.abc import Sequence
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from tests.kit import SERVE, RawClient

TRIVIAL = """
from lsprotocol import types
from pygls.lsp.server import LanguageServer

server = LanguageServer("trivial", "1")

@server.feature(types.TEXT_DOCUMENT_CODE_ACTION)
async def code_action(ls, params):
    return []

server.start_io()
"""
TARGET = 1.15


async def answered(command: Sequence[str]) -> float:
    """Milliseconds from spawn to the answer of `initialize`."""
    began = time.perf_counter()
    client = await RawClient.start(command)
    await client.request("initialize", {"processId": None, "rootUri": None, "capabilities": {}})
    took = (time.perf_counter() - began) * 1000
    await client.stop()
    return took


async def ready() -> float:
    """Milliseconds from `initialized` until the worker, its models loaded and warmed, can answer."""
    client = await RawClient.start()
    await client.initialize(initializationOptions={"logLevel": "info"})
    began = time.perf_counter()
    while "the worker is ready" not in (await client.notification("window/logMessage"))["message"]:
        pass
    took = (time.perf_counter() - began) * 1000
    await client.stop()
    return took


async def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=15)
    runs = parser.parse_args().runs
    trivial, ours = [sys.executable, "-c", TRIVIAL], list(SERVE)
    times: dict[str, list[float]] = {"a trivial pygls server": [], "quickfix-ls": []}
    await answered(trivial), await answered(ours)
    for _ in range(runs):
        times["a trivial pygls server"].append(await answered(trivial))
        times["quickfix-ls"].append(await answered(ours))
    for name, taken in times.items():
        print(f"{name}: spawn to `initialize` answered, median of {runs}: {statistics.median(taken):.0f} ms")
    base, own = (statistics.median(taken) for taken in times.values())
    print(f"ratio of the medians: {own / base:.2f} (target: at most {TARGET})")
    waits = [await ready() for _ in range(max(3, runs // 3))]
    print(f"`initialized` to the worker ready and warm, median of {len(waits)}: {statistics.median(waits):.0f} ms")


if __name__ == "__main__":
    asyncio.run(main())
