"""Mend the headers of a function together: `else if`, `elseif` and `else x:` become `elif`, `if x then` becomes
`if x:`, missing colons are added."""

from __future__ import annotations

from collections.abc import Iterator

from quickfix_ls.candidates.fixers import Example, fixer
from quickfix_ls.context import Context
from quickfix_ls.languages.python.fixers.change_titles import title_of_edits
from quickfix_ls.languages.python.fixers.enclosing import own_lines
from quickfix_ls.languages.python.fixers.headers import header_edits
from quickfix_ls.values import Candidate


@fixer(
    handles="syntax",
    examples=[
        Example(
            "if a:\n    go()\nelse if b:\n    stop()\nelse if c:\n    wait()\n",
            "if a:\n    go()\nelif b:\n    stop()\nelif c:\n    wait()\n",
        ),
        Example("if a:\n    go()\nelse: if b:\n    stop()\n", "if a:\n    go()\nelif b:\n    stop()\n"),
        Example("if a:\n    go()\nelse b > 2:\n    stop()\n", "if a:\n    go()\nelif b > 2:\n    stop()\n"),
        Example("if a:\n    go()\nelif else:\n    stop()\n", "if a:\n    go()\nelse:\n    stop()\n"),
        Example("if a then\n    go()\nelse\n    stop()\n", "if a:\n    go()\nelse:\n    stop()\n"),
        Example(
            "def f(x)\n    if x\n        return 1\n    elseif x is None\n        return 2\n",
            "def f(x):\n    if x:\n        return 1\n    elif x is None:\n        return 2\n",
        ),
        Example("while i < 3 do\n    go()\n", "while i < 3:\n    go()\n"),
        Example("IF a:\n    go()\nELSE:\n    stop()\n", "if a:\n    go()\nelse:\n    stop()\n"),
    ],
    leaves=["if x == 1:\n    print(x\n", "if a\ngo()\n"],
)
def mend_headers(context: Context) -> Iterator[Candidate]:
    """Yield a candidate for all headers of the function, and one for the header at the problem."""
    lines = own_lines(context)
    near = [index for index in lines if abs(index - context.line) <= 1 and header_edits(context, index)]
    if not near:
        return
    edits = [edit for index in lines for edit in header_edits(context, index)]
    yield Candidate(tuple(edits), title_of_edits(context, edits))
    here = min(near, key=lambda index: abs(index - context.line))
    if len(alone := header_edits(context, here)) < len(edits):
        yield Candidate(tuple(alone), title_of_edits(context, alone))
