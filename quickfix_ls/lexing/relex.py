"""The tokens of a text after an edit, at the cost of the lines that change.

The lexer keeps no state between two tokens, so behind an edit the old tokens hold again from the first line that both
texts begin at the same place.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from quickfix_ls.lexing.layout import Line, lines_of
from quickfix_ls.lexing.lexis import Lexis
from quickfix_ls.lexing.tokens import Token

_ENDING = frozenset({"badstring", "comment"})
"""What may hold a backslash before a line end: a string that is never closed runs over both once it is closed."""


@dataclass(frozen=True, slots=True)
class Rewritten:
    """The run of whole lines in which an edited text differs; it begins at the offset `start` of both texts.

    `before` and `after` are its tokens, the last line's end left out. `kept` of the old text's lines with code stand
    before the run; from `resumed` on they follow it.
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
        """Where each line begins, strings that span lines aside; and which token is its first."""
        self._firsts = [0, *(index + 1 for index in ends)]

    def rewritten(self, after: str, first: int, last: int) -> Rewritten:
        """What becomes of the lines in [first, last) in `after`, which is the same text but for them."""
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
        """The first line whose tokens may be others when the text changes from an offset on: the offset's own, or those
        above that run into it by a string that is never closed."""
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
