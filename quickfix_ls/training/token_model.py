"""Make the file of a token model: count the n-grams of texts, smooth, prune to size, write."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from quickfix_ls.plausibility import store
from quickfix_ls.training.ngrams import CountTable, Keys, pruned, smoothed


def write_token_model(
    out: Path,
    texts: Sequence[Sequence[str]],
    words: Sequence[str],
    class_of: Callable[[str], str],
    order: int,
    largest: int,
) -> dict[str, Any]:
    """Write a model of the texts' words with at most `largest` n-grams of up to `order` words, and return the facts for
    its card. `words` is the vocabulary, in which each class of `class_of` must be. Raises OSError if `out` can't be
    written."""
    stream = _stream(texts, words, class_of, order)
    kept = pruned(smoothed(stream, order, len(words)), largest)
    _write(out, words, order, kept)
    return {
        "tokens": int((stream != 0).sum()),
        "order": order,
        "vocabulary": len(words),
        "ngrams": [len(table.keys) for table in kept],
        "smoothing": "interpolated modified Kneser-Ney, pruned by weighted difference",
        "sha256": store.digest(out),
    }


def _stream(texts: Sequence[Sequence[str]], words: Sequence[str], class_of: Callable[[str], str], order: int) -> Keys:
    """Concatenate the symbols of all texts, with order - 1 zeros behind each, so that no n-gram spans two of them."""
    ids = {word: number for number, word in enumerate(words, 1)}
    numbers = array("H")
    gap = [0] * (order - 1)
    for words_of_text in texts:
        numbers.extend(ids.get(word) or ids[class_of(word)] for word in words_of_text)
        numbers.extend(gap)
    return np.frombuffer(numbers, dtype=np.uint16).astype(np.uint64)


def _write(out: Path, words: Sequence[str], order: int, tables: Sequence[CountTable]) -> None:
    """Write the trie's file; the sorted n-grams of each length are the trie's nodes in the order of the file."""
    above = np.zeros(1, dtype=np.uint64)
    counts = []
    for table in tables:
        parents = np.searchsorted(above, table.keys >> np.uint64(store.SYMBOL_BITS))
        counts.append(np.bincount(parents, minlength=len(above)))
        above = table.keys
    child_counts = np.concatenate(counts)
    first_children = 1 + np.cumsum(child_counts) - child_counts
    root = np.zeros(1)
    symbols = np.concatenate([root, *(table.keys & np.uint64((1 << store.SYMBOL_BITS) - 1) for table in tables)])
    probability = np.concatenate([root, *(table.probability for table in tables)])
    backoff = np.concatenate([root, *(table.backoff for table in tables)])
    codes = np.rint(-probability / store.PROBABILITY_STEP).clip(0, 255)
    weights = np.rint((store.BACKOFF_TOP - backoff[: len(child_counts)]) / store.BACKOFF_STEP).clip(0, 255)
    trie = store.Trie(
        first_children[:: store.BLOCK].astype("<u4").tobytes(),
        child_counts.astype("<u2").tobytes(),
        symbols.astype("<u2").tobytes(),
        codes.astype(np.uint8).tobytes(),
        weights.astype(np.uint8).tobytes(),
    )
    store.write(out, order, words, trie)
