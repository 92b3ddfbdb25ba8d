"""Replace `=` in a condition with `:=` where the name gets its value there and is used afterwards:
`while line = f.readline():` becomes `while line := f.readline():`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from quickfix_ls.candidates.elide import beginning
from quickfix_ls.candidates.fixers import Example, fixer
from quickfix_ls.context import Context
from quickfix_ls.languages.python.fixers.conditions import (
    ConditionAssignment,
    condition_assignments,
    condition_edits,
)
from quickfix_ls.values import Candidate, Edit


@fixer(
    handles="syntax",
    examples=[
        Example("while line = f.readline():\n    go(line)\n", "while line := f.readline():\n    go(line)\n"),
        Example("if n = len(xs) > 10:\n    print(n)\n", "if (n := len(xs)) > 10:\n    print(n)\n"),
        Example("if (n = len(xs)) > 10:\n    print(n)\n", "if (n := len(xs)) > 10:\n    print(n)\n"),
        Example(
            "def f(a):\n    if a and found = a.get('x'):\n        return found\n",
            "def f(a):\n    if a and (found := a.get('x')):\n        return found\n",
        ),
        Example("ys = [y for x in xs if y = f(x)]\n", "ys = [y for x in xs if (y := f(x))]\n"),
    ],
    leaves=[
        "if x = 3:\n    print(x)\n",
        "def f(answer):\n    if answer = ask():\n        print(answer)\n",
        "if x.y = f():\n    print(x.y)\n",
    ],
)
def bind_in_condition(context: Context) -> Iterator[Candidate]:
    """Yield one candidate for all conditions of the function; those that compare get `==`."""
    found = condition_assignments(context)
    near = [one for one in found if abs(one.line - context.line) <= 1]
    if not any(one.reading in ("bind", "either") for one in near):
        return
    edits: list[Edit] = []
    for one in found:
        reading = "bind" if one in near and one.reading == "either" else one.reading
        edits += condition_edits(context, one, reading)
    yield Candidate(tuple(edits), _title(context, [one for one in near if one.reading != "compare"]))


def _title(context: Context, found: Sequence[ConditionAssignment]) -> str:
    """Return a title such as "Bind with `:=`: `n := len(xs)`"."""
    shown = (
        f"{context.tokens[one.target].text} := {beginning(context.text_of(one.sign + 1, one.end))}" for one in found
    )
    return "Bind with `:=`: " + ", ".join(f"`{text}`" for text in shown)
