"""A back-off n-gram model of a language's tokens, served from a memory-mapped file without numpy."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import islice
from pathlib import Path
from typing import TypeVar

from quickfix_ls.lexing.tokens import Token
from quickfix_ls.plausibility.spelling import Spelling
from quickfix_ls.plausibility.store import BACKOFFS, PROBABILITIES, ROOT, SYMBOL_BITS, Store

_Key = TypeVar("_Key")
_Value = TypeVar("_Value")
_SYMBOL = (1 << SYMBOL_BITS) - 1
_REMEMBERED, _REMEMBERED_ROWS = 200_000, 4_000


class Plausibility:
    """How likely code is, in bits: 0 is certain, -10 is one chance in a thousand.

    Deterministic. What it remembers of earlier calls only makes it faster, and is bounded.
    """

    def __init__(self, store: Store, spelling: Spelling) -> None:
        self._store = store
        self.spelling = spelling
        self._ids = {word: number for number, word in enumerate(store.words, 1)}
        self._masks = [(1 << SYMBOL_BITS * length) - 1 for length in range(store.order + 1)]
        self._seen: dict[int, float] = {}
        self._pairs: dict[int, float] = {}
        self._nodes: dict[int, int] = {}
        self._behind: dict[tuple[int, tuple[int, ...]], tuple[float, ...]] = {}
        self._ahead: dict[tuple[int, tuple[int, ...]], tuple[float, ...]] = {}
        self._signs: dict[tuple[str, ...], tuple[int, ...]] = {}

    @classmethod
    def load(cls, spelling: Spelling, path: Path) -> Plausibility:
        """The model in a file, of the language with that spelling. Raises ModelError where the file is missing or
        damaged."""
        return cls(Store(path), spelling)

    @property
    def words_known(self) -> Sequence[str]:
        """The vocabulary: word n is symbol n + 1."""
        return self._store.words

    def symbols(self, tokens: Sequence[Token]) -> list[int]:
        """The tokens as symbols of the model: comments are left out, each logical line begins with a symbol
        for its indentation, so there are more or fewer symbols than tokens (see `Spelling.spell`)."""
        return self.numbers(self.spelling.spell(tokens))

    def numbers(self, words: Sequence[str]) -> list[int]:
        """The symbols of words, as the spelling makes them."""
        return self.spelling.numbered(words, self._ids)

    @property
    def reach(self) -> int:
        """How many symbols before one decide how likely it is."""
        return len(self._masks) - 2

    def words(self, symbols: Sequence[int]) -> list[str]:
        """What the symbols stand for: a text, or a class such as `<name>`."""
        return [self._store.words[symbol - 1] for symbol in symbols]

    def score(self, symbols: Sequence[int], start: int = 0, end: int | None = None) -> float:
        """log2 of the probability of symbols[start:end], each given those before it."""
        return sum(self.bits(symbols, start, end))

    def bits(self, symbols: Sequence[int], start: int = 0, end: int | None = None) -> list[float]:
        """The same of each of them."""
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

    def logprob(self, symbols: Sequence[int], index: int) -> float:
        """log2 of the probability of symbols[index], given those before it."""
        return self.score(symbols, index, index + 1)

    def pair(self, left: int, right: int) -> float:
        """log2 of the probability of one symbol after another, whatever stands before; 0 where one of them is the
        edge of the text (0)."""
        key = left << SYMBOL_BITS | right
        known = self._pairs.get(key)
        if known is None:
            known = self.score((left, right), 1, 2) if left and right else 0.0
            _keep(self._pairs, key, known)
        return known

    def pairs(self, symbols: Sequence[int]) -> float:
        """The sum of `pair` over neighbours."""
        return sum(map(self.pair, symbols, islice(symbols, 1, None)))

    def behind(self, left: int, symbols: tuple[int, ...]) -> tuple[float, ...]:
        """`pair` of one symbol with each that may follow it."""
        known = self._behind.get((left, symbols))
        if known is None:
            known = tuple(self.pair(left, one) for one in symbols)
            _keep(self._behind, (left, symbols), known, _REMEMBERED_ROWS)
        return known

    def ahead(self, right: int, symbols: tuple[int, ...]) -> tuple[float, ...]:
        """`pair` of one symbol with each that may stand before it."""
        known = self._ahead.get((right, symbols))
        if known is None:
            known = tuple(self.pair(one, right) for one in symbols)
            _keep(self._ahead, (right, symbols), known, _REMEMBERED_ROWS)
        return known

    def signs(self, texts: tuple[str, ...]) -> tuple[int, ...]:
        """The symbols of operators, keywords and names, each by itself."""
        known = self._signs.get(texts)
        if known is None:
            known = tuple(self.numbers(texts))
            _keep(self._signs, texts, known, _REMEMBERED_ROWS)
        return known

    def _look_up(self, whole: int) -> float:
        """The bits of the last symbol of an n-gram: those of the longest end of it that is in the file, and what it
        costs to fall back to that. What is in the file is so with its beginning, so that most need no look."""
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
        """The node of an n-gram, -1 where it is not in the file."""
        if not context:
            return ROOT
        node = self._nodes.get(context)
        if node is None:
            parent = self._node(context >> SYMBOL_BITS)
            node = self._store.child(parent, context & _SYMBOL) if parent >= 0 else -1
            _keep(self._nodes, context, node)
        return node


def _keep(memory: dict[_Key, _Value], key: _Key, value: _Value, most: int = _REMEMBERED) -> None:
    """Remember something; begin anew where it would be too much."""
    if len(memory) >= most:
        memory.clear()
    memory[key] = value
