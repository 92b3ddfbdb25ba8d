"""Remove the fences of Markdown, ```` ```python ````, that were copied along with the code."""

from __future__ import annotations

import re
from collections.abc import Iterator

from quickfix_ls.candidates.fixers import Example, fixer
from quickfix_ls.context import Context
from quickfix_ls.values import Candidate

_FENCE = re.compile(r"^[ \t]*(?:`{3,}|~{3,})[ \t]*[\w+.-]*[ \t]*(?:\r?\n|\Z)", re.MULTILINE)


@fixer(
    handles="syntax",
    examples=[
        Example("```python\nx = 1\n```\n", "x = 1\n"),
        Example("x = 1\n```\n", "x = 1\n"),
        Example("~~~\nx = 1\n~~~\n", "x = 1\n"),
    ],
)
def remove_fences(context: Context) -> Iterator[Candidate]:
    text = context.region.text
    if "```" not in text and "~~~" not in text:
        return
    edits = tuple(context.edit(found.start(), found.end(), "") for found in _FENCE.finditer(text))
    if edits:
        yield Candidate(edits, f"Remove the Markdown fences ({len(edits)} lines)")
