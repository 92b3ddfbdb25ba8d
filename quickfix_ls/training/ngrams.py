"""Turn counts of n-grams into probabilities, by Kneser-Ney smoothing, and prune them to size.

Smoothing is interpolated modified Kneser-Ney (Chen and Goodman 1998, "An empirical study of smoothing
techniques for language modeling", section 3.4); pruning is by weighted difference (Seymore and Rosenfeld
1996, "Scalable backoff language models"), after which the back-off weights are recomputed. N-grams are packed
into integers as `plausibility.store` describes.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from quickfix_ls.plausibility import store

Keys = npt.NDArray[np.uint64]
Floats = npt.NDArray[np.float64]
_BITS = np.uint64(store.SYMBOL_BITS)


@dataclass(frozen=True, slots=True)
class CountTable:
    """The n-grams of one length, sorted: log2 probability, log2 back-off weight, and the loss if each were pruned."""

    keys: Keys
    probability: Floats
    backoff: Floats
    need: Floats


def smoothed(stream: Keys, order: int, vocabulary: int) -> list[CountTable]:
    """Return the tables of lengths 1 to `order`, before pruning; back-off weights are those of the smoothing."""
    counted = [_counted(stream, length) for length in range(1, order + 1)]
    tables: list[CountTable] = []
    lower: CountTable | None = None
    for length in range(1, order + 1):
        keys, raw = counted[length - 1]
        if length < order:
            # Kneser-Ney: for lower orders, the number of contexts of an n-gram predicts better than its count.
            longer = counted[length][0]
            ends, contexts = np.unique(longer & _mask(length), return_counts=True)
            counts = np.ones(len(keys))
            counts[np.searchsorted(keys, ends)] = contexts
        else:
            counts = raw.astype(np.float64)
        if length == 1:
            every = np.arange(1, vocabulary + 1, dtype=np.uint64)
            seen = np.searchsorted(every, keys)
            counts, raw = _spread(counts, seen, vocabulary), _spread(raw, seen, vocabulary)
            keys = every
        lower = _interpolated(keys, counts, raw, lower, vocabulary)
        tables.append(lower)
    return tables


def _spread(values: npt.NDArray[Any], places: npt.NDArray[np.int64], length: int) -> npt.NDArray[Any]:
    wide = np.zeros(length, dtype=values.dtype)
    wide[places] = values
    return wide


def _counted(stream: Keys, length: int) -> tuple[Keys, npt.NDArray[np.int64]]:
    packed = np.zeros(len(stream) - length + 1, dtype=np.uint64)
    whole = np.ones(len(packed), dtype=bool)
    for offset in range(length):
        part = stream[offset : offset + len(packed)]
        packed = packed << np.uint64(store.SYMBOL_BITS) | part
        whole &= part != 0
    return np.unique(packed[whole], return_counts=True)


def _interpolated(
    keys: Keys, counts: Floats, raw: npt.NDArray[np.int64], lower: CountTable | None, vocabulary: int
) -> CountTable:
    contexts, first, inverse = np.unique(keys >> _BITS, return_index=True, return_inverse=True)
    totals = np.add.reduceat(counts, first)
    discounts = _discounts(counts)
    level = np.minimum(counts, 3).astype(np.int64)
    spared = np.add.reduceat(discounts[level], first) / totals
    if lower is None:
        below = np.full(len(keys), 1 / vocabulary)
    else:
        length_mask = np.uint64((1 << store.SYMBOL_BITS * _length(keys)) - 1) >> _BITS
        below = np.exp2(lower.probability[np.searchsorted(lower.keys, keys & length_mask)])
        lower.backoff[np.searchsorted(lower.keys, contexts)] = np.log2(spared)
    probability = (counts - discounts[level]) / totals[inverse] + spared[inverse] * below
    gained = np.log2(probability / (spared[inverse] * below))
    return CountTable(keys, np.log2(probability), np.zeros(len(keys)), raw * gained)


def _discounts(counts: Floats) -> Floats:
    """Return the discounts for counts of 0, 1, 2 and 3 or more (Chen and Goodman 1998, equation 17)."""
    n1, n2, n3, n4 = (float(max(1, (counts == number).sum())) for number in (1, 2, 3, 4))
    y = n1 / (n1 + 2 * n2)
    found = (0.0, 1 - 2 * y * n2 / n1, 2 - 3 * y * n3 / n2, 3 - 4 * y * n4 / n3)
    # With few data the formula can give all or no probability to unseen n-grams, hence the limits.
    return np.array([min(max(discount, 0.1 * level), 0.95 * level) for level, discount in enumerate(found)])


def pruned(tables: list[CountTable], largest: int) -> list[CountTable]:
    """Prune the tables to `largest` n-grams in total, those whose loss changes the model most, and their prefixes."""
    needs = np.concatenate([table.need for table in tables[1:]])
    wanted = min(largest - len(tables[0].keys), len(needs))
    while True:
        threshold = np.partition(needs, len(needs) - wanted)[len(needs) - wanted] if wanted else np.inf
        kept: list[npt.NDArray[np.bool_]] = []
        begun: Keys = np.zeros(0, dtype=np.uint64)
        for table in reversed(tables[1:]):
            keep = (table.need >= threshold) & (table.need > 0)
            keep[np.searchsorted(table.keys, begun)] = True
            begun = np.unique(table.keys[keep] >> _BITS)
            kept.insert(0, keep)
        total = len(tables[0].keys) + sum(int(keep.sum()) for keep in kept)
        if total <= largest:
            break
        wanted = int(wanted * min(0.98, largest / total))
    smaller = [tables[0]]
    for table, keep in zip(tables[1:], kept, strict=True):
        smaller.append(CountTable(table.keys[keep], table.probability[keep], table.backoff[keep], table.need[keep]))
    for length in range(1, len(smaller)):
        _renew_backoff(smaller[:length], smaller[length])
    return smaller


def _renew_backoff(shorter: list[CountTable], longer: CountTable) -> None:
    """Set the back-off weights of the last of `shorter` so that the probabilities of each context sum to 1."""
    shorter[-1].backoff[:] = 0.0
    if not len(longer.keys):
        return
    contexts, first = np.unique(longer.keys >> _BITS, return_index=True)
    length = len(shorter)
    below = _backed_off(shorter, longer.keys & _mask(length), length)
    kept = np.add.reduceat(np.exp2(longer.probability), first)
    replaced = np.add.reduceat(np.exp2(below), first)
    weights = np.maximum(1 - kept, 1e-4) / np.maximum(1 - replaced, 1e-4)
    shorter[-1].backoff[np.searchsorted(shorter[-1].keys, contexts)] = np.log2(weights)


def _backed_off(tables: list[CountTable], keys: Keys, length: int) -> Floats:
    """Return the log2 probability that the tables up to `length` give to n-grams of that length."""
    result = np.zeros(len(keys))
    open_ = np.ones(len(keys), dtype=bool)
    for kept in range(length, 0, -1):
        found, place = _places(tables[kept - 1], keys & _mask(kept))
        hit = open_ & found
        result[hit] += tables[kept - 1].probability[place[hit]]
        open_ &= ~found
        if kept > 1:
            found, place = _places(tables[kept - 2], (keys & _mask(kept)) >> _BITS)
            passed = open_ & found
            result[passed] += tables[kept - 2].backoff[place[passed]]
    return result


def _places(table: CountTable, keys: Keys) -> tuple[npt.NDArray[np.bool_], npt.NDArray[np.int64]]:
    place = np.minimum(np.searchsorted(table.keys, keys), len(table.keys) - 1)
    return table.keys[place] == keys, place


def _mask(length: int) -> np.uint64:
    mask: np.uint64 = np.uint64((1 << store.SYMBOL_BITS * length) - 1)
    return mask


def _length(keys: Keys) -> int:
    return (int(keys[0]).bit_length() + store.SYMBOL_BITS - 1) // store.SYMBOL_BITS
