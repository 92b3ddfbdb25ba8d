"""Name the class around as the first argument of `super`, where an undefined name stands: the class was renamed, or the
call was copied from another one."""

from __future__ import annotations

from collections.abc import Iterator

from quickfix_ls.candidates.fixers import Example, fixer
from quickfix_ls.context import Context
from quickfix_ls.languages.python.facts import facts_of
from quickfix_ls.languages.python.fixers.name_changes import replace_at, token_at
from quickfix_ls.languages.python.fixers.name_places import NamePlace, place_of
from quickfix_ls.languages.python.names.class_units import class_units
from quickfix_ls.values import Candidate

_BEFORE = "super("


@fixer(
    handles="name",
    certain=True,
    examples=[
        Example(
            "class Page(list):\n    def __init__(self):\n        super(Sheet, self).__init__()\n",
            "class Page(list):\n    def __init__(self):\n        super(Page, self).__init__()\n",
        ),
        Example(
            "class Page(list):\n    def pop(self):\n        return super(Sheet, self).pop()\n\n"
            "    def sort(self):\n        super(Sheet, self).sort()\n",
            "class Page(list):\n    def pop(self):\n        return super(Page, self).pop()\n\n"
            "    def sort(self):\n        super(Page, self).sort()\n",
        ),
    ],
    leaves=[
        "class Page(list):\n    def sort(self):\n        super().sort(Sheet, self)\n",
        "def f(self):\n    return super(Sheet, self).pop()\n",
    ],
)
def name_own_class(context: Context) -> Iterator[Candidate]:
    """Yield a candidate titled "Replace `Sheet` with `Page`"."""
    at, tokens = token_at(context), context.tokens
    if at is None or at < 2 or at + 1 >= len(tokens):
        return
    if [token.text for token in tokens[at - 2 : at]] != ["super", "("] or tokens[at + 1].text != ",":
        return
    first, last = class_units(context.index, place_of(context).unit)
    header = facts_of(context.index, first - 1).uses.opens if first else None
    if header is None or header.name == context.problem.name:
        return
    text = context.snapshot.text

    def fits(place: NamePlace) -> bool:
        return first <= place.unit <= last and text.endswith(_BEFORE, 0, place.span.start)

    yield from replace_at(context, header.name, fits)
