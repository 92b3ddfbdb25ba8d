"""The processes under another one, from /proc."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from pathlib import Path


def kill_below(root: int, *words: str) -> int:
    """Kill every process below `root` whose command line has all the words; returns how many there were."""
    killed = 0
    for process in list(below(root)):
        try:
            command = Path(f"/proc/{process}/cmdline").read_bytes().decode(errors="replace")
        except OSError:
            continue
        if all(word in command for word in words):
            os.kill(process, signal.SIGKILL)
            killed += 1
    return killed


def below(root: int) -> Iterator[int]:
    """The processes that `root` and its children started."""
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            parent = int(stat.read_text().rpartition(")")[2].split()[1])
        except OSError:
            continue
        if parent == root:
            child = int(stat.parent.name)
            yield child
            yield from below(child)
