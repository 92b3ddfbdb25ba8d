"""What the gateway costs beside the model: k answers at once against one, our own share, cancellation, the deadline.

python benchmarks/speed/gateway_speed.py [--runs N]

The scripted server runs in the same event loop, so that its share is in every figure. Figures are medians unless they
say otherwise.
"""

from __future__ import annotations

import argparse
import asyncio
import statistics
import sys
import tempfile
import time
from collections.abc import AsyncIterator
from contextlib import aclosing, asynccontextmanager
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from quickfix_ls.errors import DeadlineError
from quickfix_ls.gateway import Gateway, gateway_for
from quickfix_ls.settings import read
from quickfix_ls.tasks import background
from quickfix_ls.values import Prompt
from tests.kit_models import ModelServer, Script, is_endless, is_silent, model_server, says, stalls

SHARED = "".join(f"{number}| value_{number} = compute({number}, [2, 3])\n" for number in range(60))
REPLY_SECONDS = 0.3
DEADLINE_SECONDS = 2.5


@asynccontextmanager
async def connected(*scripts: Script, **provider: Any) -> AsyncIterator[tuple[Gateway, ModelServer]]:
    """A gateway to a scripted server, with a ledger that is forgotten afterwards."""
    with tempfile.TemporaryDirectory() as folder:
        async with model_server(*scripts) as server, background() as tasks:
            named = {**server.provider, **provider}
            settings, _ = read({"provider": named, "dailyTokens": None, "monthlyTokens": None})
            gateway = gateway_for(settings, tasks, Path(folder, "ledger.sqlite3"))
            assert gateway is not None
            await gateway.warm()
            try:
                yield gateway, server
            finally:
                await gateway.aclose()


async def answered(gateway: Gateway, question: object, seconds: float = 30.0) -> None:
    """Read a whole answer to a question that nobody has asked before."""
    prompt = Prompt("You mend Python code.", SHARED, f"Mend line {question}.", 100)
    async for _ in gateway.stream(prompt, seconds):
        pass


async def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=15)
    runs = parser.parse_args().runs
    await parallel(runs)
    await overhead(runs)
    await cancelled_in_midst(runs)
    await cancelled_before(runs)
    await deadline()


async def parallel(runs: int) -> None:
    async with connected(says(after=REPLY_SECONDS)) as (gateway, _):
        await at_once(gateway, 4, "first")
        times: dict[int, list[float]] = {1: [], 4: []}
        for run in range(runs):
            for k, taken in times.items():
                taken.append(await at_once(gateway, k, f"{run}.{k}"))
    one, four = (statistics.median(taken) for taken in times.values())
    print(f"replies after {REPLY_SECONDS * 1000:.0f} ms: k=1 {one:.0f} ms, k=4 {four:.0f} ms")
    print(f"  k=4 against k=1: {four / one:.3f} (target: at most 1.15)")


async def overhead(runs: int) -> None:
    async with connected(says()) as (gateway, _):
        await at_once(gateway, 4, "first")
        taken = [await at_once(gateway, 4, run) for run in range(runs)]
    print(f"replies at once: k=4 {statistics.median(taken):.1f} ms for the gateway and the server (target: under 30)")


async def cancelled_in_midst(runs: int) -> None:
    last, gone = [], []
    async with connected(is_endless) as (gateway, server):
        for run in range(runs):
            async with aclosing(gateway.stream(Prompt("s", SHARED, str(run), 100), 30)) as deltas:
                await anext(deltas)
                began = time.perf_counter()
            gone.append(await closed(server, began))
            last.append(max(0.0, (server.last_byte - began) * 1000))
    print(f"cancelled in mid-stream, the worst of {runs} (target: under 100):")
    print(f"  last byte after {max(last):.1f} ms, closed after {max(gone):.1f} ms")


async def cancelled_before(runs: int) -> None:
    gone = []
    async with connected(is_silent) as (gateway, server):
        for run in range(runs):
            waiting = asyncio.ensure_future(answered(gateway, run))
            await server.until(lambda: server.open == 1)
            began = time.perf_counter()
            waiting.cancel()
            gone.append(await closed(server, began))
    print(f"cancelled before the first byte, the worst of {runs}: closed after {max(gone):.1f} ms (target: under 100)")


async def deadline() -> None:
    for name, fault in (("silent", is_silent), ("stalling", stalls)):
        async with connected(fault) as (gateway, server):
            began = time.perf_counter()
            try:
                await answered(gateway, 1, DEADLINE_SECONDS)
            except DeadlineError:
                print(
                    f"{name} server, deadline {DEADLINE_SECONDS} s: told after {time.perf_counter() - began:.3f} s",
                    end="",
                )
            await closed(server, began)
            print(" (target: under 2.6)")


async def at_once(gateway: Gateway, k: int, run: object) -> float:
    """Milliseconds until k different questions are answered."""
    began = time.perf_counter()
    await asyncio.gather(*(answered(gateway, f"{run}.{number}") for number in range(k)))
    return (time.perf_counter() - began) * 1000


async def closed(server: ModelServer, since: float) -> float:
    """Milliseconds until the server has seen that nobody listens any more."""
    await server.until(lambda: server.open == 0)
    return (time.perf_counter() - since) * 1000


if __name__ == "__main__":
    asyncio.run(main())
