"""Move `await` behind the `=` of an assignment: `await x = load()` becomes `x = await load()`."""

from __future__ import annotations

from collections.abc import Iterator

from quickfix_ls.candidates.fixers import Example, fixer
from quickfix_ls.context import Context
from quickfix_ls.languages.python.fixers.statements import find_top, lines_near
from quickfix_ls.values import Candidate


@fixer(
    handles="syntax",
    examples=[
        Example(
            "async def f():\n    await x = load()\n    return x\n",
            "async def f():\n    x = await load()\n    return x\n",
        )
    ],
    leaves=["async def f():\n    await load(x=1\n"],
)
def move_await(context: Context) -> Iterator[Candidate]:
    tokens = context.tokens
    for line in lines_near(context, 1, 0):
        equals = find_top(tokens, line.first, line.last, ("=",))
        if tokens[line.first].text != "await" or equals is None or not line.first + 1 < equals < line.last - 1:
            continue
        start = tokens[equals + 1].start
        edits = (
            context.edit(tokens[line.first].start, tokens[line.first + 1].start, ""),
            context.edit(start, start, "await "),
        )
        yield Candidate(edits, "Move `await` behind the `=`")
