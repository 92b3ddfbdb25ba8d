"""The keywords that begin statements and blocks, and the lines of broken source text that begin a statement."""

from __future__ import annotations

from collections.abc import Sequence

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


def _has(tokens: Sequence[Token], line: Line, text: str) -> bool:
    return any(token.text == text for token in tokens[line.first : line.last])
