"""Remove the prompts of an interactive session, `>>> ` and `... ` or `In [3]: `, and what it printed between them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from quickfix_ls.candidates.fixers import Example, fixer
from quickfix_ls.context import Context
from quickfix_ls.values import Candidate, Edit

_PROMPT = re.compile(r"^[ \t]*(>>>(?: |$)|\.\.\.(?: |$)|(?:In|Out)[ ]?\[\d+\]:(?: |$)|\.\.\.:(?: |$))", re.MULTILINE)
_CONTINUED = re.compile(r"\.\.\.:? ?")


@fixer(
    handles="syntax",
    examples=[
        Example(">>> x = 1\n>>> print(x)\n", "x = 1\nprint(x)\n"),
        Example(">>> for i in x:\n...     go(i)\n...\n", "for i in x:\n    go(i)\n\n"),
        Example(">>> x = 1\n>>> x + 1\n2\n>>> print(x)\n1\n", "x = 1\nx + 1\nprint(x)\n"),
        Example("In [1]: 1 + 1\nOut[1]: 2\nIn [2]: import os\n", "1 + 1\nimport os\n"),
        Example("In [3]: import os\nIn [4]: x = 1\n", "import os\nx = 1\n"),
        Example("In [3]: for i in x:\n   ...:     go(i)\n", "for i in x:\n    go(i)\n"),
    ],
    leaves=["if x >> 1\n    go()\n"],
)
def remove_prompts(context: Context) -> Iterator[Candidate]:
    return without_prompts(context)


def without_prompts(context: Context) -> Iterator[Candidate]:
    """The region without its prompts, and without what was printed between them where there is such."""
    text = context.region.text
    if ">>>" not in text and "In " not in text:
        return
    found = list(_PROMPT.finditer(text))
    if all(_CONTINUED.fullmatch(one.group(1)) for one in found):
        return
    edits = tuple(context.edit(one.start(), one.end(), "") for one in found)
    printed = [context.edit(start, end, "") for start, end in _printed(text)]
    if printed:
        kept = [edit for edit in edits if not any(_holds(one, edit) for one in printed)]
        title = f"Remove the prompts, and what was printed ({len(kept) + len(printed)} places)"
        yield Candidate(tuple(sorted([*kept, *printed])), title)
    yield Candidate(edits, f"Remove the prompts ({len(edits)} lines)")


def _printed(text: str) -> Iterator[tuple[int, int]]:
    """The runs of lines that a session printed: from behind a line with a prompt to the next one, or a blank line."""
    start: int | None = None
    position, begun = 0, False
    for line in text.splitlines(keepends=True):
        prompt = _PROMPT.match(line)
        is_code = prompt is not None and not prompt.group(1).startswith("Out")
        if (is_code or not line.strip()) and start is not None:
            yield start, position
            start = None
        elif not is_code and line.strip() and begun and start is None:
            start = position
        begun = is_code or (begun and bool(line.strip()))
        position += len(line)
    if start is not None:
        yield start, position


def _holds(outer: Edit, inner: Edit) -> bool:
    return outer.span.start <= inner.span.start and inner.span.end <= outer.span.end
