"""Group the tokens of a text into lines and match its brackets, for text that may have errors anywhere."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from quickfix_ls.lexing.tokens import Token


@dataclass(frozen=True, slots=True)
class Line:
    """A physical line that holds a token other than a comment.

    Its tokens are [first, last), without comments and the line end; `start` is its offset, `indent` the width of its
    leading white space in code points.
    """

    first: int
    last: int
    start: int
    indent: int

    def text(self, tokens: Sequence[Token]) -> str:
        """Return the text of its tokens, joined by single spaces (for comparisons, not for display)."""
        return " ".join(token.text for token in tokens[self.first : self.last])


def lines_of(tokens: Sequence[Token], start: int = 0) -> list[Line]:
    """Return the lines that hold code, including those that begin inside of a string that spans lines.

    `start` is the offset of the first line.
    """
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
    """The pairs of brackets in a text, as token indices.

    `partner` maps openers to closers and back; `unclosed` are openers without a closer, `unmatched` closers without an
    opener, `mismatched` pairs (opener, closer) of different kinds.
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
    """Match the brackets among the tokens.

    A line that can only begin a statement ends all brackets that are open before it, so that one missing bracket does
    not affect the rest of the file.
    """
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
