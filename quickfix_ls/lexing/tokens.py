"""Tokens of a text in any language: kind, text and place."""

from __future__ import annotations

from typing import Literal, NamedTuple

TokenKind = Literal["name", "keyword", "number", "string", "badstring", "op", "newline", "comment", "error"]


class Token(NamedTuple):
    """`start` and `end` are offsets in code points into the text that was lexed. A `badstring` is never closed; an
    `error` is no token of the language."""

    kind: TokenKind
    text: str
    start: int
    end: int


def indent_of(line: str) -> str:
    """The white space at the beginning of a line."""
    return line[: len(line) - len(line.lstrip(" \t\f"))]
