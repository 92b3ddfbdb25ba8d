"""Indent the body of a header that stands at the header's own column, and the bodies within it; add the header's colon
if it is missing, too."""

from __future__ import annotations

from collections.abc import Iterator

from quickfix_ls.candidates.elide import beginning
from quickfix_ls.candidates.fixers import Example, fixer
from quickfix_ls.context import Context
from quickfix_ls.languages.python.fixers.block_reading import missing_block, next_statement, reading
from quickfix_ls.languages.python.fixers.reflow import Reflow
from quickfix_ls.languages.python.fixers.statements import indentation_of
from quickfix_ls.values import Candidate


@fixer(
    handles="syntax",
    examples=[
        Example(
            "def area(a, b):\nc = a * b\nreturn c\n\nprint(area(1, 2))\n",
            "def area(a, b):\n    c = a * b\n    return c\n\nprint(area(1, 2))\n",
        ),
        Example("for n in rows:\nprint(n)\nprint('end')\n", "for n in rows:\n    print(n)\nprint('end')\n"),
        Example("if a > 2\nprint('big')\n\nend()\n", "if a > 2:\n    print('big')\n\nend()\n"),
        Example(
            "def f(n):\nif n > 2:\nreturn 'big'\nelse:\nreturn 'small'\n",
            "def f(n):\n    if n > 2:\n        return 'big'\n    else:\n        return 'small'\n",
        ),
        Example(
            "try:\nx = int(s)\nexcept ValueError:\nx = 0\nprint(x)\n",
            "try:\n    x = int(s)\nexcept ValueError:\n    x = 0\nprint(x)\n",
        ),
        Example(
            "class Dog:\ndef __init__(self):\n    self.n = 1\n\ndef bark(self):\n    go()\n\nDog()\n",
            "class Dog:\n    def __init__(self):\n        self.n = 1\n\n    def bark(self):\n        go()\n\nDog()\n",
        ),
    ],
    leaves=["def later():\n\ndef done():\n    return 1\n", "if x:\n    # nothing yet\nprint('end')\n"],
)
def indent_body(context: Context) -> Iterator[Candidate]:
    """Yield a candidate titled "Indent the body: `return a * b`"."""
    head = missing_block(context)
    if head is None or reading(context, head) == "empty":
        return
    following = next_statement(context, head)
    if following is None:
        return
    reflow = Reflow(context)
    reflow.statement(head, indentation_of(context, context.lines[head]))
    edits = tuple(reflow.edits())
    if not edits or following not in reflow.white:
        return
    moved = len(edits) - len(reflow.colons)
    line = context.lines[following]
    shown = beginning(context.text_of(line.first, line.last))
    verb = "Add `:` and indent" if reflow.colons else "Indent"
    count = f" ({moved} lines)" if moved > 1 else ""
    yield Candidate(edits, f"{verb} the body: `{shown}`{count}")
