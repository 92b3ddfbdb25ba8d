"""Slice with square brackets instead of parentheses or braces: `letters(1:3)` becomes `letters[1:3]`."""

from __future__ import annotations

import builtins
from collections.abc import Iterator

from quickfix_ls.candidates.elide import beginning
from quickfix_ls.candidates.fixers import Example, fixer
from quickfix_ls.context import Context
from quickfix_ls.languages.python.fixers.signatures import parameters_of
from quickfix_ls.languages.python.fixers.statements import find_top, is_near, split_top
from quickfix_ls.languages.python.lexer import CLOSERS
from quickfix_ls.values import Candidate, Edit

_REACH = 600
_MAX_COLONS, _MAX_TOGETHER = 2, 6


@fixer(
    handles="syntax",
    examples=[
        Example("print(letters(1:3))\n", "print(letters[1:3])\n"),
        Example("rest = rows(1:)\n", "rest = rows[1:]\n"),
        Example("x = table.values(:, 1)\n", "x = table.values[:, 1]\n"),
        Example("x = text{::-1}\n", "x = text[::-1]\n"),
        Example("for row in rows(2:):\n    go(row)\n", "for row in rows[2:]:\n    go(row)\n"),
        Example("x = s(0:1) + s(-1:)\n", "x = s[0:1] + s[-1:]\n"),
        Example("x = rows[1;3]\n", "x = rows[1:3]\n"),
        Example("del rows(0)\n", "del rows[0]\n"),
    ],
    leaves=["x = f(a=1 b=2)\n", "put('tea': 'green')\n", "x = f(lambda a: a b)\n"],
)
def index_slice(context: Context) -> Iterator[Candidate]:
    tokens, partner = context.tokens, context.brackets.partner
    sliced: list[tuple[int, int]] = []
    for opener in range(max(1, context.at - 60), min(len(tokens), context.at_end + 60)):
        closer = partner.get(opener, -1)
        if closer <= opener or not is_near(context, tokens[opener].start, _REACH):
            continue
        # What is in the brackets comes first: whether they may index is a question to the whole file.
        if tokens[opener].text == "[":
            sign = find_top(tokens, opener + 1, closer, (";",))
            if sign is not None and _may_be_indexed(context, opener):
                new = context.edit(tokens[sign].start, tokens[sign].end, ":")
                yield Candidate((new,), f"Replace `;` with `:` after `{beginning(context.text_of(opener, sign))}`")
        elif _is_index(context, opener, closer) and _may_be_indexed(context, opener):
            sliced.append((opener, closer))
    if 1 < len(sliced) <= _MAX_TOGETHER:
        edits = tuple(edit for pair in sliced for edit in _edits(context, *pair))
        yield Candidate(edits, f"Index with `[…]` in {len(sliced)} places")
    for opener, closer in sliced:
        inner = beginning(context.text_of(opener + 1, closer))
        yield Candidate(tuple(_edits(context, opener, closer)), f"Index with `[{inner}]`")


def _edits(context: Context, opener: int, closer: int) -> Iterator[Edit]:
    tokens = context.tokens
    yield context.edit(tokens[opener].start, tokens[opener].end, "[")
    yield context.edit(tokens[closer].start, tokens[closer].end, "]")


def _may_be_indexed(context: Context, opener: int) -> bool:
    """Return whether a bracket directly follows a value that is no builtin function and no name of a definition."""
    tokens = context.tokens
    owner = tokens[opener - 1]
    if owner.kind == "string" or owner.text in CLOSERS:
        return tokens[opener].text != "{" or owner.end == tokens[opener].start
    if owner.kind != "name" or owner.end != tokens[opener].start:
        return False
    before = tokens[opener - 2].text if opener > 1 else ""
    if before == ".":
        return True
    is_function = hasattr(builtins, owner.text) or parameters_of(context, owner.text) is not None
    return before not in ("def", "class") and not is_function


def _is_index(context: Context, opener: int, closer: int) -> bool:
    return _is_slice(context, opener, closer) or _is_deleted(context, opener, closer)


def _is_slice(context: Context, opener: int, closer: int) -> bool:
    """Return whether the items in brackets can be indices, and one is a slice."""
    slices = 0
    for first, last in split_top(context.tokens, opener + 1, closer):
        if find_top(context.tokens, first, last, ("lambda", "=")) is not None:
            return False
        pieces = split_top(context.tokens, first, last, ":")
        if len(pieces) == 1:
            continue
        has_key = any(context.tokens[start].kind == "string" for start, end in pieces if start < end)
        if len(pieces) > _MAX_COLONS + 1 or has_key:
            return False
        slices += 1
    return slices > 0


def _is_deleted(context: Context, opener: int, closer: int) -> bool:
    """Return whether the brackets end a `del` statement, which deletes an item and no result of a call."""
    tokens = context.tokens
    line = next((line for line in context.lines if line.first <= opener < line.last), None)
    return line is not None and tokens[line.first].text == "del" and closer == line.last - 1 and closer > opener + 1
