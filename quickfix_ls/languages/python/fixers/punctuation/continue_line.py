"""Join a line that ends in the middle of an expression with the next line, or continue it with a backslash."""

from __future__ import annotations

from collections.abc import Iterator

from quickfix_ls.candidates.elide import beginning, ending
from quickfix_ls.candidates.fixers import Example, fixer
from quickfix_ls.context import Context
from quickfix_ls.values import Candidate

_WANTS_MORE = frozenset(["=", "+", "-", "*", "/", "%", "and", "or", "not", "in", "is", "==", "!=", "<", ">", ".", "+="])
_GOES_ON = frozenset([".", "+", "*", "/", "%", "and", "or", "in", "is", "==", "!=", "<", ">"])


@fixer(
    handles="syntax",
    examples=[
        Example("total =\n    first + second\n", "total = first + second\n"),
        Example("total = first +\nsecond\n", "total = first + second\n"),
        Example("rows.filter(f)\n.map(g)\n", "rows.filter(f) \\\n.map(g)\n"),
        Example("ok = a\n    and b\n", "ok = a \\\n    and b\n"),
    ],
    leaves=["x = 1\n  y = 2\n"],
)
def continue_line(context: Context) -> Iterator[Candidate]:
    tokens, lines = context.tokens, context.lines
    for index in range(max(0, context.line - 1), min(len(lines) - 1, context.line + 1)):
        last, following = tokens[lines[index].last - 1], tokens[lines[index + 1].first]
        between = context.region.text[last.end : following.start]
        if between.strip() or tokens[lines[index].first].text in ("import", "from"):
            continue
        if last.text in _WANTS_MORE:
            space = "" if last.text == "." else " "
            yield Candidate(
                (context.edit(last.end, following.start, space),),
                f"Join the lines: `{ending(last.text)}{space}{beginning(following.text)}`",
            )
        elif following.text in _GOES_ON and last.text != ":":
            yield Candidate((context.edit(last.end, last.end, " \\"),), "Continue the line with a backslash")
