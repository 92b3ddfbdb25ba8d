"""Update the tokens of a text after an edit, at the cost of the lines that change.

The lexer keeps no state between two tokens, so behind an edit the old tokens are valid again from the first line start
that both texts have in common.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from quickfix_ls.lexing.layout import Line, lines_of
from quickfix_ls.lexing.lexis import Lexis
from quickfix_ls.lexing.tokens import Token

_ENDING = frozenset({"badstring", "comment"})
"""Kinds of tokens that may end with a backslash before a line end: after an edit, a string may extend over both."""


@dataclass(frozen=True, slots=True)
class Rewritten:
    """The run of whole lines in which an edited text differs; it begins at the offset `start` of both texts.

    `before` and `after` are its old and new tokens, without the last line end. `kept` is the number of the old text's
    lines with code before the run; those from index `resumed` on follow it.
    """

    start: int
    before: Sequence[Token]
    after: Sequence[Token]
    kept: int
    resumed: int


class LexedText:
    """A text with its tokens (all that `lex` makes of it) and its lines with code."""

    def __init__(self, text: str, tokens: Sequence[Token], lexis: Lexis) -> None:
        self._lexis = lexis
        self.text = text
        self.tokens = tokens
        self.lines: list[Line] = lines_of(tokens)
        ends = [index for index, token in enumerate(tokens) if token.kind == "newline"]
        self._starts = [0, *(tokens[index].end for index in ends)]
        """The offset of each line, without those that begin inside of a string; `_firsts` has their first tokens."""
        self._firsts = [0, *(index + 1 for index in ends)]

    def rewritten(self, after: str, first: int, last: int) -> Rewritten:
        """Lex the changed lines of `after`, which equals this text but for the lines in [first, last)."""
        line = self._line_that_depends_on(first)
        shift = len(after) - len(self.text)
        tokens: list[Token] = []
        resumed = len(self._starts)
        for token in self._lexis.lexed(after, self._starts[line]):
            tokens.append(token)
            if token.kind == "newline" and token.end >= last + shift:
                found = bisect_left(self._starts, token.end - shift)
                if found < len(self._starts) and self._starts[found] == token.end - shift:
                    resumed = found
                    break
        start, end = self._firsts[line], self._firsts[resumed] if resumed < len(self._firsts) else len(self.tokens)
        return Rewritten(
            self._starts[line],
            _without_end(self.tokens[start:end]),
            _without_end(tokens),
            bisect_left(self.lines, start, key=_first),
            bisect_left(self.lines, end, key=_first),
        )

    def _line_that_depends_on(self, offset: int) -> int:
        """Return the first line whose tokens may change if the text changes from an offset on: the line of the offset,
        or a line above it whose unclosed string may extend to it."""
        line = bisect_right(self._starts, offset) - 1
        while line > 0 and self._runs_on(self._firsts[line] - 2):
            line -= 1
        return line

    def _runs_on(self, index: int) -> bool:
        return index >= 0 and self.tokens[index].kind in _ENDING and self.tokens[index].text.endswith("\\")


def _without_end(tokens: Sequence[Token]) -> Sequence[Token]:
    return tokens[:-1] if tokens and tokens[-1].kind == "newline" else tokens


def _first(line: Line) -> int:
    return line.first
