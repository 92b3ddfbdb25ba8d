"""Remove a bracket that has no partner."""

from __future__ import annotations

from collections.abc import Iterator

from quickfix_ls.candidates.fixers import Example, fixer
from quickfix_ls.context import Context
from quickfix_ls.values import Candidate


@fixer(
    handles="syntax",
    examples=[
        Example("print(max(1, 2)))\n", "print(max(1, 2))\n"),
        Example("x = 1]\n", "x = 1\n"),
        Example("if (x == 1 and (y == 2):\n    go()\n", "if x == 1 and (y == 2):\n    go()\n"),
        Example("print(1)))\n", "print(1)\n"),
        Example("a = {1: 2}\n}\n", "a = {1: 2}\n"),
    ],
)
def remove_bracket(context: Context) -> Iterator[Candidate]:
    brackets = context.brackets
    run = [index for index in brackets.unmatched if abs(context.tokens[index].start - context.offset) <= 600][:6]
    if len(run) > 1 and run[-1] - run[0] == len(run) - 1:
        start, end = context.tokens[run[0]].start, context.tokens[run[-1]].end
        yield Candidate((context.edit(start, end, ""),), f"Remove the extra `{context.region.text[start:end]}`")
    mismatched = [index for pair in brackets.mismatched for index in pair]
    for index in (*brackets.unmatched, *brackets.unclosed, *mismatched):
        token = context.tokens[index]
        if abs(token.start - context.offset) > 600:
            continue
        start, end = _extent(context, index)
        around = context.region.text[max(0, start - 1) : start] + context.region.text[end : end + 1]
        if around.isalnum() and len(around) == 2:
            continue
        yield Candidate((context.edit(start, end, ""),), f"Remove the extra `{token.text}`")


def _extent(context: Context, index: int) -> tuple[int, int]:
    """The bracket, and its whole line where it stands alone on one."""
    token = context.tokens[index]
    for line in context.lines:
        if line.first == index and line.last == index + 1 and line.start > 0:
            return line.start, min(token.end + 1, len(context.region.text))
    return token.start, token.end
