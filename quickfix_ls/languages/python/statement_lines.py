"""The keywords that begin statements and blocks, and the lines of broken source text that begin a statement."""

from __future__ import annotations

from collections.abc import Sequence

from quickfix_ls.languages.python.lexer import CLOSERS, OPENERS
from quickfix_ls.lexing.layout import Line
from quickfix_ls.lexing.tokens import Token

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
LEAVING = frozenset({"return", "raise", "break", "continue"})
"""Statements behind which nothing of the same block runs."""


def begins_statement(tokens: Sequence[Token], line: Line) -> bool:
    """Return whether a line can hardly continue an expression in brackets: it begins with a keyword that starts
    statements and is not used in expressions, or it is a plain assignment to a dotted name."""
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


def statement_starts(tokens: Sequence[Token], lines: Sequence[Line]) -> list[int]:
    """Return, for each line, the line at which its statement begins: by the brackets before it, unless its indentation
    or its head shows that one of these was never closed."""
    starts: list[int] = []
    depth = first = 0
    for number, line in enumerate(lines):
        is_level = line.indent <= lines[first].indent and tokens[line.first].text not in CLOSERS
        if depth <= 0 or is_level or begins_statement(tokens, line):
            depth, first = 0, number
        starts.append(first)
        depth += sum((token.text in OPENERS) - (token.text in CLOSERS) for token in tokens[line.first : line.last])
    return starts


def _has(tokens: Sequence[Token], line: Line, text: str) -> bool:
    return any(token.text == text for token in tokens[line.first : line.last])
