"""A back-off n-gram model of Python tokens, served from a memory-mapped file without numpy."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from pathlib import Path

from quickfix_ls.documents.diff import common_ends
from quickfix_ls.languages.python.tokens import Token
from quickfix_ls.plausibility.spelling import numbered, spell
from quickfix_ls.plausibility.store import BACKOFFS, BUCKET_BITS, PROBABILITIES, SPREAD, SYMBOL_BITS, Store

SHIPPED = Path(__file__).parents[1] / "models" / "plausibility.bin"
_SPREAD_MASK = (1 << 64) - 1
_KEY_SHIFT = 64 - BUCKET_BITS - 32
_KEY_MASK = (1 << 32) - 1
_REMEMBERED = 200_000


class Plausibility:
    """How likely Python code is, in bits: 0 is certain, -10 is one chance in a thousand.

    Deterministic. What it remembers of earlier calls only makes it faster, and is bounded.
    """

    def __init__(self, store: Store) -> None:
        self._store = store
        self._ids = {word: number for number, word in enumerate(store.words, 1)}
        self._masks = [(1 << SYMBOL_BITS * length) - 1 for length in range(store.order + 1)]
        self._seen: dict[int, float] = {}
        self._pairs: dict[int, float] = {}
        self._signs: dict[str, int] = {}

    @classmethod
    def load(cls, path: Path | None = None) -> Plausibility:
        """The shipped model, or that of a file. Raises ModelError where the file is missing or damaged."""
        return cls(Store(path or SHIPPED))

    @property
    def words_known(self) -> Sequence[str]:
        """The vocabulary: word n is symbol n + 1."""
        return self._store.words

    def symbols(self, tokens: Sequence[Token]) -> list[int]:
        """The tokens as symbols of the model: comments are left out, each logical line begins with a symbol
        for its indentation, so there are more or fewer symbols than tokens (see `spelling.spell`)."""
        return self.numbers(spell(tokens))

    def numbers(self, words: Sequence[str]) -> list[int]:
        """The symbols of words, as `spelling` makes them."""
        return numbered(words, self._ids)

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
            if len(self._pairs) >= _REMEMBERED:
                self._pairs.clear()
            known = self._pairs[key] = self.score((left, right), 1, 2) if left and right else 0.0
        return known

    def symbol(self, text: str) -> int:
        """The symbol of an operator or a keyword."""
        known = self._signs.get(text)
        if known is None:
            (number,) = numbered([text], self._ids)
            known = self._signs[text] = number
        return known

    def gain(self, before: Sequence[int], after: Sequence[int]) -> float:
        """By how many bits `after` is likelier than `before`: the difference of their scores, at the cost of
        the part in which they differ."""
        head, tail = common_ends(before, after)
        # The symbols just behind the difference are the same, but what stands before them is not.
        tail = max(0, tail - self.reach)
        return self.score(after, head, len(after) - tail) - self.score(before, head, len(before) - tail)

    def _look_up(self, key: int) -> float:
        masks, weight = self._masks, 0.0
        result = PROBABILITIES[-1]
        length = (key.bit_length() + SYMBOL_BITS - 1) // SYMBOL_BITS
        for kept in range(length, 0, -1):
            place = self._find(key & masks[kept])
            if place >= 0:
                result = PROBABILITIES[self._store.probabilities[place]]
                break
            place = self._find(key >> SYMBOL_BITS & masks[kept - 1])
            if place >= 0:
                weight += BACKOFFS[self._store.backoffs[place]]
        if len(self._seen) >= _REMEMBERED:
            self._seen.clear()
        self._seen[key] = weight + result
        return weight + result

    def _find(self, key: int) -> int:
        """The index of an n-gram, -1 where it is not in the file."""
        spread = key * SPREAD & _SPREAD_MASK
        bucket, rest = spread >> 64 - BUCKET_BITS, spread >> _KEY_SHIFT & _KEY_MASK
        ends, keys = self._store.ends, self._store.keys
        end = ends[bucket + 1]
        place = bisect_left(keys, rest, ends[bucket], end)
        return place if place < end and keys[place] == rest else -1
