"""Resident memory of the server and its worker, after a fix in a file of 1,000 lines.

python benchmarks/speed/memory.py

Two figures for each process, from /proc (Linux): RSS, which counts pages shared with other processes in
full, and PSS, which counts a page shared by n processes as 1/n. The target holds for the sum of the two
processes' RSS.
"""

from __future__ import annotations

import asyncio
import re
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from benchmarks.speed.texts import module_of
from tests.kit import Buffer, RawClient

TARGET_MB = 110


async def main() -> None:
    client = await RawClient.start()
    await client.initialize()
    text, cursor = module_of(1_000)
    buffer = Buffer(client, text)
    for _ in range(20):
        buffer.replace(len(buffer.text), len(buffer.text), "#")
        assert await buffer.actions(cursor), "no fix was offered"
    total = 0.0
    for name, pid in (("server", client.process.pid), ("worker", child_of(client.process.pid))):
        rss, pss = (memory(pid, kind) for kind in ("Rss", "Pss"))
        total += rss
        print(f"{name}: {rss:.1f} MB RSS, {pss:.1f} MB PSS")
    print(f"both: {total:.1f} MB RSS (target: under {TARGET_MB})")
    await client.stop()


def child_of(pid: int) -> int:
    children = "".join(path.read_text() for path in Path(f"/proc/{pid}/task").glob("*/children"))
    return int(children.split()[0])


def memory(pid: int, kind: str) -> float:
    """Megabytes (10^6 bytes)."""
    found = re.search(rf"^{kind}:\s+(\d+) kB", Path(f"/proc/{pid}/smaps_rollup").read_text(), re.MULTILINE)
    assert found is not None
    return int(found.group(1)) * 1024 / 1e6


if __name__ == "__main__":
    asyncio.run(main())
