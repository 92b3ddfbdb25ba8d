"""The units of content in a row of tokens: names, keywords, numbers, and the words of strings and comments."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache
from typing import Literal, NamedTuple

from quickfix_ls.lexing.tokens import Token

Kind = Literal["name", "keyword", "number", "text", "comment"]

_WORD = re.compile(r"\w+")
_PREFIX = re.compile(r"[rRbBuUfFtT]{0,2}(?=[\"'])")
_INNER_PREFIX = re.compile(r"[^\w\"'][rRbBuUfFtT]{1,2}[\"']")
"""A prefix of a string within a string; code that a missing quote turned into a string has these."""
_QUOTES = "\"'"
_KINDS: dict[str, Kind] = {
    "name": "name", "keyword": "keyword", "number": "number", "error": "name",
    "string": "text", "badstring": "text", "comment": "comment",
}  # fmt: skip
_OPERANDS = frozenset({"name", "number", "string", "badstring", "error"})


class Unit(NamedTuple):
    """A unit of content: its `key`, equal for equal content, its kind, its span, and the index of its token.

    `connects` marks a name between two operands, with a space before it, where only a keyword can be meant.
    """

    key: str
    kind: Kind
    start: int
    end: int
    token: int
    connects: bool = False


def units_of(tokens: Sequence[Token], first: int = 0, last: int | None = None) -> list[Unit]:
    """Return the units of content of a row of tokens, or of those in [first, last).

    A number has the units of its runs of digits, as it would have in a string. The prefix of a string is no content,
    and neither is an empty string, since two quotes may be anything in broken code.
    """
    units: list[Unit] = []
    for index in range(first, len(tokens) if last is None else last):
        token = tokens[index]
        kind = _KINDS.get(token.kind)
        if kind is None or _is_prefix_of_string(tokens, index):
            continue
        words = _words(kind, token.text)
        connects = kind == "name" and _connects(tokens, index)
        for key, start, end in words:
            units.append(Unit(key, kind, token.start + start, token.start + end, index, connects))
        if not words and token.kind == "string" and (body := _body(token)) and _is_apart(tokens, index):
            units.append(Unit(body, "text", token.start, token.end, index))
    return units


def _is_prefix_of_string(tokens: Sequence[Token], index: int) -> bool:
    """Return whether a token consists of letters that are prefixes of strings, and touches one; Python may know each
    letter, but not both."""
    after = tokens[index + 1] if index + 1 < len(tokens) else None
    if after is None or after.kind not in ("string", "badstring") or after.start != tokens[index].end:
        return False
    return tokens[index].kind == "name" and set(tokens[index].text.lower()) <= set("rbuft")


def _connects(tokens: Sequence[Token], index: int) -> bool:
    """Return whether a token is between two operands, with a space before it."""
    if not 0 < index < len(tokens) - 1:
        return False
    before, after = tokens[index - 1], tokens[index + 1]
    ends = before.kind in _OPERANDS or before.text in (")", "]", "}")
    return ends and before.end < tokens[index].start and after.kind in _OPERANDS


def _is_apart(tokens: Sequence[Token], index: int) -> bool:
    """Return whether no operand touches a token; a string that is touched by one may be the text between two others."""
    return all(tokens[place].kind not in _OPERANDS for place in (index - 1, index + 1) if 0 <= place < len(tokens))


@lru_cache(maxsize=8192)
def _words(kind: Kind, text: str) -> tuple[tuple[str, int, int], ...]:
    """Return the words of a token: (key, start, end)."""
    found: list[tuple[str, int, int]] = []
    for word in _WORD.finditer(text, _prefix(text) if kind == "text" else 0):
        is_closed = not text[word.end() :].strip(_QUOTES)
        if kind == "text" and not is_closed and _INNER_PREFIX.match(text, max(0, word.start() - 1)):
            continue
        key = word.group() if word.group().isascii() else unicodedata.normalize("NFKC", word.group())
        found.append((key, word.start(), word.end()))
    return tuple(found)


def _body(token: Token) -> str:
    return token.text[_prefix(token.text) :].strip(_QUOTES)


def _prefix(text: str) -> int:
    found = _PREFIX.match(text)
    return found.end() if found else 0
