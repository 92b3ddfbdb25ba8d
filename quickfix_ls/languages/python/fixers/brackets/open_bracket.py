"""Add the missing opening bracket for a closing bracket that has no partner or matches a different one: `print 1, 2)`
becomes `print(1, 2)`."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from quickfix_ls.candidates.elide import beginning
from quickfix_ls.candidates.fixers import Example, fixer
from quickfix_ls.context import Context
from quickfix_ls.languages.python.lexer import CLOSERS, OPENERS
from quickfix_ls.values import Candidate

_MAX_PLACES = 12
_REACH = 600
_BEFORE_OPERAND = frozenset(
    [
        "(",
        "[",
        "{",
        ",",
        "=",
        "==",
        "!=",
        "<",
        ">",
        "<=",
        ">=",
        "+",
        "-",
        "*",
        "/",
        "%",
        ":",
        "return",
        "in",
        "and",
        "or",
        "not",
        "if",
        "else",
        "+=",
        "-=",
        "print",
        "for",
        "yield",
        "lambda",
    ]
)


@fixer(
    handles="syntax",
    examples=[
        Example("print 1, 2)\n", "print(1, 2)\n"),
        Example("x = a + b) * 2\n", "x = (a + b) * 2\n"),
        Example("rows = 1, 2], [3, 4]]\n", "rows = [1, 2], [3, 4]]\n"),
        Example("return_value = foo([a, b), (c, d)])\n", "return_value = foo([(a, b), (c, d)])\n"),
        Example("d.k].pop(1)\n", "d[k].pop(1)\n"),
        Example("x = (a and not b or c))\n", "x = (a and (not b or c))\n"),
        Example("x = y - z) ** 2).mean()\n", "x = ((y - z) ** 2).mean()\n"),
    ],
)
def open_bracket(context: Context) -> Iterator[Candidate]:
    yield from _open_all(context)
    closers = [*context.brackets.unmatched, *(closer for _, closer in context.brackets.mismatched)]
    for closer in closers[:3]:
        if abs(context.tokens[closer].start - context.offset) > _REACH:
            continue
        for count, index in enumerate(_places(context, closer)):
            if count == _MAX_PLACES:
                break
            yield from _open_at(context, index, CLOSERS[context.tokens[closer].text])


def _open_all(context: Context) -> Iterator[Candidate]:
    """Yield candidates that open all brackets of a line that are closed only, at one place."""
    near = [
        index
        for index in context.brackets.unmatched
        if abs(context.tokens[index].start - context.offset) <= _REACH
        and "\n" not in context.region.text[context.tokens[index].start : context.offset]
    ]
    if len(near) > 1:
        openers = "".join(CLOSERS[context.tokens[index].text] for index in reversed(near))
        for index in islice(_places(context, near[0]), _MAX_PLACES // 2):
            yield from _open_at(context, index, openers)


def _places(context: Context, closer: int) -> Iterator[int]:
    """Yield the indices of tokens at which an operand begins, on the closing bracket's line: those at its depth, the
    nearest first, then those in the brackets that are closed directly before it."""
    line = next((line for line in context.lines if line.first <= closer < line.last), None)
    first = line.first if line else closer
    yield from _at_depth(context, first, closer)
    inner = closer - 1
    while inner > first and context.tokens[inner].text == context.tokens[closer].text:
        yield from _at_depth(context, max(first, context.brackets.partner.get(inner, first) + 1), inner)
        inner -= 1


def _at_depth(context: Context, first: int, closer: int) -> Iterator[int]:
    depth = 0
    for index in range(closer - 1, first - 1, -1):
        token = context.tokens[index]
        if token.text in CLOSERS:
            depth += 1
        elif token.text in OPENERS:
            depth -= 1
        before = context.tokens[index - 1].text if index > first else "="
        if depth <= 0 and token.kind != "newline" and (before in _BEFORE_OPERAND or token.text == "."):
            yield index


def _open_at(context: Context, index: int, opener: str) -> Iterator[Candidate]:
    token = context.tokens[index]
    if token.text == "." and len(opener) == 1:
        yield Candidate((context.edit(token.start, token.end, opener),), f"Replace `.` with `{opener}`")
        return
    before = context.tokens[index - 1] if index else None
    called = before is not None and before.kind == "name" and before.end < token.start
    start = before.end if called and before is not None else token.start
    shown = beginning(context.region.text[token.start :].split("\n")[0])
    yield Candidate((context.edit(start, token.start, opener),), f"Open the bracket: `{opener}{shown}`")
