"""The token model for a language without a trained one: all texts are equally likely."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Sequence
from typing import Any

from quickfix_ls.plausibility.model import Plausibility
from quickfix_ls.plausibility.tokenizer import ModelTokenizer


class Untrained(Plausibility):
    """A model in which every probability is 1 (0 bits); symbols are numbered in the order of their first use."""

    def __init__(self, tokenizer: ModelTokenizer) -> None:
        self.tokenizer = tokenizer
        self._numbers: dict[str, int] = {}
        self._answers: dict[Hashable, Any] = {}

    @property
    def words_known(self) -> Sequence[str]:
        return list(self._numbers)

    @property
    def reach(self) -> int:
        return 0

    def numbers(self, words: Sequence[str]) -> list[int]:
        return [self._numbers.setdefault(word, len(self._numbers) + 1) for word in words]

    def words(self, symbols: Sequence[int]) -> list[str]:
        known = self.words_known
        return [known[symbol - 1] for symbol in symbols]

    def signs(self, texts: tuple[str, ...]) -> tuple[int, ...]:
        return tuple(self.numbers(texts))

    def bits(self, symbols: Sequence[int], start: int = 0, end: int | None = None) -> list[float]:
        return [0.0] * (len(symbols[start:end]))

    def context(self, symbols: Sequence[int], index: int) -> int:
        return 0

    def continued(self, context: int, symbols: Iterable[int]) -> float:
        return 0.0

    def pair(self, left: int, right: int) -> float:
        return 0.0

    def behind(self, left: int, rights: tuple[int, ...]) -> tuple[float, ...]:
        return (0.0,) * len(rights)

    def ahead(self, right: int, lefts: tuple[int, ...]) -> tuple[float, ...]:
        return (0.0,) * len(lefts)
