"""The parameters of the functions that a file defines, for fixers of calls in code that does not parse."""

from __future__ import annotations

import re
from collections.abc import Sequence

from quickfix_ls.context import Context
from quickfix_ls.languages.python.fixers.statements import find_top, split_top
from quickfix_ls.languages.python.lexer import CLOSERS, OPENERS, lexed
from quickfix_ls.lexing.tokens import Token

_MAX_TOKENS = 400
_RECEIVERS = frozenset({"self", "cls"})


def parameters_of(context: Context, name: str) -> tuple[str, ...] | None:
    """Return the names of the parameters that a function, method or class of the file takes by position, without
    `self`; None if the file does not define it, or defines it in different ways."""
    text = context.snapshot.text
    starts = [found.end() for found in re.finditer(rf"\bdef[ \t]+{re.escape(name)}[ \t]*\(", text)]
    if not starts and (owner := re.search(rf"^([ \t]*)class[ \t]+{re.escape(name)}\b", text, re.MULTILINE)):
        body = re.compile(rf"^(?!{owner[1]}[ \t]|[ \t]*(?:#.*)?$)", re.MULTILINE).search(text, owner.end())
        end = body.start() if body else len(text)
        made = re.compile(r"\bdef[ \t]+__init__[ \t]*\(").search(text, owner.end(), end)
        starts = [made.end()] if made else []
    found = {_positional(text, start) for start in starts}
    return found.pop() if len(found) == 1 else None


def code_pieces(tokens: Sequence[Token], first: int, last: int) -> list[tuple[int, int]]:
    """Split the token range [first, last) at its commas outside of brackets; return the ranges without line ends and
    comments at their edges, and without empty ones."""
    pieces = []
    for start, end in split_top(tokens, first, last):
        while start < end and tokens[start].kind in ("newline", "comment"):
            start += 1
        while start < end and tokens[end - 1].kind in ("newline", "comment"):
            end -= 1
        if start < end:
            pieces.append((start, end))
    return pieces


def _positional(text: str, start: int) -> tuple[str, ...] | None:
    """Return the parameters behind an opening bracket at `start` - 1 that can be given by position; None if there may
    be any number of them."""
    tokens: list[Token] = []
    depth = 0
    for token in lexed(text, start):
        depth += (token.text in OPENERS) - (token.text in CLOSERS)
        if depth < 0 or len(tokens) > _MAX_TOKENS:
            break
        tokens.append(token)
    names = []
    for first, last in code_pieces(tokens, 0, len(tokens)):
        head = tokens[first]
        if head.text in ("*", "**"):
            if head.text == "*" and last > first + 1:
                return None
            break
        if head.kind == "name":
            names.append(head.text)
    return tuple(name for place, name in enumerate(names) if place or name not in _RECEIVERS)


def keyword_of(tokens: Sequence[Token], first: int, last: int) -> str:
    """Return the name of an argument that is given by keyword, or of a parameter with a default; else an empty
    string."""
    equals = find_top(tokens, first, last, ("=",))
    return tokens[first].text if equals is not None and tokens[first].kind == "name" else ""
