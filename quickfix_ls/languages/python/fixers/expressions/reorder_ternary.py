"""Put a conditional expression that begins with its condition into Python's order: `x = if c then 1 else 2` becomes
`x = 1 if c else 2`."""

from __future__ import annotations

from collections.abc import Iterator

from quickfix_ls.candidates.elide import beginning
from quickfix_ls.candidates.fixers import Example, fixer
from quickfix_ls.context import Context
from quickfix_ls.languages.python.fixers.statements import find_top, lines_near
from quickfix_ls.languages.python.lexer import CLOSERS, OPENERS
from quickfix_ls.values import Candidate

_BEFORE = frozenset({"=", "+=", "return", "(", "[", ",", "yield"})


@fixer(
    handles="syntax",
    examples=[
        Example("x = if c then 1 else 2\n", "x = 1 if c else 2\n"),
        Example("x = if c: 1 else: 2\n", "x = 1 if c else 2\n"),
        Example("def f(n):\n    return if n > 1: 'a' else 'b'\n", "def f(n):\n    return 'a' if n > 1 else 'b'\n"),
        Example("print(if n then a else b, 3)\n", "print(a if n else b, 3)\n"),
    ],
    leaves=["x = if c\n", "x = [if c for c in d]\n"],
)
def reorder_ternary(context: Context) -> Iterator[Candidate]:
    tokens = context.tokens
    for line in lines_near(context, 1, 0):
        for index in range(line.first + 1, line.last):
            if tokens[index].text != "if" or tokens[index - 1].text not in _BEFORE:
                continue
            otherwise = find_top(tokens, index, line.last, ("else",))
            between = find_top(tokens, index, otherwise or 0, ("then", ":"))
            if otherwise is None or between is None or between in (index + 1, otherwise - 1):
                continue
            no = otherwise + 1 + (otherwise + 1 < line.last and tokens[otherwise + 1].text == ":")
            end = _end(context, no, line.last)
            if end > no:
                new = " ".join(
                    (
                        context.text_of(between + 1, otherwise),
                        "if",
                        context.text_of(index + 1, between),
                        "else",
                        context.text_of(no, end),
                    )
                )
                edit = context.edit(tokens[index].start, tokens[end - 1].end, new)
                yield Candidate((edit,), f"Write it as `{beginning(new)}`")


def _end(context: Context, index: int, last: int) -> int:
    depth = 0
    for at in range(index, last):
        text = context.tokens[at].text
        depth += (text in OPENERS) - (text in CLOSERS)
        if depth < 0 or (depth == 0 and text in (",", ";")):
            return at
    return last
