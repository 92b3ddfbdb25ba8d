"""Use either `except` or `except*` for all handlers of a `try`, since Python does not allow both."""

from __future__ import annotations

from collections.abc import Iterator

from quickfix_ls.candidates.fixers import Example, fixer
from quickfix_ls.context import Context
from quickfix_ls.values import Candidate, Edit

_MAX_LINES = 60


@fixer(
    handles="syntax",
    examples=[
        Example(
            "try:\n    a()\nexcept* E:\n    b()\nexcept F:\n    c()\n",
            "try:\n    a()\nexcept* E:\n    b()\nexcept* F:\n    c()\n",
        ),
        Example(
            "try:\n    a()\nexcept E:\n    b()\nexcept* F:\n    c()\n",
            "try:\n    a()\nexcept E:\n    b()\nexcept F:\n    c()\n",
        ),
    ],
)
def match_except_star(context: Context) -> Iterator[Candidate]:
    tokens = context.tokens
    low, high = max(0, context.line - _MAX_LINES), context.line + _MAX_LINES
    heads = [line for line in context.lines[low:high] if tokens[line.first].text == "except"]
    starred: list[Edit] = []
    plain: list[Edit] = []
    for line in heads:
        head, after = tokens[line.first], tokens[min(line.first + 1, line.last - 1)]
        if after.text == "*":
            plain.append(context.edit(after.start, after.end, ""))
        elif after.text != ":":
            starred.append(context.edit(head.end, head.end, "*"))
    if plain and starred:
        yield Candidate(tuple(starred), "Make all of them `except*`")
        yield Candidate(tuple(plain), "Make all of them `except`")
