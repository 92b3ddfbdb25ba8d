"""Random syntax errors like those that people make, each an `@operator` function in a module of this folder.

An operator takes correct code, a random generator and a detail (such as a token or a habit; see each operator) and
returns the broken source text, or None if it is not applicable. `mix` decides how often each operator and detail is
used.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from random import Random

from quickfix_ls.languages.python.lexer import CLOSERS, OPENERS, lex
from quickfix_ls.lexing.tokens import Token


@dataclass(frozen=True, slots=True)
class Code:
    """Source text and its tokens, without comments."""

    text: str
    tokens: list[Token]

    @classmethod
    def of(cls, text: str) -> Code:
        """Return the code of a source text."""
        return cls(text, [token for token in lex(text) if token.kind != "comment"])

    def replaced(self, first: int, last: int, new: str) -> str:
        """Return the source text with `new` in place of the tokens [first, last), separated from adjacent words; if the
        range is empty, `new` is inserted after token `first` - 1."""
        if last > first:
            start, end = self.tokens[first].start, self.tokens[last - 1].end
        elif first and (self.tokens[first - 1].kind != "newline" or first == len(self.tokens)):
            start = end = self.tokens[first - 1].end
        else:
            # At the start of a line: after its indentation.
            start = end = self.tokens[first].start if self.tokens else 0
        left, right = self.text[:start], self.text[end:]
        return left + _gap(left, new or right) + new + (_gap(new, right) if new else "") + right

    def after(self, wanted: str) -> list[int]:
        """Return the positions after tokens of a shape (`line` for the start of a line), as indices of the following
        tokens."""
        starts = [0] if wanted == "line" else []
        return starts + [index + 1 for index in self.of_shape(wanted)]

    def of_shape(self, wanted: str) -> list[int]:
        """Return the indices of the tokens of a shape."""
        return [index for index, token in enumerate(self.tokens) if shape(token) == wanted]

    def at(self, rng: Random, places: Sequence[int], count: int, new: str) -> str | None:
        """Return the source text with `new` in place of `count` tokens at one of the places; None if there are no
        places."""
        if not places:
            return None
        place = rng.choice(places)
        return self.replaced(place, place + count, new)

    def pairs(self) -> list[tuple[int, int]]:
        """Return the matching brackets of correct code, as pairs of token indices."""
        found, stack = [], []
        for index, token in enumerate(self.tokens):
            if token.text in OPENERS:
                stack.append(index)
            elif token.text in CLOSERS and stack:
                found.append((stack.pop(), index))
        return found

    def line_before(self, index: int) -> list[str]:
        """Return the texts of the tokens before a token in its line, the nearest first."""
        found = []
        while index > 0 and self.tokens[index - 1].kind != "newline":
            index -= 1
            found.append(self.tokens[index].text)
        return found

    def where(self, text: str) -> list[int]:
        """Return the indices of the tokens with a text, outside of strings."""
        return [index for index, token in enumerate(self.tokens) if token.text == text]


Operator = Callable[[Code, Random, str], "str | None"]


def operator(function: Operator) -> Operator:
    """Register a function as operator under its name."""
    _OPERATORS[function.__name__] = function
    return function


@cache
def all_operators() -> dict[str, Operator]:
    """Return every operator, by name."""
    for module in pkgutil.iter_modules(__path__):
        importlib.import_module(f"{__name__}.{module.name}")
    return dict(sorted(_OPERATORS.items()))


def shape(token: Token) -> str:
    """Return the class of a token for the mix: operators and keywords are their own shapes, for others it is the
    kind."""
    if token.kind in ("op", "keyword"):
        return token.text
    return "line" if token.kind == "newline" else token.kind


_OPERATORS: dict[str, Operator] = {}


def _gap(left: str, right: str) -> str:
    both = left[-1:].isidentifier() or left[-1:].isdigit(), right[:1].isidentifier() or right[:1].isdigit()
    return " " if all(both) else ""
