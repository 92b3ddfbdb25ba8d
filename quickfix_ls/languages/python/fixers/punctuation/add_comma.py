"""Add a missing comma between two items: `[1 2]` becomes `[1, 2]`."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from quickfix_ls.candidates.elide import beginning, ending
from quickfix_ls.candidates.fixers import Example, fixer
from quickfix_ls.context import Context
from quickfix_ls.lexing.tokens import Token
from quickfix_ls.values import Candidate

_CONSTANTS = frozenset({"True", "False", "None"})
_BEGINS = frozenset({"(", "[", "{", "lambda", "not", "*", "**"})


@fixer(
    handles="syntax",
    examples=[
        Example("x = [1 2]\n", "x = [1, 2]\n"),
        Example("foo(a b)\n", "foo(a, b)\n"),
        Example("d = {\n    'a': 1\n    'b': 2,\n}\n", "d = {\n    'a': 1,\n    'b': 2,\n}\n"),
        Example("foo('buy'{'a': 1})\n", "foo('buy', {'a': 1})\n"),
    ],
    leaves=["x = [1, 2\n"],
)
def add_comma(context: Context) -> Iterator[Candidate]:
    low = context.lines[max(0, context.line - 3)].first if context.lines else 0
    code = [token for token in context.tokens[low : context.at + 40] if token.kind not in ("newline", "comment")]
    for left, right in pairwise(code):
        if _ends_item(left) and _begins_item(right):
            space = "" if context.region.text[left.end : right.start] else " "
            yield Candidate(
                (context.edit(left.end, left.end, "," + space),),
                f"Add `,` between `{ending(left.text)}` and `{beginning(right.text)}`",
            )


def _ends_item(token: Token) -> bool:
    return token.kind in ("name", "number", "string") or token.text in (")", "]", "}") or token.text in _CONSTANTS


def _begins_item(token: Token) -> bool:
    return token.kind in ("name", "number", "string") or token.text in _BEGINS or token.text in _CONSTANTS
