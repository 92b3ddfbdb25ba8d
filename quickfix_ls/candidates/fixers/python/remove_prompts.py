"""Remove the prompts of an interactive session, `>>> ` and `... ` or `In [3]: `, from all lines around the problem."""

from __future__ import annotations

import re
from collections.abc import Iterator

from quickfix_ls.candidates.fixers import Example, fixer
from quickfix_ls.context import Context
from quickfix_ls.values import Candidate

_PROMPT = re.compile(r"^[ \t]*(>>>(?: |$)|\.\.\.(?: |$)|(?:In|Out)[ ]?\[\d+\]:(?: |$)|\.\.\.:(?: |$))", re.MULTILINE)
_CONTINUED = re.compile(r"\.\.\.:? ?")


@fixer(
    handles="syntax",
    examples=[
        Example(">>> x = 1\n>>> print(x)\n", "x = 1\nprint(x)\n"),
        Example(">>> for i in x:\n...     go(i)\n...\n", "for i in x:\n    go(i)\n\n"),
        Example("In [3]: import os\nIn [4]: x = 1\n", "import os\nx = 1\n"),
        Example("In [3]: for i in x:\n   ...:     go(i)\n", "for i in x:\n    go(i)\n"),
    ],
)
def remove_prompts(context: Context) -> Iterator[Candidate]:
    text = context.region.text
    if ">>>" not in text and "In " not in text:
        return
    found = list(_PROMPT.finditer(text))
    if all(_CONTINUED.fullmatch(one.group(1)) for one in found):
        return
    edits = tuple(context.edit(one.start(), one.end(), "") for one in found)
    yield Candidate(edits, f"Remove the prompts ({len(edits)} lines)")
