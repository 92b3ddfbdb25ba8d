"""The fields of f-strings that need not be well formed: `{name:.2f}`, fields that are never closed, single `}`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from quickfix_ls.context import Context
from quickfix_ls.languages.python import quiet_parse
from quickfix_ls.languages.python.compile_check import compile_check
from quickfix_ls.languages.python.facts import target_of
from quickfix_ls.languages.python.fixers.statements import is_near
from quickfix_ls.languages.python.lexer import OPENERS
from quickfix_ls.languages.python.string_escapes import LiteralParts, parts_of
from quickfix_ls.lexing.tokens import Token

OPERAND = r"[^\W\d]\w*(?:\.[^\W\d]\w*|\([^(){}]*(?:\([^(){}]*\)[^(){}]*)*\)|\[[^\[\]{}]*\])*"
"""The pattern of a name with attributes, calls and subscripts."""
SPEC = r"(?:%[a-zA-Z](?:[-/:., ]*%[a-zA-Z])*|(?:[^\w\s{}]?[<>=^])?[+\-]?#?0?\d*[,_]?(?:\.\d+)?[bcdeEfFgGnosxX%]?(?!\w))"
"""The pattern of what may stand behind a field's colon: a format specification without fields, or that of a date."""


class Field(NamedTuple):
    """A field, with offsets in the body of its string: `opening` is that of its brace, `end` that of the end of its
    expression, `closing` that of its closing brace, or None if it is never closed, and then `limit` is the end of the
    text that may belong to it.

    `missing` are the brackets that close those which its expression leaves open; `wrong` is the offset of the first
    closing bracket that closes none, or None.
    """

    opening: int
    end: int
    closing: int | None
    limit: int
    missing: str
    wrong: int | None

    def expression(self, body: str) -> str:
        """Return its expression."""
        return body[self.opening + 1 : self.end]


class FormatString(NamedTuple):
    """An f-string: its token, the parts of the literal, the offset of its body in the region, its fields, and the
    offsets in the body of single closing braces."""

    token: Token
    parts: LiteralParts
    start: int
    fields: tuple[Field, ...]
    stray: tuple[int, ...]


def broken_fstrings(context: Context) -> Iterator[FormatString]:
    """Yield the f-strings near the problem that don't compile by themselves."""
    return iter(context.derived(_broken_fstrings))


def is_expression(text: str) -> bool:
    """Return whether a text is an expression, as a field may have it."""
    return bool(text.strip()) and _parses(text.strip())


@lru_cache(maxsize=256)
def _parses(text: str) -> bool:
    return quiet_parse.is_expression(f"({text})")


def _broken_fstrings(context: Context) -> list[FormatString]:
    found = []
    for index in range(max(0, context.at - 12), min(len(context.tokens), context.at_end + 8)):
        token = context.tokens[index]
        if token.kind != "string" or token.text[:1] not in "fFrR" or not is_near(context, token.start, 2000):
            continue
        parts = parts_of(token.text)
        if parts is None or "f" not in parts.prefix.lower():
            continue
        target = target_of(context.index.environment)
        if compile_check(f"async def _():\n ({token.text})\n", target=target) is not None:
            fields, stray = fields_of(parts.body)
            found.append(FormatString(token, parts, token.start + parts.body_start, fields, stray))
    return found


@lru_cache(maxsize=64)
def fields_of(body: str) -> tuple[tuple[Field, ...], tuple[int, ...]]:
    """Return the fields of an f-string's body, and the offsets of single closing braces outside of them."""
    fields: list[Field] = []
    stray: list[int] = []
    index = 0
    while index < len(body):
        char = body[index]
        if char in "{}" and body[index + 1 : index + 2] == char:
            index += 2
            continue
        if char == "{":
            field = _field(body, index)
            fields.append(field)
            index = field.limit if field.closing is None else field.closing + 1
            continue
        if char == "}":
            stray.append(index)
        index += 1
    return tuple(fields), tuple(stray)


def _field(body: str, opening: int) -> Field:
    """Return the field that begins with the brace at an offset."""
    stack: list[str] = []
    end: int | None = None
    wrong: int | None = None
    index = opening + 1
    while index < len(body):
        char = body[index]
        if char in "\"'" and end is None:
            closed = body.find(char, index + 1)
            if closed < 0:
                break
            index = closed
        elif char in "([" and end is None:
            stack.append(OPENERS[char])
        elif char in ")]":
            if stack and stack[-1] == char:
                stack.pop()
            elif not stack and wrong is None:
                wrong = index
        elif char == "{":
            if end is None and not stack and re.search(r"[^\s(\[{,:=+*/%-]\s*\Z", body[opening + 1 : index]):
                break
            stack.append("}")
        elif char == "}":
            if "}" not in stack:
                return Field(opening, end or index, index, index, "".join(reversed(stack)), wrong)
            while stack.pop() != "}":
                pass
        elif not stack and end is None and (char == ":" or (char == "!" and body[index + 1 : index + 2] != "=")):
            end = index
        index += 1
    if end is None or end > index:
        end = index
    return Field(opening, end, None, index, "".join(reversed(stack)), wrong)
