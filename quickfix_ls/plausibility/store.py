"""The file of the language model: back-off probabilities of n-grams, looked up where they lie on disk.

Little-endian, in this order:

- `HEADER`: magic, order, number of n-grams, bytes of the vocabulary, CRC-32 of what precedes it, vocabulary
  and bucket ends;
- the vocabulary: UTF-8, words joined by line feeds; the n-th word (from 1) is symbol n;
- `BUCKETS` + 1 ends, uint32: n-grams [ends[b], ends[b + 1]) are those of bucket b;
- a uint32 for each n-gram, sorted within its bucket;
- a byte for each n-gram: its probability, then a byte for each: the back-off weight of what it begins.

An n-gram of symbols below 4096 is packed into 12 bits a symbol, the last one lowest; since no symbol is 0,
n-grams of different length differ. The product with an odd constant modulo 2**64 spreads them evenly: the
highest bits choose the bucket, the 32 bits below are kept. What is lost are the lowest bits, so that about
one in a billion lookups takes one n-gram for another.
"""

from __future__ import annotations

import hashlib
import mmap
import struct
import sys
import zlib
from array import array
from collections.abc import Sequence
from pathlib import Path

from quickfix_ls.errors import ModelError

MAGIC = b"qfls-lm1"
HEADER = struct.Struct("<8sIIII")
SYMBOL_BITS = 12
BUCKET_BITS = 16
BUCKETS = 1 << BUCKET_BITS
SPREAD = 0x9E3779B97F4A7C15
"""2**64 over the golden ratio, as in Knuth's multiplicative hashing (The Art of Computer Programming,
6.4)."""

# Bytes are tenths of a bit below 0 for probabilities, 1/16 of a bit from +3 down for back-off weights.
PROBABILITY_STEP, BACKOFF_STEP, BACKOFF_TOP = 1 / 10, 1 / 16, 3.0
PROBABILITIES = tuple(-code * PROBABILITY_STEP for code in range(256))
BACKOFFS = tuple(BACKOFF_TOP - code * BACKOFF_STEP for code in range(256))


class Store:
    """An opened file: `words` (the vocabulary; word n is symbol n + 1), `order`, and the tables."""

    def __init__(self, path: Path) -> None:
        """Raises ModelError where the file is missing, cut short, or not of this format."""
        data = _mapped(path)
        try:
            magic, self.order, self.count, vocabulary, checksum = HEADER.unpack_from(data)
        except struct.error:
            raise _damaged(path, "it is too short") from None
        if magic != MAGIC:
            raise _damaged(path, "it is not a file of this format")
        ends_at = HEADER.size + vocabulary
        keys_at = ends_at + 4 * (BUCKETS + 1)
        codes_at = keys_at + 4 * self.count
        if len(data) != codes_at + 2 * self.count:
            raise _damaged(path, f"it has {len(data)} bytes, not {codes_at + 2 * self.count}")
        if _checksum(data[: HEADER.size], data[HEADER.size : keys_at]) != checksum:
            raise _damaged(path, "its checksum is wrong")
        self.words = bytes(data[HEADER.size : ends_at]).decode().split("\n")
        self.ends = _numbers(data[ends_at:keys_at])
        self.keys = _numbers(data[keys_at:codes_at])
        self.probabilities = data[codes_at : codes_at + self.count]
        self.backoffs = data[codes_at + self.count :]


def write(
    path: Path,
    order: int,
    words: Sequence[str],
    ends: bytes,
    keys: bytes,
    probabilities: bytes,
    backoffs: bytes,
) -> None:
    """Write a file; the tables are given as the bytes that the format describes. Raises OSError."""
    vocabulary = "\n".join(words).encode()
    checked = vocabulary + ends
    header = HEADER.pack(MAGIC, order, len(probabilities), len(vocabulary), 0)
    header = HEADER.pack(MAGIC, order, len(probabilities), len(vocabulary), _checksum(header, checked))
    # A running server may have the old file mapped: it keeps that one, where writing into it would kill it.
    beside = path.with_suffix(".new")
    beside.write_bytes(b"".join((header, checked, keys, probabilities, backoffs)))
    beside.replace(path)


def _checksum(header: memoryview | bytes, checked: memoryview | bytes) -> int:
    return zlib.crc32(checked, zlib.crc32(header[:-4]))


def digest(path: Path) -> str:
    """SHA-256 of a file, in hexadecimal: what its card states. Raises OSError."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _mapped(path: Path) -> memoryview:
    try:
        with path.open("rb") as file:
            return memoryview(mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ))
    except FileNotFoundError:
        raise ModelError(f"The language model {path} is missing: reinstall quickfix-ls.") from None
    except (OSError, ValueError) as error:
        raise _damaged(path, str(error)) from None


def _numbers(data: memoryview) -> Sequence[int]:
    if sys.byteorder == "big" or array("I").itemsize != 4:
        return struct.unpack(f"<{len(data) // 4}I", data)
    # A view on a slice may begin at any byte; `cast` needs no alignment.
    return data.cast("I")


def _damaged(path: Path, why: str) -> ModelError:
    return ModelError(f"The language model {path} can't be used: {why}. Reinstall quickfix-ls or train it again.")
