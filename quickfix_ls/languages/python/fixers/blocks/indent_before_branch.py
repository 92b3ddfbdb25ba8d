"""Indent the statements between a block and its `else`, `elif`, `except` or `finally`, which stand at the margin of the
header."""

from __future__ import annotations

from collections.abc import Iterator

from quickfix_ls.candidates.elide import beginning
from quickfix_ls.candidates.fixers import Example, fixer
from quickfix_ls.context import Context
from quickfix_ls.languages.python.fixers.block_reading import DEFINITIONS, PARTNERS, head_word
from quickfix_ls.languages.python.fixers.enclosing import in_brackets, indent_step
from quickfix_ls.languages.python.fixers.statements import indentation_of
from quickfix_ls.values import Candidate

_MAX_LINES, _REACH = 30, 8


@fixer(
    handles="syntax",
    examples=[
        Example(
            "if a:\n    go()\nprint('x')\nelse:\n    stop()\n", "if a:\n    go()\n    print('x')\nelse:\n    stop()\n"
        ),
        Example(
            "try:\n    a = go()\nb = a + 1\nexcept E:\n    stop()\n",
            "try:\n    a = go()\n    b = a + 1\nexcept E:\n    stop()\n",
        ),
    ],
    leaves=["x = 1\nelse:\n    go()\n"],
)
def indent_before_branch(context: Context) -> Iterator[Candidate]:
    lines = context.lines
    for branch in range(context.line, min(context.line + _REACH, len(lines))):
        partners = PARTNERS.get(head_word(context, branch))
        if not partners:
            continue
        between: list[int] = []
        for above in range(branch - 1, max(-1, branch - _MAX_LINES), -1):
            if lines[above].indent < lines[branch].indent or in_brackets(context, above):
                break
            if lines[above].indent > lines[branch].indent:
                continue
            word = head_word(context, above)
            if word in partners or word in DEFINITIONS:
                if word in partners and between:
                    yield _indented(context, between[-1], branch)
                break
            between.append(above)
        return


def _indented(context: Context, first: int, last: int) -> Candidate:
    """Return the candidate that indents the lines [first, last) by a level."""
    lines, step = context.lines, indent_step(context)
    moved = [index for index in range(first, last) if not in_brackets(context, index)]
    edits = tuple(
        context.edit(
            lines[index].start, lines[index].start + lines[index].indent, indentation_of(context, lines[index]) + step
        )
        for index in moved
    )
    shown = beginning(context.text_of(lines[first].first, lines[first].last))
    count = f" ({len(moved)} lines)" if len(moved) > 1 else ""
    branch = context.tokens[lines[last].first].text
    return Candidate(edits, f"Indent `{shown}`{count} into the block before `{branch}`")
