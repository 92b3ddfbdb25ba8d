"""This checkout beside another one (the version before, say), in turns: start, code action, memory, as ratios.

python benchmarks/speed/against.py OTHER_CHECKOUT [--rounds N] [--requests N]

Each round starts a server of each checkout, opens a file of 1,000 lines with an unclosed bracket in its middle, and
asks for code actions after a change of one character. Told are the medians of this checkout, of the other one, and
their ratio: from spawn to the answer of `initialize`, from spawn to the first diagnostic, a code action, and the
resident memory of server and worker. Both run in this interpreter, whose packages must suit both; the turns make a
busy machine slow both."""

from __future__ import annotations

import argparse
import asyncio
import os
import statistics
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from benchmarks.speed.latency import CAPABILITIES, WARM_UP
from benchmarks.speed.texts import module_of
from tests.kit import BOUND, REPOSITORY, Buffer, RawClient

FIGURES = ("initialize, ms", "first diagnostic, ms", "code action, ms", "memory, MB")


async def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("other", type=Path)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--requests", type=int, default=40)
    arguments = parser.parse_args()
    measured: dict[Path, list[list[float]]] = {REPOSITORY: [], arguments.other.resolve(): []}
    for _ in range(arguments.rounds):
        for checkout, rows in measured.items():
            try:
                rows.append(await _measure(checkout, arguments.requests))
            except TimeoutError:
                sys.exit(f"{checkout}: no answer in {BOUND:.0f} s; QUICKFIX_LS_LOUD=1 shows what its server says")
    ours, others = ([statistics.median(column) for column in zip(*rows, strict=True)] for rows in measured.values())
    print("| | here | there | ratio |\n|---|---|---|---|")
    for name, here, there in zip(FIGURES, ours, others, strict=True):
        print(f"| {name} | {here:.1f} | {there:.1f} | {here / there:.2f} |")


async def _measure(checkout: Path, requests: int) -> list[float]:
    """One server of a checkout: a number for each of FIGURES."""
    environment = {**os.environ, "PYTHONPATH": str(checkout)}
    began = time.perf_counter()
    client = await RawClient.start(environment=environment, cwd=checkout)
    try:
        await client.initialize(CAPABILITIES)
        initialized = time.perf_counter()
        text, cursor = module_of(1_000)
        page = Buffer(client, text)
        published = await client.notification("textDocument/publishDiagnostics", uri=page.uri)
        told = time.perf_counter()
        at = text.index("print(name, value)") + len("print(name, value")
        taken = []
        for number in range(requests + WARM_UP):
            page.replace(at, at + number % 2, "" if number % 2 else " ")
            since = time.perf_counter()
            await page.actions(cursor, diagnostics=published["diagnostics"], only=["quickfix"])
            taken.append(time.perf_counter() - since)
        memory = sum(_resident(pid) for pid in (client.process.pid, *_children(client.process.pid)))
        action = statistics.median(taken[WARM_UP:])
        return [(initialized - began) * 1000, (told - began) * 1000, action * 1000, memory]
    finally:
        await client.kill()


def _resident(pid: int) -> float:
    """The resident memory of a process, in MB."""
    pages = int(Path(f"/proc/{pid}/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


def _children(pid: int) -> list[int]:
    return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


if __name__ == "__main__":
    asyncio.run(main())
