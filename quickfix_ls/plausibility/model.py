"""A back-off n-gram model of a language's tokens, served from a memory-mapped file without numpy."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Sequence
from itertools import islice
from pathlib import Path
from typing import Any, TypeVar

from quickfix_ls.lexing.tokens import Token
from quickfix_ls.plausibility.store import BACKOFFS, PROBABILITIES, ROOT, SYMBOL_BITS, Store
from quickfix_ls.plausibility.tokenizer import ModelTokenizer

_Key = TypeVar("_Key")
_Value = TypeVar("_Value")
_SYMBOL = (1 << SYMBOL_BITS) - 1
_REMEMBERED, _REMEMBERED_ROWS, _REMEMBERED_ANSWERS = 200_000, 4_000, 100


class Plausibility:
    """The log2 probability of code, in bits: 0 is certain, -10 is one chance in a thousand.

    Deterministic. Results of earlier calls are cached in tables of bounded size.
    """

    def __init__(self, store: Store, tokenizer: ModelTokenizer) -> None:
        self._store = store
        self.tokenizer = tokenizer
        self._ids = {word: number for number, word in enumerate(store.words, 1)}
        self._masks = [(1 << SYMBOL_BITS * length) - 1 for length in range(store.order + 1)]
        self._seen: dict[int, float] = {}
        self._pairs: dict[int, float] = {}
        self._nodes: dict[int, int] = {}
        self._behind: dict[tuple[int, tuple[int, ...]], tuple[float, ...]] = {}
        self._ahead: dict[tuple[int, tuple[int, ...]], tuple[float, ...]] = {}
        self._signs: dict[tuple[str, ...], tuple[int, ...]] = {}
        self._answers: dict[Hashable, Any] = {}

    @classmethod
    def load(cls, tokenizer: ModelTokenizer, path: Path) -> Plausibility:
        """Open the model of a language in a file. Raises ModelError if the file is missing or damaged."""
        return cls(Store(path), tokenizer)

    @property
    def words_known(self) -> Sequence[str]:
        """The vocabulary: word n is symbol n + 1."""
        return self._store.words

    def symbols(self, tokens: Sequence[Token]) -> list[int]:
        """Return the tokens as symbols of the model.

        Comments are left out, and each logical line begins with a symbol for its indentation, so the number of symbols
        differs from that of tokens (see `ModelTokenizer.words`).
        """
        return self.numbers(self.tokenizer.words(tokens))

    def numbers(self, words: Sequence[str]) -> list[int]:
        """Return the symbols of words that the tokenizer produced."""
        return self.tokenizer.encode(words, self._ids)

    @property
    def reach(self) -> int:
        """The number of preceding symbols on which a symbol's probability depends."""
        return len(self._masks) - 2

    def words(self, symbols: Sequence[int]) -> list[str]:
        """Return the words of symbols: a token's text, or a class such as `<name>`."""
        return [self._store.words[symbol - 1] for symbol in symbols]

    def score(self, symbols: Sequence[int], start: int = 0, end: int | None = None) -> float:
        """Return the log2 probability of symbols[start:end], each given those before it."""
        return sum(self.bits(symbols, start, end))

    def bits(self, symbols: Sequence[int], start: int = 0, end: int | None = None) -> list[float]:
        """Return the log2 probability of each of symbols[start:end], given those before it."""
        end = len(symbols) if end is None else end
        mask, seen = self._masks[-1], self._seen
        key = 0
        for symbol in symbols[max(0, start - self.reach) : start]:
            key = key << SYMBOL_BITS | symbol
        found: list[float] = []
        for symbol in symbols[start:end]:
            key = (key << SYMBOL_BITS | symbol) & mask
            known = seen.get(key)
            found.append(self._look_up(key) if known is None else known)
        return found

    def context(self, symbols: Sequence[int], index: int) -> int:
        """Return the symbols before an index on which the next one depends, as `continued` takes them."""
        key = 0
        for symbol in symbols[max(0, index - self.reach) : index]:
            key = key << SYMBOL_BITS | symbol
        return key

    def continued(self, context: int, symbols: Iterable[int]) -> float:
        """Return the log2 probability of symbols that follow a `context`."""
        mask, seen = self._masks[-1], self._seen
        total = 0.0
        for symbol in symbols:
            context = (context << SYMBOL_BITS | symbol) & mask
            known = seen.get(context)
            total += self._look_up(context) if known is None else known
        return total

    def logprob(self, symbols: Sequence[int], index: int) -> float:
        """Return the log2 probability of symbols[index], given those before it."""
        return self.score(symbols, index, index + 1)

    def pair(self, left: int, right: int) -> float:
        """Return the log2 probability of `right` after `left`, without further context; 0 if either is the edge of the
        text (symbol 0)."""
        key = left << SYMBOL_BITS | right
        known = self._pairs.get(key)
        if known is None:
            known = self.score((left, right), 1, 2) if left and right else 0.0
            _keep(self._pairs, key, known)
        return known

    def pairs(self, symbols: Sequence[int]) -> float:
        """Return the sum of `pair` over all neighbours."""
        return sum(map(self.pair, symbols, islice(symbols, 1, None)))

    def behind(self, left: int, symbols: tuple[int, ...]) -> tuple[float, ...]:
        """Return `pair(left, symbol)` for each of the symbols."""
        known = self._behind.get((left, symbols))
        if known is None:
            known = tuple(self.pair(left, symbol) for symbol in symbols)
            _keep(self._behind, (left, symbols), known, _REMEMBERED_ROWS)
        return known

    def ahead(self, right: int, symbols: tuple[int, ...]) -> tuple[float, ...]:
        """Return `pair(symbol, right)` for each of the symbols."""
        known = self._ahead.get((right, symbols))
        if known is None:
            known = tuple(self.pair(symbol, right) for symbol in symbols)
            _keep(self._ahead, (right, symbols), known, _REMEMBERED_ROWS)
        return known

    def signs(self, texts: tuple[str, ...]) -> tuple[int, ...]:
        """Return the symbols of operators, keywords and names, each taken by itself."""
        known = self._signs.get(texts)
        if known is None:
            known = tuple(self.numbers(texts))
            _keep(self._signs, texts, known, _REMEMBERED_ROWS)
        return known

    def remembered(self, key: Hashable, make: Callable[[], _Value]) -> _Value:
        """Return `make()`, which follows from the key and this model alone; the last few results are cached."""
        if key not in self._answers:
            _keep(self._answers, key, make(), _REMEMBERED_ANSWERS)
        found: _Value = self._answers[key]
        return found

    def _look_up(self, whole: int) -> float:
        """Return the log2 probability of the last symbol of an n-gram.

        It is that of the longest suffix in the file, plus the back-off weights of the longer contexts. A context whose
        prefix is not in the file is not there either, so most look-ups end early.
        """
        key, fallen, found = whole, 0.0, PROBABILITIES[-1]
        length = (key.bit_length() + SYMBOL_BITS - 1) // SYMBOL_BITS
        store, nodes = self._store, self._nodes
        while length:
            context = nodes.get(key >> SYMBOL_BITS)
            if context is None:
                context = self._node(key >> SYMBOL_BITS)
            if context >= 0:
                node = store.child(context, key & _SYMBOL)
                if node >= 0:
                    found = PROBABILITIES[store.probabilities[node]]
                    break
                fallen += BACKOFFS[store.backoffs[context]]
            length -= 1
            key &= self._masks[length]
            known = self._seen.get(key)
            if known is not None:
                found = known
                break
        _keep(self._seen, whole, fallen + found)
        return fallen + found

    def _node(self, context: int) -> int:
        """Return the node of an n-gram, -1 if it is not in the file."""
        if not context:
            return ROOT
        node = self._nodes.get(context)
        if node is None:
            parent = self._node(context >> SYMBOL_BITS)
            node = self._store.child(parent, context & _SYMBOL) if parent >= 0 else -1
            _keep(self._nodes, context, node)
        return node


def _keep(memory: dict[_Key, _Value], key: _Key, value: _Value, limit: int = _REMEMBERED) -> None:
    """Store a value in a cache; empty the cache first if it has reached `limit` entries."""
    if len(memory) >= limit:
        memory.clear()
    memory[key] = value
