"""The file of the token model: back-off probabilities of n-grams as a trie, memory-mapped for reading.

A node is an n-gram; its parent is the n-gram without its last symbol, so a file that has an n-gram has all its
prefixes. Node 0 is the root, the empty n-gram. Nodes are numbered level by level, within a level by their parent, then
by their last symbol: the children of a node are adjacent and sorted. Contexts are the nodes above the last level, the
only ones that may have children. The file is little-endian and consists of:

- `HEADER`: magic, order, number of contexts, number of n-grams (nodes but for the root), bytes of the vocabulary,
  CRC-32 of what precedes it, the vocabulary, the first children and the numbers of children;
- the vocabulary: UTF-8, words joined by line feeds; the n-th word (from 1) is symbol n;
- a uint32 for each `BLOCK` contexts: the number of the first child of the first of them;
- a uint16 for each context: how many children it has;
- a uint16 for each node: the last symbol of its n-gram;
- a byte for each node: its probability, then a byte for each context: its back-off weight.

Git keeps a compressed copy of each shipped model, so the tables are designed to compress well: a table of the n-grams'
hashes would be as fast, but hashes do not compress; the shipped model took 6.8 MB that way, and takes 3.0 MB as a trie.
"""

from __future__ import annotations

import hashlib
import mmap
import struct
import sys
import zlib
from array import array
from bisect import bisect_left
from collections.abc import Sequence
from pathlib import Path
from typing import Literal, NamedTuple

from quickfix_ls.errors import ModelError

MAGIC = b"qfls-lm2"
HEADER = struct.Struct("<8sIIIII")
SYMBOL_BITS = 12
"""Symbols are below 4096, so that an n-gram of up to five can be packed into a number, the last symbol lowest."""
BLOCK_BITS = 4
BLOCK = 1 << BLOCK_BITS
ROOT = 0

# Bytes are tenths of a bit below 0 for probabilities, 1/16 of a bit from +3 down for back-off weights.
PROBABILITY_STEP, BACKOFF_STEP, BACKOFF_TOP = 1 / 10, 1 / 16, 3.0
PROBABILITIES = tuple(-code * PROBABILITY_STEP for code in range(256))
BACKOFFS = tuple(BACKOFF_TOP - code * BACKOFF_STEP for code in range(256))


class Trie(NamedTuple):
    """The tables of a file, as the bytes that the format describes."""

    first_children: bytes
    child_counts: bytes
    symbols: bytes
    probabilities: bytes
    backoffs: bytes


class Store:
    """An opened file: `words` (the vocabulary; word n is symbol n + 1), `order`, and the tables by node."""

    def __init__(self, path: Path) -> None:
        """Open a file and verify its checksum. Raises ModelError if it is missing, truncated, or of another format."""
        data = _mapped(path)
        try:
            magic, self.order, contexts, self.count, vocabulary, checksum = HEADER.unpack_from(data)
        except struct.error:
            raise _damaged(path, "it is too short") from None
        if magic != MAGIC:
            raise _damaged(path, "it is not a file of this format")
        first_at = HEADER.size + vocabulary
        counts_at = first_at + 4 * -(-contexts // BLOCK)
        symbols_at = counts_at + 2 * contexts
        probabilities_at = symbols_at + 2 * (self.count + 1)
        backoffs_at = probabilities_at + self.count + 1
        if len(data) != backoffs_at + contexts:
            raise _damaged(path, f"it has {len(data)} bytes, not {backoffs_at + contexts}")
        if _checksum(data[: HEADER.size], data[HEADER.size : symbols_at]) != checksum:
            raise _damaged(path, "its checksum is wrong")
        self.words = bytes(data[HEADER.size : first_at]).decode().split("\n")
        self._first_children = _numbers(data[first_at:counts_at], "I")
        self._child_counts = _numbers(data[counts_at:symbols_at], "H")
        self._symbols = _numbers(data[symbols_at:probabilities_at], "H")
        self.probabilities = data[probabilities_at:backoffs_at]
        self.backoffs = data[backoffs_at:]

    def child(self, node: int, symbol: int) -> int:
        """Return the node of a context's n-gram extended by a symbol, -1 if it is not in the file."""
        block = node >> BLOCK_BITS
        counts = self._child_counts
        start = self._first_children[block] + sum(counts[block << BLOCK_BITS : node])
        end = start + counts[node]
        found = bisect_left(self._symbols, symbol, start, end)
        return found if found < end and self._symbols[found] == symbol else -1


def write(path: Path, order: int, words: Sequence[str], trie: Trie) -> None:
    """Write a model's file, replacing an old one atomically. Raises OSError."""
    vocabulary = "\n".join(words).encode()
    checked = vocabulary + trie.first_children + trie.child_counts
    facts = (MAGIC, order, len(trie.backoffs), len(trie.probabilities) - 1, len(vocabulary))
    header = HEADER.pack(*facts, _checksum(HEADER.pack(*facts, 0), checked))
    # A running server may have the old file mapped: it keeps that file, while writing into it would crash the server.
    beside = path.with_suffix(".new")
    beside.write_bytes(b"".join((header, checked, trie.symbols, trie.probabilities, trie.backoffs)))
    beside.replace(path)


def _checksum(header: memoryview | bytes, checked: memoryview | bytes) -> int:
    return zlib.crc32(checked, zlib.crc32(header[:-4]))


def digest(path: Path) -> str:
    """Return the SHA-256 of a file in hexadecimal, as its card states it. Raises OSError."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _mapped(path: Path) -> memoryview:
    try:
        with path.open("rb") as file:
            return memoryview(mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ))
    except FileNotFoundError:
        raise ModelError(f"The language model {path} is missing: reinstall quickfix-ls.") from None
    except (OSError, ValueError) as error:
        raise _damaged(path, str(error)) from None


def _numbers(data: memoryview, code: Literal["H", "I"]) -> Sequence[int]:
    if sys.byteorder == "big" or array("I").itemsize != 4:
        size = struct.calcsize(f"<{code}")
        return struct.unpack(f"<{len(data) // size}{code}", data)
    # A view on a slice may begin at any byte; `cast` needs no alignment.
    return data.cast(code)


def _damaged(path: Path, why: str) -> ModelError:
    return ModelError(f"The language model {path} can't be used: {why}. Reinstall quickfix-ls or train it again.")
