"""Replace `await` outside an async function with `asyncio.run`: `await main()` becomes `asyncio.run(main())`."""

from __future__ import annotations

from collections.abc import Iterator

from quickfix_ls.candidates.fixers import Example, fixer
from quickfix_ls.context import Context
from quickfix_ls.languages.python.imports import import_block
from quickfix_ls.values import Candidate, Edit, Span


@fixer(
    handles="syntax",
    examples=[
        Example("import asyncio\n\nawait main()\n", "import asyncio\n\nasyncio.run(main())\n"),
        Example("x = await main(1)\n", "import asyncio\n\nx = asyncio.run(main(1))\n"),
    ],
    leaves=["await x\n"],
)
def run_coroutine(context: Context) -> Iterator[Candidate]:
    tokens = context.tokens
    if "'await' outside" not in context.problem.message:
        return
    for index in range(max(0, context.at - 1), min(len(tokens) - 2, context.at + 2)):
        if tokens[index].text != "await" or tokens[index + 1].kind != "name":
            continue
        last = index + 1
        while last + 2 < len(tokens) and tokens[last + 1].text == "." and tokens[last + 2].kind == "name":
            last += 2
        closer = context.brackets.partner.get(last + 1)
        if closer is None or tokens[last + 1].text != "(":
            return
        edits = [
            context.edit(tokens[index].start, tokens[index + 1].start, "asyncio.run("),
            context.edit(tokens[closer].end, tokens[closer].end, ")"),
        ]
        block = import_block(context.snapshot.text)
        if "asyncio" not in block.modules:
            if block.place > edits[0].span.start:
                return
            edits.append(Edit(Span(block.place, block.place), f"{block.before}import asyncio{block.after}"))
        yield Candidate(tuple(sorted(edits)), "Run it by `asyncio.run`", safety="needs-a-look")
        return
