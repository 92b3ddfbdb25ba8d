"""`global` and `nonlocal` declarations near a problem, and the place for them in a function."""

from __future__ import annotations

from typing import NamedTuple

from quickfix_ls.context import Context
from quickfix_ls.languages.python.fixers.enclosing import in_brackets
from quickfix_ls.languages.python.fixers.statements import end_of

_WORDS = frozenset({"global", "nonlocal"})


class Declaration(NamedTuple):
    """A declaration that is a whole line: its line, its tokens [first, last), its names as token indices, its text; the
    offsets [start, end) are those of the line with its line end."""

    line: int
    first: int
    last: int
    names: tuple[int, ...]
    text: str
    start: int
    end: int


def declaration_near(context: Context) -> Declaration | None:
    """Return the declaration at the problem's line, or at the line before or after it, with the problem's name if that
    is known; None if there is none."""
    for line in (context.line, context.line + 1, context.line - 1):
        found = _declaration(context, line)
        if found is not None:
            return found
    return None


def _declaration(context: Context, line: int) -> Declaration | None:
    tokens = context.tokens
    if not 0 <= line < len(context.lines):
        return None
    first = context.lines[line].first
    last = end_of(tokens, first)
    if tokens[first].text not in _WORDS or last != context.lines[line].last:
        return None
    names = tuple(index for index in range(first + 1, last) if tokens[index].kind == "name")
    if any(tokens[index].kind != "name" and tokens[index].text != "," for index in range(first + 1, last)):
        return None
    text = context.region.text
    newline = text.find("\n", tokens[last - 1].end)
    end = newline + 1 if newline >= 0 else len(text)
    return Declaration(line, first, last, names, context.text_of(first, last), context.lines[line].start, end)


def first_of_body(context: Context, head: int) -> int | None:
    """Return the line of the first statement in the body of the function whose header is at a line, behind its
    docstring; None if the body is in the header's line."""
    lines, tokens = context.lines, context.tokens
    at = head + 1
    while at < len(lines) and in_brackets(context, at):
        at += 1
    if at >= len(lines) or lines[at].indent <= lines[head].indent:
        return None
    is_docstring = tokens[lines[at].first].kind == "string" and lines[at].last - lines[at].first == 1
    if is_docstring and at + 1 < len(lines) and lines[at + 1].indent > lines[head].indent:
        return at + 1
    return at
