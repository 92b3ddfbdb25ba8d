"""Remove a bracket that has no partner, or an earlier bracket that closes too soon: `x = 1]` becomes `x = 1`."""

from __future__ import annotations

from collections.abc import Iterator

from quickfix_ls.candidates.fixers import Example, fixer
from quickfix_ls.context import Context
from quickfix_ls.languages.python.lexer import OPENERS
from quickfix_ls.values import Candidate

_MAX_EARLY = 4


@fixer(
    handles="syntax",
    examples=[
        Example("print(max(1, 2)))\n", "print(max(1, 2))\n"),
        Example("x = 1]\n", "x = 1\n"),
        Example("if (x == 1 and (y == 2):\n    go()\n", "if x == 1 and (y == 2):\n    go()\n"),
        Example("print(1)))\n", "print(1)\n"),
        Example("a = {1: 2}\n}\n", "a = {1: 2}\n"),
        Example("df.drop(len(df)), axis=1)\n", "df.drop(len(df), axis=1)\n"),
        Example("x = [(['a', 'b']), 3), (['c'], 1)]\n", "x = [(['a', 'b'], 3), (['c'], 1)]\n"),
    ],
)
def remove_bracket(context: Context) -> Iterator[Candidate]:
    brackets = context.brackets
    run = [index for index in brackets.unmatched if abs(context.tokens[index].start - context.offset) <= 600][:6]
    if len(run) > 1 and run[-1] - run[0] == len(run) - 1:
        start, end = context.tokens[run[0]].start, context.tokens[run[-1]].end
        yield Candidate((context.edit(start, end, ""),), f"Remove the extra `{context.region.text[start:end]}`")
    mismatched = [index for pair in brackets.mismatched for index in pair]
    early = [index for closer in (*brackets.unmatched, *mismatched[1::2]) for index in _early(context, closer)]
    for index in dict.fromkeys((*brackets.unmatched, *brackets.unclosed, *mismatched, *early)):
        token = context.tokens[index]
        if abs(token.start - context.offset) > 600:
            continue
        start, end = _extent(context, index)
        around = context.region.text[max(0, start - 1) : start] + context.region.text[end : end + 1]
        if around.isalnum() and len(around) == 2:
            continue
        yield Candidate((context.edit(start, end, ""),), f"Remove the extra `{token.text}`")


def _early(context: Context, closer: int) -> Iterator[int]:
    """Yield earlier closing brackets that may have closed in place of an unmatched closer.

    The nearest comes first; the search ends at the enclosing bracket or at the start of the statement's line.
    """
    tokens, partner = context.tokens, context.brackets.partner
    index, found = closer - 1, 0
    while index >= 0 and found < _MAX_EARLY:
        opener = partner.get(index)
        if opener is not None and opener < index:
            yield index
            found += 1
            index = opener - 1
        elif tokens[index].text in OPENERS or (tokens[index].kind == "newline" and tokens[index - 1].text != ","):
            return
        else:
            index -= 1


def _extent(context: Context, index: int) -> tuple[int, int]:
    """Return the bracket's start and end, or those of its line if it is alone on the line."""
    token = context.tokens[index]
    for line in context.lines:
        if line.first == index and line.last == index + 1 and line.start > 0:
            return line.start, min(token.end + 1, len(context.region.text))
    return token.start, token.end
