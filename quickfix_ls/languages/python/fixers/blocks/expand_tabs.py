"""Replace tabs in indentation with spaces, with tab stops every eight columns (as in Python 2) or every four."""

from __future__ import annotations

from collections.abc import Iterator

from quickfix_ls.candidates.fixers import Example, fixer
from quickfix_ls.context import Context
from quickfix_ls.values import Candidate


@fixer(
    handles="syntax",
    examples=[
        Example(
            "if x:\n        go()\n\tstop()\n",
            "if x:\n        go()\n        stop()\n",
        ),
        Example(
            "def f(x):\n    if x:\n\tgo()\n    return x\n",
            "def f(x):\n    if x:\n        go()\n    return x\n",
        ),
    ],
    leaves=["if x:\n    go()\n  stop()\n"],
)
def expand_tabs(context: Context) -> Iterator[Candidate]:
    if "\t" not in context.region.text or context.problem.code not in ("TabError", "IndentationError"):
        return
    for size in (8, 4):
        edits = []
        for line in context.lines:
            white = context.region.text[line.start : line.start + line.indent]
            if "\t" in white and not _in_string(context, line.first):
                edits.append(context.edit(line.start, line.start + line.indent, white.expandtabs(size)))
        if edits:
            yield Candidate(tuple(edits), f"Indent with spaces, {size} for a tab ({len(edits)} lines)")


def _in_string(context: Context, first: int) -> bool:
    before = context.tokens[first - 1] if first else None
    return before is not None and before.kind == "string" and "\n" in before.text
