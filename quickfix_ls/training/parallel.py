"""Work on many rows in several processes."""

from __future__ import annotations

import multiprocessing
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from itertools import islice
from typing import TypeVar

T = TypeVar("T")
R = TypeVar("R")


def by_chunks(work: Callable[[Sequence[T]], R], items: Iterable[T], size: int, jobs: int) -> Iterator[tuple[int, R]]:
    """What `work` makes of each chunk of at most `size` items, with the chunk's length: in the order of the items,
    whatever the number of processes; in this process where `jobs` is 1."""
    chunks = _chunks(items, size)
    if jobs <= 1:
        yield from ((len(chunk), work(chunk)) for chunk in chunks)
        return
    whole = list(chunks)
    # Spawned, not forked: a fork would share the locks of LightGBM's and the logger's threads.
    with ProcessPoolExecutor(jobs, multiprocessing.get_context("spawn")) as pool:
        for chunk, made in zip(whole, pool.map(work, whole), strict=True):
            yield len(chunk), made


def _chunks(items: Iterable[T], size: int) -> Iterator[list[T]]:
    left = iter(items)
    while chunk := list(islice(left, size)):
        yield chunk
