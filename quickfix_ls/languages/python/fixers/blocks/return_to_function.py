"""Indent the statements after a function that hold a `return`, `yield` or `await` of it, with those between, so that
they belong to the function again."""

from __future__ import annotations

from collections.abc import Iterator

from quickfix_ls.candidates.elide import beginning
from quickfix_ls.candidates.fixers import Example, fixer
from quickfix_ls.context import Context
from quickfix_ls.languages.python.fixers.dedented_code import dedented_code
from quickfix_ls.languages.python.fixers.enclosing import in_brackets
from quickfix_ls.languages.python.fixers.statements import indentation_of
from quickfix_ls.values import Candidate


@fixer(
    handles="syntax",
    examples=[
        Example(
            "def add(rows):\n    rows = list(rows)\ntotal = sum(rows)\nreturn total\n\nprint(add([]))\n",
            "def add(rows):\n    rows = list(rows)\n    total = sum(rows)\n    return total\n\nprint(add([]))\n",
        ),
        Example(
            "class A:\n    def f(self):\n        x = self.x\n    return x\n\n    def g(self):\n        pass\n",
            "class A:\n    def f(self):\n        x = self.x\n        return x\n\n    def g(self):\n        pass\n",
        ),
        Example(
            "async def f(x):\n    a = await g(x)\nb = await g(a)\nprint(b)\n\nf(1)\n",
            "async def f(x):\n    a = await g(x)\n    b = await g(a)\n    print(b)\n\nf(1)\n",
        ),
        Example(
            "async def hear(text):\n    print(text)\n\nif text:\n    await say('on')\n\nstart()\n",
            "async def hear(text):\n    print(text)\n\n    if text:\n        await say('on')\n\nstart()\n",
        ),
    ],
    leaves=["x = 3\nreturn x\n", "async def main():\n    go()\n\n\nawait main()\n"],
)
def return_to_function(context: Context) -> Iterator[Candidate]:
    code = dedented_code(context)
    if code is None:
        return
    lines, first = context.lines, code.first
    body = indentation_of(context, lines[code.head + 1])
    here = indentation_of(context, lines[first])
    if not body.startswith(here) or body == here:
        return
    added = body[len(here) :]
    moved = [index for index in range(first, code.last + 1) if not in_brackets(context, index)]
    edits = tuple(context.edit(lines[index].start, lines[index].start, added) for index in moved)
    shown = beginning(context.text_of(lines[first].first, lines[first].last))
    count = f" ({len(moved)} lines)" if len(moved) > 1 else ""
    yield Candidate(edits, f"Indent `{shown}`{count} into the function above")
