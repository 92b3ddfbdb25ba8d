"""Remove an assignment of the result of a method that changes its object in place and returns `None`:
`xs = xs.append(1)` becomes `xs.append(1)`."""

from __future__ import annotations

from collections.abc import Iterator

from quickfix_ls.candidates.fixers import Example, fixer
from quickfix_ls.context import Context
from quickfix_ls.languages.python.fixers.name_changes import token_at
from quickfix_ls.values import Candidate


@fixer(
    handles="name",
    errors=("Warning",),
    examples=[
        Example("xs = []\nxs = xs.append(1)\n", "xs = []\nxs.append(1)\n"),
        Example(
            "def f(xs: list):\n    xs = xs.sort()\n    return xs\n", "def f(xs: list):\n    xs.sort()\n    return xs\n"
        ),
    ],
)
def drop_assignment(context: Context) -> Iterator[Candidate]:
    """Yield a candidate titled "Write `xs.append(…)` without `xs =`"."""
    index, tokens = token_at(context), context.tokens
    if index is None or index < 4 or [tokens[index - 3].text, tokens[index - 1].text] != ["=", "."]:
        return
    target, owner = tokens[index - 4], tokens[index - 2]
    if target.text == owner.text:
        edit = context.edit(target.start, owner.start, "")
        yield Candidate((edit,), f"Write `{owner.text}.{tokens[index].text}(…)` without `{owner.text} =`")
