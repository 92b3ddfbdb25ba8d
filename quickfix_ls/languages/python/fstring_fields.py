"""The fields of f-strings (what stands in their braces) that a Python before 3.12 reads otherwise than a later one.

Before 3.12 an f-string is a string token like any other: it ends with the first quote like its own, and its fields are
looked for in the token. There may be no backslash, no comment and, in single quotes, no line end in their expressions.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from quickfix_ls.values import Span

_MAY_HAVE = re.compile(r"(?:[fF][rR]?|[rR][fF])[\"']")
_STRING = re.compile(
    r"""
    (?P<prefix>(?<!\w)[rRbBuUfF]{0,2})(?:
        (?P<triple>\"{3}|'{3})(?P<long>(?:[^\\]|\\.)*?)(?P=triple)
      | (?P<quote>["'])(?P<short>(?:(?!(?P=quote))[^\\\r\n]|\\(?:\r\n|.))*)(?P<end>(?P=quote)|(?=[\r\n])|\Z)
    )
  | \#[^\r\n]*
    """,
    re.VERBOSE | re.DOTALL,
)
_QUOTES = "f-string: expecting '}' (the same quotes inside of braces are only supported in Python 3.12 and greater)"
_BACKSLASH = "f-string expression part cannot include a backslash (before Python 3.12)"
_COMMENT = "f-string expression part cannot include '#' (before Python 3.12)"
_LINE_END = "f-string: expecting '}' (a line end inside of braces is only supported in Python 3.12 and greater)"


class OldField(NamedTuple):
    """A field that an old Python refuses: the f-string's token as an old Python reads it, the field in it, and the
    reason in words close to CPython's own."""

    string: Span
    span: Span
    message: str


def old_fields(source: str) -> Iterator[OldField]:
    """Yield the fields of f-strings that a Python before 3.12 probably refuses. The text is valid for a later one."""
    if not _MAY_HAVE.search(source):
        return
    for token in _STRING.finditer(source):
        if token["prefix"] is None or "f" not in token["prefix"].lower():
            continue
        part = "long" if token["long"] is not None else "short"
        found = _refused(token[part], is_long=part == "long", is_closed=part == "long" or bool(token["end"]))
        if found is not None:
            start, message = found
            at = token.start(part) + start
            yield OldField(Span(*token.span()), Span(at, max(at + 1, token.end())), message)


def _refused(body: str, *, is_long: bool, is_closed: bool) -> tuple[int, str] | None:
    """Return where the first refused field of an f-string's text begins, and why."""
    field, depth, at = 0, 0, 0
    quote = ""
    while at < len(body):
        character = body[at]
        if not depth:
            if body.startswith(("{{", "}}"), at):
                at += 2
                continue
            if character == "{":
                field, depth, quote = at, 1, ""
        elif character == "\\":
            return field, _BACKSLASH
        elif quote:
            quote = "" if character == quote else quote
        elif character in "\"'":
            quote = character
        elif character == "#":
            return field, _COMMENT
        elif character in "{[(":
            depth += 1
        elif character in "}])":
            depth -= 1
        at += 1
    if depth and not is_closed:
        return field, _LINE_END
    return (field, _QUOTES) if depth and not is_long else None
