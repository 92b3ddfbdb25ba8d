"""Write `except E, e:` of Python 2 as `except E as e:`, or put several exceptions into a tuple."""

from __future__ import annotations

from collections.abc import Iterator

from quickfix_ls.candidates.fixers import Example, fixer
from quickfix_ls.context import Context
from quickfix_ls.values import Candidate


@fixer(
    handles="syntax",
    examples=[
        Example(
            "try:\n    go()\nexcept IOError, e:\n    print(e)\n",
            "try:\n    go()\nexcept IOError as e:\n    print(e)\n",
        ),
        Example(
            "try:\n    go()\nexcept ValueError, TypeError:\n    stop()\n",
            "try:\n    go()\nexcept (ValueError, TypeError):\n    stop()\n",
        ),
        Example(
            "try:\n    go()\nexcept (A, B), e:\n    print(e)\n",
            "try:\n    go()\nexcept (A, B) as e:\n    print(e)\n",
        ),
    ],
)
def name_exception(context: Context) -> Iterator[Candidate]:
    for line in context.lines[max(0, context.line - 1) : context.line + 2]:
        tokens = context.tokens[line.first : line.last]
        if len(tokens) < 5 or tokens[0].text != "except" or tokens[-1].text != ":":
            continue
        name, comma = tokens[-2], tokens[-3]
        if comma.text == "," and name.kind == "name":
            before = tokens[-4]
            yield Candidate((context.edit(before.end, name.start, " as "),), f"Name the exception: `as {name.text}`")
        first, last = tokens[1], tokens[-2]
        if first.text != "(" and any(token.text == "," for token in tokens):
            yield Candidate(
                (context.edit(first.start, first.start, "("), context.edit(last.end, last.end, ")")),
                f"Put the exceptions into a tuple: `({context.region.text[first.start : last.end]})`",
            )
