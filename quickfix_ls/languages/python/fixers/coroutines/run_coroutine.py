"""Replace `await` outside of functions with `asyncio.run`, at all places of the module's code: `await main()` becomes
`asyncio.run(main())`."""

from __future__ import annotations

from collections.abc import Iterator

from quickfix_ls.candidates.elide import beginning
from quickfix_ls.candidates.fixers import Example, fixer
from quickfix_ls.context import Context
from quickfix_ls.languages.python.fixers.dedented_code import dedented_code
from quickfix_ls.languages.python.fixers.enclosing import innermost_function, own_lines, primary_end
from quickfix_ls.languages.python.imports import import_block
from quickfix_ls.values import Candidate, Edit, Span

_NEED_A_LOOP = frozenset({"gather", "wait", "shield", "create_task", "ensure_future", "as_completed"})


@fixer(
    handles="syntax",
    examples=[
        Example("import asyncio\n\nawait main()\n", "import asyncio\n\nasyncio.run(main())\n"),
        Example("x = await main(1)\n", "import asyncio\n\nx = asyncio.run(main(1))\n"),
        Example(
            "import asyncio\nx = await a()\ny = await b(x)\n",
            "import asyncio\nx = asyncio.run(a())\ny = asyncio.run(b(x))\n",
        ),
        Example("import asyncio\nasyncio.run(await main())\n", "import asyncio\nasyncio.run(main())\n"),
    ],
    leaves=[
        "await x\n",
        "import asyncio\n\nawait asyncio.gather(a(), b())\n",
        "async def f(x):\n    x = await g(x)\n\n\nawait h(x)\n",
    ],
)
def run_coroutine(context: Context) -> Iterator[Candidate]:
    if "'await' outside function" not in context.problem.message or not context.lines:
        return
    if dedented_code(context) is not None:
        return
    tokens = context.tokens
    places = [index for line in own_lines(context) for index in _awaits(context, line)]
    if not any(abs(index - context.at) <= 2 for index in places):
        return
    edits: list[Edit] = []
    for index in places:
        end = primary_end(tokens, index + 1, context.brackets.partner)
        if tokens[index + 1].kind != "name" or tokens[end - 1].text != ")":
            return
        if tokens[context.brackets.partner[end - 1] - 1].text in _NEED_A_LOOP:
            return
        if [token.text for token in tokens[max(0, index - 2) : index]] == ["run", "("]:
            edits.append(context.edit(tokens[index].start, tokens[index + 1].start, ""))
            continue
        edits.append(context.edit(tokens[index].start, tokens[index + 1].start, "asyncio.run("))
        edits.append(context.edit(tokens[end - 1].end, tokens[end - 1].end, ")"))
    block = import_block(context.snapshot.text)
    if "asyncio" not in block.modules and any(edit.text for edit in edits):
        if block.place > min(edits).span.start:
            return
        edits.append(Edit(Span(block.place, block.place), f"{block.before}import asyncio{block.after}"))
    yield Candidate(tuple(sorted(edits)), _title(context, places), safety="needs-a-look")


def _title(context: Context, places: list[int]) -> str:
    tokens = context.tokens
    near = min(places, key=lambda index: abs(index - context.at))
    shown = beginning(context.text_of(near + 1, primary_end(tokens, near + 1, context.brackets.partner)))
    count = f" ({len(places)} places)" if len(places) > 1 else ""
    return f"Run it by `asyncio.run({shown})`{count}"


def _awaits(context: Context, line: int) -> Iterator[int]:
    """Yield the tokens `await` of a line that is in no function."""
    here = context.lines[line]
    found = [
        index
        for index in range(here.first, here.last - 1)
        if context.tokens[index].text == "await" and context.tokens[index].kind == "keyword"
    ]
    if found and innermost_function(context, line) is None:
        yield from found
