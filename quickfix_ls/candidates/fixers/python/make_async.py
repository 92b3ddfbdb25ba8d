"""Make the function `async` that uses `await`, `async for` or `async with`."""

from __future__ import annotations

from collections.abc import Iterator

from quickfix_ls.candidates.fixers import Example, fixer
from quickfix_ls.context import Context
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
    ],
)
def make_async(context: Context) -> Iterator[Candidate]:
    tokens = context.tokens
    for index in range(max(0, context.at - 3), min(len(tokens) - 1, context.at + 3)):
        pair = (tokens[index].text, tokens[index + 1].text)
        if pair in (("await", "def"), ("def", "async")):
            edit = context.edit(tokens[index].start, tokens[index + 1].end, "async def")
            yield Candidate((edit,), f"Replace `{' '.join(pair)}` with `async def`")
    if "async" not in context.problem.message or not context.lines:
        return
    inner = context.lines[context.line].indent
    for line in reversed(context.lines[: context.line]):
        head = tokens[line.first]
        if line.indent < inner and head.text == "def":
            yield Candidate((context.edit(head.start, head.start, "async "),), "Make the function `async`")
            return
        if line.indent < inner and head.text in ("class", "async"):
            return
        inner = min(inner, line.indent)
