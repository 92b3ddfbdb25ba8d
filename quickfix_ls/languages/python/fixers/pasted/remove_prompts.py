"""Remove the prompts of an interactive session (`>>> `, `... `, `In [3]: `) and its printed output."""

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
    """Yield a candidate without the region's prompts and printed output, if there is output, and a candidate without
    the prompts only."""
    text = context.region.text
    if ">>>" not in text and "In " not in text:
        return
    found = list(_PROMPT.finditer(text))
    if all(_CONTINUED.fullmatch(prompt.group(1)) for prompt in found):
        return
    edits = tuple(context.edit(prompt.start(), prompt.end(), "") for prompt in found)
    printed = [context.edit(start, end, "") for start, end in _printed(text)]
    if printed:
        kept = [edit for edit in edits if not any(_holds(removed, edit) for removed in printed)]
        title = f"Remove the prompts, and what was printed ({len(kept) + len(printed)} places)"
        yield Candidate(tuple(sorted([*kept, *printed])), title)
    yield Candidate(edits, f"Remove the prompts ({len(edits)} lines)")


def _printed(text: str) -> Iterator[tuple[int, int]]:
    """Yield the (start, end) offsets of printed output: the lines after a prompt line, up to the next prompt or
    blank line."""
    start: int | None = None
    position, after_code = 0, False
    for line in text.splitlines(keepends=True):
        prompt = _PROMPT.match(line)
        is_code = prompt is not None and not prompt.group(1).startswith("Out")
        if (is_code or not line.strip()) and start is not None:
            yield start, position
            start = None
        elif not is_code and line.strip() and after_code and start is None:
            start = position
        after_code = is_code or (after_code and bool(line.strip()))
        position += len(line)
    if start is not None:
        yield start, position


def _holds(outer: Edit, inner: Edit) -> bool:
    return outer.span.start <= inner.span.start and inner.span.end <= outer.span.end
