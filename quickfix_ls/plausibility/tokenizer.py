"""The language part that turns the tokens of a text into the words of the token model."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from quickfix_ls.lexing.layout import Line, lines_of
from quickfix_ls.lexing.tokens import Token


class LineTokenizer(Protocol):
    """Turns tokens into words, line by line; two of them in the same state make the same words of the same lines."""

    @property
    def state(self) -> Hashable: ...

    def line(self, tokens: Sequence[Token], line: Line) -> list[str]:
        """Return the words of the next line, and update the state."""


@dataclass(frozen=True, eq=False)
class ModelTokenizer:
    """The tokenizer of the token model for a language.

    `begin()` returns a line tokenizer for the beginning of a text, `resume(state)` one in the given state;
    `class_of(word)` returns the class, itself a word, that replaces a word outside of the vocabulary; `line_words` are
    the words that mark the beginning of a line and belong to no token.
    """

    begin: Callable[[], LineTokenizer]
    resume: Callable[[Any], LineTokenizer]
    class_of: Callable[[str], str]
    line_words: frozenset[str]

    def words(self, tokens: Sequence[Token]) -> list[str]:
        """Return the words of a text's tokens."""
        tokenizer = self.begin()
        return [word for line in lines_of(tokens) for word in tokenizer.line(tokens, line)]

    def encode(self, words: Sequence[str], ids: Mapping[str, int]) -> list[int]:
        """Return the words as numbers of a vocabulary, which must hold every class."""
        return [ids.get(word) or ids[self.class_of(word)] for word in words]
