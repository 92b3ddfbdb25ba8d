"""Move a `from __future__ import` to the beginning of the file, behind its docstring and first comments."""

from __future__ import annotations

import re
from collections.abc import Iterator

from quickfix_ls.candidates.fixers import Example, fixer
from quickfix_ls.context import Context
from quickfix_ls.languages.python.fixers.enclosing import logical_last
from quickfix_ls.languages.python.imports import import_block
from quickfix_ls.values import Candidate, Edit, Span


@fixer(
    handles="syntax",
    examples=[
        Example("import sys\nfrom __future__ import annotations\n", "from __future__ import annotations\nimport sys\n"),
        Example(
            '"""Doc."""\nimport sys\nx = 1\nfrom __future__ import division\n',
            '"""Doc."""\nfrom __future__ import division\nimport sys\nx = 1\n',
        ),
        Example(
            "def f():\n    from __future__ import division\n    return 1\n",
            "from __future__ import division\ndef f():\n    return 1\n",
        ),
    ],
    leaves=["from __future__ import annotation\n"],
)
def move_future(context: Context) -> Iterator[Candidate]:
    if "beginning of the file" not in context.problem.message:
        return
    text = context.region.text
    edits, names = [], []
    place = _place(context.snapshot.text)
    for index, line in enumerate(context.lines):
        if [token.text for token in context.tokens[line.first : line.first + 2]] != ["from", "__future__"]:
            continue
        last = logical_last(context, index)
        newline = text.find("\n", context.tokens[last - 1].end)
        end = newline + 1 if newline >= 0 else len(text)
        if context.region.start + line.start >= place:
            edits.append(context.edit(line.start, end, ""))
            names.append(context.text_of(line.first, last))
    if names:
        added = Edit(Span(place, place), "".join(f"{name}\n" for name in names))
        yield Candidate((added, *edits), f"Move `{names[0]}` to the beginning of the file")


def _place(text: str) -> int:
    """Return the offset at which a future import goes: that of the first import, else of the first statement."""
    block = import_block(text)
    if block.imports:
        return block.imports[0].start
    found = re.compile(r"[ \t\r\n]*").match(text, block.place)
    start = found.end() if found is not None else block.place
    return text.rfind("\n", 0, start) + 1
