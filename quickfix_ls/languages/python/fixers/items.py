"""The items between two brackets of broken code: operands, the separators between them, and the places where one is
missing."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from quickfix_ls.context import Context
from quickfix_ls.languages.python.lexer import CLOSERS
from quickfix_ls.lexing.tokens import Token

GAP = ""
"""The text of a separator that is missing."""

_SEPARATORS = frozenset({",", ":", "=", ";", "->"})
_CONSTANTS = frozenset({"True", "False", "None", "..."})
_BEGINS = frozenset({"lambda", "await", "{"})
_OPERANDS = frozenset({"name", "number", "string"})


class Part(NamedTuple):
    """An operand or a separator, the tokens [first, last) without line ends and comments at its edges.

    `sign` is None for an operand; for a separator it is its text, or GAP if there is none (then `first` is `last`, the
    index of the next token).
    """

    first: int
    last: int
    sign: str | None = None

    @property
    def is_operand(self) -> bool:
        return self.sign is None


def parts_in(context: Context, opener: int, closer: int) -> list[Part]:
    """Return the parts between two brackets, in order; empty for a comprehension, which is no list of items."""
    tokens = context.tokens
    code = [index for index in _top(context, opener, closer) if tokens[index].kind not in ("newline", "comment")]
    if any(tokens[index].text == "for" for index in code):
        return []
    parts: list[Part] = []
    start: int | None = None
    in_lambda = 0
    for place, index in enumerate(code):
        token = tokens[index]
        in_lambda += token.text == "lambda"
        before = code[place - 1] if place else None
        if token.text in _SEPARATORS and token.kind == "op" and not in_lambda:
            if start is not None and before is not None:
                parts.append(Part(start, _end(context, before)))
            parts.append(Part(index, index + 1, token.text))
            start = None
            continue
        if start is None and _is_arrow_head(context, index, parts):
            parts[-1] = Part(index - 1, index + 1, "=>")
            continue
        in_lambda -= token.text == ":"
        if start is not None and before is not None and not in_lambda and is_gap(context, before, index):
            parts += [Part(start, _end(context, before)), Part(index, index, GAP)]
            start = None
        start = index if start is None else start
    if start is not None:
        parts.append(Part(start, _end(context, code[-1])))
    return parts


def last_of(context: Context, operand: Part) -> Token:
    """Return the last token of an operand."""
    return context.tokens[operand.last - 1]


def is_name(context: Context, operand: Part) -> bool:
    """Return whether an operand is a plain name."""
    return operand.last == operand.first + 1 and context.tokens[operand.first].kind == "name"


def is_literal(context: Context, operand: Part) -> bool:
    """Return whether an operand is a string or a number."""
    return operand.last == operand.first + 1 and context.tokens[operand.first].kind in ("string", "number")


def _top(context: Context, opener: int, closer: int) -> list[int]:
    """Return the indices of the tokens between two brackets, without those inside of inner brackets."""
    found, index = [], opener + 1
    while index < closer:
        found.append(index)
        index = max(context.brackets.partner.get(index, index), index) + 1
    return found


def _end(context: Context, index: int) -> int:
    """Return the index after an operand's last token, over the inner brackets that begin at it."""
    return max(context.brackets.partner.get(index, index), index) + 1


def _is_arrow_head(context: Context, index: int, parts: Sequence[Part]) -> bool:
    """Return whether a token is the `>` of `=>`."""
    tokens = context.tokens
    return (
        tokens[index].text == ">"
        and bool(parts)
        and parts[-1].sign == "="
        and parts[-1].first == index - 1
        and tokens[index - 1].end == tokens[index].start
    )


def is_gap(context: Context, before: int, index: int) -> bool:
    """Return whether a separator is missing between two neighbours; the first may be an opening bracket, which stands
    for all up to its partner."""
    tokens = context.tokens
    left, right = tokens[_end(context, before) - 1], tokens[index]
    if left.kind not in _OPERANDS and left.text not in CLOSERS and left.text not in _CONSTANTS:
        return False
    if left.text == "..." and left.end == right.start:
        return False
    if right.text == "**" and before > 1 and tokens[before - 1].text == "*" and tokens[before - 2].text in ("(", ","):
        # `*args **kwargs`
        return True
    if right.text == "not":
        return not (index + 1 < len(tokens) and tokens[index + 1].text == "in")
    if left.kind == right.kind == "string":
        return index + 1 < len(tokens) and tokens[index + 1].text in (":", "=")
    if right.text in ("(", "["):
        return left.text in CLOSERS and "\n" in context.region.text[left.end : right.start]
    return right.kind in _OPERANDS or right.text in _CONSTANTS or right.text in _BEGINS
