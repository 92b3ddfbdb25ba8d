"""Move a function or class above the first module-level statement that uses it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from quickfix_ls.candidates.fixers import Example, fixer
from quickfix_ls.context import Context
from quickfix_ls.values import Candidate, Edit, Span


@fixer(
    handles="name",
    examples=[
        Example(
            "print(greet())\n\n\ndef greet():\n    return 1\n",
            "def greet():\n    return 1\n\n\nprint(greet())\n\n\n",
        ),
        Example(
            "shop = Shop()\n\n\n@frozen\nclass Shop:\n    x = 1\n\n\ny = 2\nfrozen = 1\n",
            "@frozen\nclass Shop:\n    x = 1\n\n\nshop = Shop()\n\n\ny = 2\nfrozen = 1\n",
        ),
    ],
    leaves=["f()\ng = 1\n"],
)
def move_definition(context: Context) -> Iterator[Candidate]:
    """Yield a candidate titled "Move `greet` above its first use"."""
    name, text = context.problem.name, context.snapshot.text
    if not name.isidentifier() or context.region.prefix:
        return
    found = re.compile(
        rf"^(?:@[^\r\n]*(?:\r\n|\r|\n))*(?:async[ \t]+def|def|class)[ \t]+{name}\b", re.MULTILINE
    ).search(text, context.problem.span.end)
    if found is None:
        return
    start, end = found.start(), _end_of(text, found.end())
    definition = text[start:end].rstrip()
    place = _start_of(text, context.problem.span.start)
    above = Edit(Span(place, place), f"{definition}\n\n\n")
    yield Candidate((above, Edit(Span(start, end), "")), f"Move `{name}` above its first use", safety="needs-a-look")


def _start_of(text: str, position: int) -> int:
    """Return the start offset of the top-level statement that contains a position."""
    heads = re.compile(r"^(?!(?:elif|else|except|finally)\b)[^\s#)\]}]", re.MULTILINE).finditer(text, 0, position + 1)
    return max((head.start() for head in heads), default=0)


def _end_of(text: str, position: int) -> int:
    """Return the start offset of the next top-level statement after a position in a definition's header."""
    following = re.compile(r"^[^\s#)\]}]", re.MULTILINE).search(text, position)
    return following.start() if following is not None else len(text)
