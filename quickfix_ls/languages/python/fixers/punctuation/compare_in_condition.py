"""Replace every single `=` in a function's conditions with `==`, where a comparison is meant."""

from __future__ import annotations

from collections.abc import Iterator

from quickfix_ls.candidates.fixers import Example, fixer
from quickfix_ls.context import Context
from quickfix_ls.languages.python.fixers.conditions import condition_assignments, condition_edits
from quickfix_ls.values import Candidate


@fixer(
    handles="syntax",
    examples=[
        Example("if x = 3 and y = 4:\n    go()\n", "if x == 3 and y == 4:\n    go()\n"),
        Example(
            "def f(n):\n    if n.size = 2:\n        return 1\n    elif n.size = 3:\n        return 2\n",
            "def f(n):\n    if n.size == 2:\n        return 1\n    elif n.size == 3:\n        return 2\n",
        ),
        Example("xs = [x for x in ys if x = 3]\n", "xs = [x for x in ys if x == 3]\n"),
        Example("def f(a, b):\n    assert a = b\n", "def f(a, b):\n    assert a == b\n"),
    ],
    leaves=["while line = source.readline():\n    print(line)\n", "f(a=1, b=2\n"],
)
def compare_in_condition(context: Context) -> Iterator[Candidate]:
    """Yield one candidate for all conditions of the function; those that bind a name get `:=`."""
    found = condition_assignments(context)
    near = [one for one in found if abs(one.line - context.line) <= 1]
    if not near or all(one.reading == "bind" for one in near):
        return
    edits = [edit for one in found for edit in condition_edits(context, one, one.reading)]
    count = f" ({len(found)} places)" if len(found) > 1 else ""
    also = " or `:=`" if any(one.reading == "bind" for one in found) else ""
    yield Candidate(tuple(edits), f"Replace `=` with `==`{also}{count}")
