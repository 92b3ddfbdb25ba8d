"""Remove Markdown code fences (```` ```python ````) that were copied along with the code, and the prose around them."""

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
        Example("Here is the code:\n\n```python\nx = 1\n```\n\nHave fun with it!\n", "x = 1\n"),
        Example("~~~\nx = 1\n~~~\n", "x = 1\n"),
    ],
    leaves=["x = `a`\n"],
)
def remove_fences(context: Context) -> Iterator[Candidate]:
    text = context.region.text
    if "```" not in text and "~~~" not in text:
        return
    fences = list(_FENCE.finditer(text))
    edits = tuple(context.edit(found.start(), found.end(), "") for found in fences)
    if len(fences) == 2 and (text[: fences[0].start()].strip() or text[fences[1].end() :].strip()):
        outside = (context.edit(0, fences[0].end(), ""), context.edit(fences[1].start(), len(text), ""))
        yield Candidate(outside, "Remove the Markdown fences and what stands around them")
    if edits:
        yield Candidate(edits, f"Remove the Markdown fences ({len(edits)} lines)")
