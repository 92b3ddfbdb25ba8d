"""How the tokens of a text lie in lines and brackets, for text that may be broken anywhere."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from quickfix_ls.lexing.tokens import Token


@dataclass(frozen=True, slots=True)
class Line:
    """One physical line that holds a token other than a comment: the tokens [first, last), comments and line end
    left out; `start` is its offset, `indent` the width of its white space in code points."""

    first: int
    last: int
    start: int
    indent: int

    def text(self, tokens: Sequence[Token]) -> str:
        """The text of its tokens, joined by single spaces (for comparisons, not for display)."""
        return " ".join(token.text for token in tokens[self.first : self.last])


def lines_of(tokens: Sequence[Token], start: int = 0) -> list[Line]:
    """The lines of a text that hold code; a line that begins inside of a string that spans lines counts as well.
    `start` is where the first of them begins."""
    lines: list[Line] = []
    first = last = 0
    for index, token in enumerate(tokens):
        if token.kind == "newline":
            if last > first:
                lines.append(Line(first, last, start, tokens[first].start - start))
            start, first, last = token.end, index + 1, index + 1
        elif token.kind != "comment":
            last = index + 1
    if last > first:
        lines.append(Line(first, last, start, tokens[first].start - start))
    return lines


@dataclass(frozen=True, slots=True)
class Brackets:
    """Which brackets belong together, as token indices.

    `partner` maps openers to closers and back; `unclosed` are openers without a closer, `unmatched` closers
    without an opener, `mismatched` pairs (opener, closer) of different kinds.
    """

    partner: dict[int, int]
    unclosed: tuple[int, ...]
    unmatched: tuple[int, ...]
    mismatched: tuple[tuple[int, int], ...]


def match_brackets(
    tokens: Sequence[Token],
    lines: Sequence[Line],
    openers: Mapping[str, str],
    closers: Mapping[str, str],
    begins_statement: Callable[[Sequence[Token], Line], bool],
) -> Brackets:
    """Match brackets. A line that can only begin a statement ends all brackets that are open before it, so that
    one missing bracket does not spoil the rest of the file."""
    partner: dict[int, int] = {}
    unclosed: list[int] = []
    unmatched: list[int] = []
    mismatched: list[tuple[int, int]] = []
    stack: list[int] = []
    line_starts = {line.first: line for line in lines}
    for index, token in enumerate(tokens):
        line = line_starts.get(index)
        if stack and line is not None and begins_statement(tokens, line):
            unclosed += stack
            stack.clear()
        if token.text in openers and token.kind == "op":
            stack.append(index)
        elif token.text in closers and token.kind == "op":
            if not stack:
                unmatched.append(index)
                continue
            opener = stack.pop()
            if openers[tokens[opener].text] != token.text:
                mismatched.append((opener, index))
            partner[opener], partner[index] = index, opener
    return Brackets(partner, tuple(unclosed + stack), tuple(unmatched), tuple(mismatched))
