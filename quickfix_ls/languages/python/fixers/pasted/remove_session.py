"""Remove IPython prompts from code that parses nevertheless: `In [1]: x = 3` is a valid annotation."""

from __future__ import annotations

from collections.abc import Iterator

from quickfix_ls.candidates.fixers import Example, fixer
from quickfix_ls.context import Context
from quickfix_ls.languages.python.fixers.pasted.remove_prompts import without_prompts
from quickfix_ls.values import Candidate


@fixer(
    handles="name",
    examples=[
        Example("In [1]: x = 3\nIn [2]: print(x)\n", "x = 3\nprint(x)\n"),
        Example("In [2]: 3 + 4\nOut[2]: 7\n", "3 + 4\n"),
    ],
)
def remove_session(context: Context) -> Iterator[Candidate]:
    if context.problem.name in ("In", "Out"):
        yield from without_prompts(context)
