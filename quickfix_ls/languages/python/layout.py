"""How the tokens of a text lie in lines and brackets, for text that may be broken anywhere."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from quickfix_ls.languages.python.tokens import CLOSERS, OPENERS, Token

STATEMENT_KEYWORDS = frozenset(
    [
        "if",
        "elif",
        "else",
        "for",
        "while",
        "def",
        "class",
        "try",
        "except",
        "finally",
        "with",
        "async",
        "import",
        "from",
        "return",
        "raise",
        "assert",
        "del",
        "global",
        "nonlocal",
        "pass",
        "break",
        "continue",
    ]
)
BLOCK_KEYWORDS = frozenset(
    ["if", "elif", "else", "for", "while", "def", "class", "try", "except", "finally", "with", "async"]
)
SOFT_BLOCK_KEYWORDS = frozenset({"match", "case"})


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


def brackets_of(tokens: Sequence[Token], lines: Sequence[Line]) -> Brackets:
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
        if token.text in OPENERS and token.kind == "op":
            stack.append(index)
        elif token.text in CLOSERS and token.kind == "op":
            if not stack:
                unmatched.append(index)
                continue
            opener = stack.pop()
            if OPENERS[tokens[opener].text] != token.text:
                mismatched.append((opener, index))
            partner[opener], partner[index] = index, opener
    return Brackets(partner, tuple(unclosed + stack), tuple(unmatched), tuple(mismatched))


def begins_statement(tokens: Sequence[Token], line: Line) -> bool:
    """Whether a line can hardly be the continuation of an expression in brackets: it begins with a keyword that
    starts statements and is not also used in expressions, or it is a plain assignment to a dotted name."""
    head = tokens[line.first]
    if head.kind == "keyword":
        if head.text in ("if", "else", "for", "async", "from"):
            return tokens[line.last - 1].text == ":" or (head.text == "from" and _has(tokens, line, "import"))
        return head.text in STATEMENT_KEYWORDS
    if head.kind != "name":
        return False
    index = line.first
    while index + 2 < line.last and tokens[index + 1].text == "." and tokens[index + 2].kind == "name":
        index += 2
    # `name = value,` on a line of its own is a keyword argument.
    return (
        index + 1 < line.last
        and tokens[index + 1].text in ("=", "+=", "-=")
        and tokens[line.last - 1].text not in (",", ")")
        and (index > line.first or tokens[index + 1].text != "=")
    )


def _has(tokens: Sequence[Token], line: Line, text: str) -> bool:
    return any(token.text == text for token in tokens[line.first : line.last])
