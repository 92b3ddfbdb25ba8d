"""The language part that the search uses: the tokens that it may insert, and the prior of each kind of step."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from quickfix_ls.lexing.lexis import Lexis


@dataclass(frozen=True, eq=False)
class Vocabulary:
    """The tokens that the search inserts, and the prior of its steps.

    `signs` and `words` may be inserted anywhere near the error; `opening_words` at the beginning of a line; `far_signs`
    further away, in the same statement; `literals` where an operator lacks an operand. `prefixes` are the tokens other
    than opening brackets and literals that begin an operand; `constants` are the keywords that are operands; `unary`
    are the prefixes that are binary operators, too.

    `lookalikes` maps a token to its group of tokens that are often confused; `bracket_error` matches the messages of
    errors that brackets repair; `weights` are the coefficients of `step_prior.TERMS`.
    """

    lexis: Lexis
    signs: tuple[str, ...]
    words: tuple[str, ...]
    opening_words: tuple[str, ...]
    far_signs: tuple[str, ...]
    literals: tuple[str, ...]
    prefixes: frozenset[str]
    constants: frozenset[str]
    unary: frozenset[str]
    lookalikes: Mapping[str, str]
    bracket_error: re.Pattern[str]
    weights: tuple[float, ...]

    @cached_property
    def inserted(self) -> tuple[str, ...]:
        """Every token that may be inserted near the error."""
        return (*self.signs, *self.words)

    @cached_property
    def begins(self) -> frozenset[str]:
        """The tokens, names and literals aside, that an operand may begin with."""
        return self.prefixes | self.constants | self.lexis.openers.keys()

    @cached_property
    def ends(self) -> frozenset[str]:
        """The tokens, names and literals aside, that an operand may end with."""
        return self.constants | self.lexis.closers.keys()

    def is_operand(self, text: str) -> bool:
        """Return whether a token is a name or a literal."""
        is_word = text not in self.lexis.keywords and (text[:1].isalnum() or text[:1] == "_")
        return is_word or text in self.literals
