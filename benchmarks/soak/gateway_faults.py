"""Thousands of requests to a server that mixes good replies with every fault: what comes back, and memory's growth.

python benchmarks/soak/gateway_faults.py [--requests N]

Resident memory is read between rounds of requests; its growth after the first third is the figure to keep.
"""

from __future__ import annotations

import argparse
import asyncio
import gc
import itertools
import random
import sys
import time
from collections import Counter
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from benchmarks.speed.gateway_speed import answered, connected
from quickfix_ls.errors import ProviderError
from quickfix_ls.gateway import Gateway
from tests.kit_models import Script, Talk, cuts, fails, hangs_up, is_endless, is_huge, says, sends, stalls

ROUNDS = 15
AT_ONCE = 8
SECONDS = 0.5
TARGET_MB = 10
GOOD_SHARE = 0.8
GOOD = says()
FAULTS: tuple[Script, ...] = (
    fails(429, Retry_After="0"),
    fails(500),
    fails(503),
    fails(529),
    fails(400),
    cuts,
    hangs_up,
    stalls,
    is_endless,
    sends("data: {\n\n"),
    sends(b"\xff\xfe\x00" * 100),
    sends("<html>", kind="text/html"),
    sends("data: {}\n\n" * 100),
    is_huge,
)


async def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--requests", type=int, default=5000)
    requests = parser.parse_args().requests
    outcomes: Counter[str] = Counter()
    numbers = itertools.count()
    memory, began = [], time.perf_counter()
    async with connected(mixed(random.Random(0)), concurrency=AT_ONCE) as (gateway, server):
        for turn in range(1, ROUNDS + 1):
            upto = requests * turn // ROUNDS
            await asyncio.gather(*(ask_on(gateway, numbers, upto, outcomes) for _ in range(AT_ONCE)))
            server.received.clear()
            gc.collect()
            memory.append(resident_mb())
        await server.until(lambda: server.open == 0)
        took = time.perf_counter() - began
        print(f"{outcomes.total()} requests in {took:.0f} s over {server.connections} connections, all of them closed")
    for outcome, count in outcomes.most_common():
        print(f"  {count:5} {outcome}")
    print("resident memory, MB: " + " ".join(f"{one:.0f}" for one in memory))
    print(f"growth after the first third: {memory[-1] - memory[ROUNDS // 3]:+.1f} MB (target: under {TARGET_MB})")


def mixed(chance: random.Random) -> Script:
    """A good reply mostly, and else any fault."""

    async def script(talk: Talk) -> None:
        await (GOOD if chance.random() < GOOD_SHARE else chance.choice(FAULTS))(talk)

    return script


async def ask_on(gateway: Gateway, numbers: itertools.count[int], upto: int, outcomes: Counter[str]) -> None:
    """Ask one question after the other, and count what comes back; an error that is not typed ends it all."""
    while outcomes.total() < upto:
        try:
            await answered(gateway, next(numbers), SECONDS)
            outcomes["a whole answer"] += 1
        except ProviderError as error:
            outcomes[type(error).__name__] += 1


def resident_mb() -> float:
    status = Path("/proc/self/status").read_text()
    return int(status.partition("VmRSS:")[2].split()[0]) / 1024


if __name__ == "__main__":
    asyncio.run(main())
