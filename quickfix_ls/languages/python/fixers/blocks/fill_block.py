"""Add `pass` to a block that is empty or contains only comments."""

from __future__ import annotations

from collections.abc import Iterator

from quickfix_ls.candidates.elide import beginning
from quickfix_ls.candidates.fixers import Example, fixer
from quickfix_ls.context import Context
from quickfix_ls.values import Candidate


@fixer(
    handles="syntax",
    examples=[
        Example("class A(Exception):\n\nx = 1\n", "class A(Exception):\n    pass\n\nx = 1\n"),
        Example(
            "def f():\n    # later\n\ndef g():\n    return 1\n",
            "def f():\n    pass\n    # later\n\ndef g():\n    return 1\n",
        ),
        Example("def f():\n", "def f():\n    pass\n"),
    ],
    leaves=["if x:\n    go()\n  stop()\n"],
)
def fill_block(context: Context) -> Iterator[Candidate]:
    for index in range(context.line, max(-1, context.line - 3), -1):
        if not context.lines or not 0 <= index < len(context.lines):
            return
        line = context.lines[index]
        last = context.tokens[line.last - 1]
        following = context.lines[index + 1] if index + 1 < len(context.lines) else None
        if last.text != ":" or (following is not None and following.indent > line.indent):
            continue
        indent = context.region.text[line.start : line.start + line.indent]
        rest = context.region.text[last.end :].splitlines()
        place = last.end + len(rest[0]) if rest else last.end
        yield Candidate(
            (context.edit(place, place, f"\n{indent}    pass"),),
            f"Fill the empty block of `{beginning(line.text(context.tokens))}` with `pass`",
            safety="needs-a-look",
        )
        return
