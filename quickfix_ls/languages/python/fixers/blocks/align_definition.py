"""Move a definition whose header stands at a column of its own to the column of the definitions beside it; its body
goes along only if it would not fit otherwise."""

from __future__ import annotations

from collections.abc import Iterator

from quickfix_ls.candidates.fixers import Example, fixer
from quickfix_ls.context import Context
from quickfix_ls.languages.python.fixers.block_reading import DEFINITIONS, head_word, is_method
from quickfix_ls.languages.python.fixers.enclosing import in_brackets
from quickfix_ls.languages.python.fixers.statements import indentation_of
from quickfix_ls.values import Candidate, Edit


@fixer(
    handles="syntax",
    errors=("IndentationError",),
    examples=[
        Example(
            "class A:\n    def f(self):\n        pass\n\n  def g(self):\n        pass\n",
            "class A:\n    def f(self):\n        pass\n\n    def g(self):\n        pass\n",
        ),
        Example(
            "class A:\n    def f(self):\n        pass\n\n   def g(self):\n       pass\n",
            "class A:\n    def f(self):\n        pass\n\n    def g(self):\n        pass\n",
        ),
        Example(
            "class A:\n    n = 1\n\n        def g(self):\n            pass\n",
            "class A:\n    n = 1\n\n    def g(self):\n        pass\n",
        ),
        Example(
            "class A:\n    n = 1\n\n  @property\n    def g(self):\n        pass\n",
            "class A:\n    n = 1\n\n    @property\n    def g(self):\n        pass\n",
        ),
        Example("def f():\n    pass\n\n def g():\n    pass\n", "def f():\n    pass\n\ndef g():\n    pass\n"),
    ],
    leaves=["def f(n):\n    if n:\n        n += 1\n   return n\n"],
)
def align_definition(context: Context) -> Iterator[Candidate]:
    """Yield a candidate titled "Move `def second(self):` to column 4"."""
    lines = context.lines
    for index in range(min(context.line + 1, len(lines) - 1), max(-1, context.line - 3), -1):
        if head_word(context, index) not in DEFINITIONS or in_brackets(context, index):
            continue
        first, last = _headers(context, index)
        wanted = _column(context, first, last)
        if wanted is None:
            continue
        edits = _moved(context, first, last, wanted)
        if edits:
            head = lines[last]
            shown = context.region.text[head.start + head.indent :].split("\n")[0].strip()
            yield Candidate(tuple(edits), f"Move `{shown[:60]}` to column {len(wanted.expandtabs())}")
            return


def _headers(context: Context, index: int) -> tuple[int, int]:
    """Return the first and the last line of a definition's header: its decorators and the `def` or `class`."""
    first = last = index
    while first > 0 and head_word(context, first - 1) == "@":
        first -= 1
    while head_word(context, last) == "@" and last + 1 < len(context.lines):
        last += 1
    return first, last


def _column(context: Context, first: int, last: int) -> str | None:
    """Return the indentation of the definitions or statements beside the definition; None if there are none, or it is
    aligned with them."""
    lines, found = context.lines, None
    indents = {lines[at].indent for at in range(first, last + 1)}
    has_self = is_method(context, last)
    for above in range(first - 1, -1, -1):
        if in_brackets(context, above):
            continue
        word, indent = head_word(context, above), lines[above].indent
        if word == "class" and indent < max(indents):
            inner = lines[above + 1]
            found = indentation_of(context, inner) if above + 1 < first else None
            break
        if word in DEFINITIONS and (not has_self or is_method(context, _headers(context, above)[1])):
            found = indentation_of(context, lines[above])
            break
        if indent == 0:
            found = "" if not has_self else None
            break
    if found is None or indents == {len(found)}:
        return None
    return found


def _moved(context: Context, first: int, last: int, wanted: str) -> list[Edit]:
    """Return the edits that move the headers to a column, and the body by as much if it is not indented by a level
    there."""
    lines = context.lines
    edits = [
        context.edit(lines[at].start, lines[at].start + lines[at].indent, wanted)
        for at in range(first, last + 1)
        if not in_brackets(context, at) and indentation_of(context, lines[at]) != wanted
    ]
    shift = len(wanted) - lines[last].indent
    body = _body(context, last, len(wanted))
    inner = lines[body[0]].indent if body else 0
    fits = inner > len(wanted) and inner - len(wanted) in {4, _level(context, first)}
    if body and shift and not fits:
        edits += [
            context.edit(lines[at].start, lines[at].start + lines[at].indent, " " * max(0, lines[at].indent + shift))
            for at in body
        ]
    return edits


def _body(context: Context, head: int, column: int) -> list[int]:
    """Return the lines of a definition's body: those deeper than its header, up to the next definition at the column
    that the header should have."""
    found = []
    for at in range(head + 1, len(context.lines)):
        line = context.lines[at]
        if in_brackets(context, at):
            continue
        if line.indent <= context.lines[head].indent:
            break
        if line.indent <= column and head_word(context, at) in DEFINITIONS:
            break
        found.append(at)
    return found


def _level(context: Context, index: int) -> int:
    """Return the width of a level: that of the last definition's body before a line; 4 if there is none."""
    lines = context.lines
    for above in range(index - 1, 0, -1):
        if head_word(context, above - 1) in ("def", "class") and lines[above].indent > lines[above - 1].indent:
            return lines[above].indent - lines[above - 1].indent
    return 4
