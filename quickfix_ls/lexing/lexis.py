"""The language part for lexical analysis."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from quickfix_ls.lexing.layout import Brackets, Line, match_brackets
from quickfix_ls.lexing.tokens import Token


@dataclass(frozen=True, eq=False)
class Lexis:
    """The lexical rules of a language.

    - `lexed(text, start)` yields the tokens of any text from an offset on, and never raises: text that is no token of
      the language becomes an `error` or `badstring` token.
    - `keywords` are the reserved words; `openers` maps each opening bracket to its closing one; `comment` begins a
      comment.
    - `begins_statement(tokens, line)` returns whether a line is very unlikely to continue an expression in brackets.
    - `role_of(token)` returns the role of a token, and `role_of_text(text)` that of a token yet to be inserted (an
      operator, a keyword, a name or a number); `line_end` is the role of a line end. `is_adjacent(left, right)` returns
      whether a token with one role may directly precede a token with another.
    """

    lexed: Callable[[str, int], Iterator[Token]]
    keywords: frozenset[str]
    openers: Mapping[str, str]
    comment: str
    begins_statement: Callable[[Sequence[Token], Line], bool]
    role_of: Callable[[Token], str]
    role_of_text: Callable[[str], str]
    is_adjacent: Callable[[str, str], bool]
    line_end: str = "\n"
    closers: Mapping[str, str] = field(init=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "closers", {closer: opener for opener, closer in self.openers.items()})

    def lex(self, text: str) -> list[Token]:
        """Return the tokens of a text, without white space and line continuations."""
        return list(self.lexed(text, 0))

    def brackets_of(self, tokens: Sequence[Token], lines: Sequence[Line]) -> Brackets:
        """Match the brackets of a text, see `match_brackets`."""
        return match_brackets(tokens, lines, self.openers, self.closers, self.begins_statement)

    @cached_property
    def brackets(self) -> frozenset[str]:
        """Every opening and closing bracket."""
        return frozenset((*self.openers, *self.closers))
