"""Move a `global` or `nonlocal` declaration that comes after a use of the name to the top of its function."""

from __future__ import annotations

from collections.abc import Iterator

from quickfix_ls.candidates.fixers import Example, fixer
from quickfix_ls.context import Context
from quickfix_ls.languages.python.fixers.declarations import Declaration, declaration_near, first_of_body
from quickfix_ls.languages.python.fixers.enclosing import innermost_function
from quickfix_ls.languages.python.fixers.statements import indentation_of
from quickfix_ls.values import Candidate, Edit


@fixer(
    handles="syntax",
    examples=[
        Example(
            "def step():\n    print(count)\n    global count\n    count += 1\n",
            "def step():\n    global count\n    print(count)\n    count += 1\n",
        ),
        Example(
            'def step():\n    """Step."""\n    if a:\n        n = 1\n        global n, m\n',
            'def step():\n    """Step."""\n    global n, m\n    if a:\n        n = 1\n',
        ),
    ],
    leaves=["def f(x):\n    global x\n    x = 1\n"],
)
def move_global(context: Context) -> Iterator[Candidate]:
    message = context.problem.message
    if "prior to" not in message and "assigned to before" not in message:
        return
    found = declaration_near(context)
    head = innermost_function(context, found.line) if found is not None else None
    if found is None or head is None:
        return
    first = first_of_body(context, head)
    if first is None or first >= found.line:
        return
    place = context.lines[first]
    text = f"{indentation_of(context, place)}{found.text}\n"
    edits = (context.edit(place.start, place.start, text), _removed(context, found))
    yield Candidate(edits, f"Move `{found.text}` to the top of the function")


def _removed(context: Context, found: Declaration) -> Edit:
    return context.edit(found.start, found.end, "")
