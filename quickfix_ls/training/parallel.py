"""Process many rows in several processes."""

from __future__ import annotations

import multiprocessing
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from itertools import islice
from typing import TypeVar

T = TypeVar("T")
R = TypeVar("R")


def by_chunks(work: Callable[[Sequence[T]], R], items: Iterable[T], size: int, jobs: int) -> Iterator[tuple[int, R]]:
    """Yield the length of each chunk of at most `size` items, and the result of `work` for it, in the items' order.

    The chunks are processed in `jobs` processes (1: in this one).
    """
    chunks = _chunks(items, size)
    if jobs <= 1:
        yield from ((len(chunk), work(chunk)) for chunk in chunks)
        return
    whole = list(chunks)
    # Spawned, not forked: a fork would copy locks that threads of LightGBM or the logger may hold.
    with ProcessPoolExecutor(jobs, multiprocessing.get_context("spawn")) as pool:
        for chunk, made in zip(whole, pool.map(work, whole), strict=True):
            yield len(chunk), made


def _chunks(items: Iterable[T], size: int) -> Iterator[list[T]]:
    left = iter(items)
    while chunk := list(islice(left, size)):
        yield chunk
