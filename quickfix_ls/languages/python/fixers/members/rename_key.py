"""Replace a misspelled dictionary key with a key of the dictionary's literal."""

from __future__ import annotations

from collections.abc import Iterator

from quickfix_ls.candidates.fixers import Example, fixer
from quickfix_ls.context import Context
from quickfix_ls.values import Candidate, Edit


@fixer(
    handles="name",
    errors=("KeyError",),
    examples=[
        Example(
            "room = {'width': 2, 'height': 3}\nprint(room['widht'])\n",
            "room = {'width': 2, 'height': 3}\nprint(room['width'])\n",
        ),
        Example(
            "room = {'width': 2}\nroom.update(size)\nprint(room['$0widht'])\n",
            "room = {'width': 2}\nroom.update(size)\nprint(room['width'])\n",
            ("", "", "KeyError: 'widht'"),
        ),
    ],
)
def rename_key(context: Context) -> Iterator[Candidate]:
    """Yield candidates titled "Replace the key `widht` with `width`"."""
    name, span = context.problem.name, context.problem.span
    if context.snapshot.text[span.start : span.end] != name:
        return
    for new in context.problem.hints:
        yield Candidate((Edit(span, new),), f"Replace the key `{name}` with `{new}`")
