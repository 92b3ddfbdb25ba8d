"""How a language's tokens become the words of its token model."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from quickfix_ls.lexing.layout import Line, lines_of
from quickfix_ls.lexing.tokens import Token


class Speller(Protocol):
    """Makes words of tokens, line by line; two spellers in the same state make the same words of the same lines."""

    @property
    def state(self) -> Hashable: ...

    def line(self, tokens: Sequence[Token], line: Line) -> list[str]:
        """The words of the next line."""


@dataclass(frozen=True, eq=False)
class Spelling:
    """`begin()` gives a speller for the beginning of a text, `resume(state)` one in a state; `class_of(word)` is the
    class of words, itself a word, that stands for one that the vocabulary lacks; `line_words` stand for no token but
    for the beginning of a line."""

    begin: Callable[[], Speller]
    resume: Callable[[Any], Speller]
    class_of: Callable[[str], str]
    line_words: frozenset[str]

    def spell(self, tokens: Sequence[Token]) -> list[str]:
        """The words of a text."""
        speller = self.begin()
        return [word for line in lines_of(tokens) for word in speller.line(tokens, line)]

    def numbered(self, words: Sequence[str], ids: Mapping[str, int]) -> list[int]:
        """The words as numbers of a vocabulary that holds every class."""
        return [ids.get(word) or ids[self.class_of(word)] for word in words]
