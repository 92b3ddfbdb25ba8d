"""What the search asks of a language: which tokens it may put somewhere, and how likely each kind of step is."""

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
    further away, in the same statement; `literals` where an operator lacks an operand. `prefixes` are tokens besides
    opening brackets and literals that begin an operand, `constants` keywords that are operands. `unary` are those
    prefixes that may also stand between two operands.

    `lookalikes` maps a token to the group of those that are taken for each other; `bracket_error` matches the
    messages of errors that brackets repair; `weights` belong to `step_prior.TERMS`.
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
        """Whether a token is a name or a literal."""
        is_word = text not in self.lexis.keywords and (text[:1].isalnum() or text[:1] == "_")
        return is_word or text in self.literals
