"""Put a comprehension without brackets into `[]` or `()`: `x = a * 2 for a in rows` becomes
`x = [a * 2 for a in rows]`."""

from __future__ import annotations

from collections.abc import Iterator

from quickfix_ls.candidates.fixers import Example, fixer
from quickfix_ls.context import Context
from quickfix_ls.languages.python.fixers.statements import end_of, find_top, lines_near, operand_start
from quickfix_ls.values import Candidate

_STOPS = frozenset({"=", "+=", "return", ";", "in"})


@fixer(
    handles="syntax",
    examples=[
        Example("x = a * 2 for a in rows\n", "x = [a * 2 for a in rows]\n"),
        Example("def f(rows):\n    return a for a in rows\n", "def f(rows):\n    return [a for a in rows]\n"),
        Example("a > 0 for a in rows\n", "(a > 0 for a in rows)\n"),
    ],
    leaves=["for a in rows\n    go()\n"],
)
def wrap_generator(context: Context) -> Iterator[Candidate]:
    tokens = context.tokens
    for line in lines_near(context, 1, 0):
        loop = find_top(tokens, line.first + 1, line.last, ("for",))
        if loop is None or tokens[loop - 1].text == "async" or tokens[line.last - 1].text == ":":
            continue
        first, last = operand_start(tokens, loop, _STOPS), end_of(tokens, loop)
        if first >= loop or find_top(tokens, loop, last, ("in",)) is None:
            continue
        start, end = tokens[first].start, tokens[last - 1].end
        for opener, closer in ("[]", "()"):
            edits = (context.edit(start, start, opener), context.edit(end, end, closer))
            yield Candidate(edits, f"Put the comprehension into `{opener}{closer}`")
