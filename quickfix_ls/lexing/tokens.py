"""The tokens of source text in any language: kind, text and offsets."""

from __future__ import annotations

from typing import Literal, NamedTuple

TokenKind = Literal["name", "keyword", "number", "string", "badstring", "op", "newline", "comment", "error"]


class Token(NamedTuple):
    """A token; `start` and `end` are offsets in code points into the lexed text.

    A `badstring` is a string without its closing quote; an `error` is no token of the language.
    """

    kind: TokenKind
    text: str
    start: int
    end: int


def indent_of(line: str) -> str:
    """Return the white space at the beginning of a line."""
    return line[: len(line) - len(line.lstrip(" \t\f"))]
