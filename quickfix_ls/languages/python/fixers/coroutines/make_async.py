"""Make a function `async` if it uses `await`, `async for` or `async with`, or fix the order of these keywords:
`def async f():` becomes `async def f():`."""

from __future__ import annotations

import re
from collections.abc import Iterator

from quickfix_ls.candidates.fixers import Example, fixer
from quickfix_ls.context import Context
from quickfix_ls.lexing.layout import Line
from quickfix_ls.values import Candidate


@fixer(
    handles="syntax",
    examples=[
        Example("def f():\n    await go()\n", "async def f():\n    await go()\n"),
        Example(
            "class A:\n    def f(self):\n        async with self.x:\n            pass\n",
            "class A:\n    async def f(self):\n        async with self.x:\n            pass\n",
        ),
        Example("await def f():\n    pass\n", "async def f():\n    pass\n"),
        Example("def async f():\n    pass\n", "async def f():\n    pass\n"),
        Example("async f():\n    pass\n", "async def f():\n    pass\n"),
        Example(
            "async def f(x):\n    await for y in x:\n        pass\n",
            "async def f(x):\n    async for y in x:\n        pass\n",
        ),
    ],
    leaves=["await go()\n"],
)
def make_async(context: Context) -> Iterator[Candidate]:
    tokens = context.tokens
    for index in range(max(0, context.at - 3), min(len(tokens) - 1, context.at + 3)):
        pair = (tokens[index].text, tokens[index + 1].text)
        if pair in (("await", "def"), ("def", "async")):
            edit = context.edit(tokens[index].start, tokens[index + 1].end, "async def")
            yield Candidate((edit,), f"Replace `{' '.join(pair)}` with `async def`")
        elif pair[0] == "async" and tokens[index + 1].kind == "name":
            yield Candidate((context.edit(tokens[index].end, tokens[index].end, " def"),), "Add `def` after `async`")
        elif pair in (("await", "for"), ("await", "with")):
            edit = context.edit(tokens[index].start, tokens[index].end, "async")
            yield Candidate((edit,), f"Replace `await {pair[1]}` with `async {pair[1]}`")
    if "async" not in context.problem.message or not context.lines:
        return
    inner = context.lines[context.line].indent
    for line in reversed(context.lines[: context.line]):
        head = tokens[line.first]
        if line.indent < inner and head.text == "def":
            callers = _calls_outside(context, line)
            also = "; its calls elsewhere must be awaited then" if callers else ""
            yield Candidate((context.edit(head.start, head.start, "async "),), f"Make the function `async`{also}")
            return
        if line.indent < inner and head.text in ("class", "async"):
            return
        inner = min(inner, line.indent)


def _calls_outside(context: Context, head: Line) -> bool:
    """Return whether the function whose header is a line is called anywhere in the file but in its own header."""
    name = context.tokens[head.first + 1].text if head.first + 1 < head.last else ""
    calls = re.findall(rf"(?<!\bdef )\b{re.escape(name)}[ \t]*\(", context.snapshot.text)
    return bool(name) and len(calls) > 0
