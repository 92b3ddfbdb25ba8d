"""Fix the header of a branch: replace `else condition:` with `elif`, an `elif` without a condition or without an `if`,
and align a branch with the statement that it belongs to."""

from __future__ import annotations

from collections.abc import Iterator

from quickfix_ls.candidates.elide import beginning
from quickfix_ls.candidates.fixers import Example, fixer
from quickfix_ls.context import Context
from quickfix_ls.languages.python.fixers.statements import indentation_of
from quickfix_ls.lexing.layout import Line
from quickfix_ls.values import Candidate, Edit

_PARTNERS = {
    "else": frozenset({"if", "elif", "for", "while", "try", "except"}),
    "elif": frozenset({"if", "elif"}),
    "except": frozenset({"try", "except"}),
    "finally": frozenset({"try", "except", "else"}),
    "case": frozenset({"case"}),
}
_MAX_LINES = 60


@fixer(
    handles="syntax",
    examples=[
        Example("if a:\n    go()\nelse b:\n    stop()\n", "if a:\n    go()\nelif b:\n    stop()\n"),
        Example("if a:\n    go()\nelif:\n    stop()\n", "if a:\n    go()\nelse:\n    stop()\n"),
        Example("x = 1\nelif x == 2:\n    go()\n", "x = 1\nif x == 2:\n    go()\n"),
        Example(
            "def f():\n    if a:\n        go()\n        else:\n            stop()\n",
            "def f():\n    if a:\n        go()\n    else:\n        stop()\n",
        ),
        Example(
            "def f():\n    try:\n        go()\nexcept E:\n    stop()\n",
            "def f():\n    try:\n        go()\n    except E:\n        stop()\n",
        ),
    ],
    leaves=["for x in y\n    go()\n"],
)
def mend_branch(context: Context) -> Iterator[Candidate]:
    for index in range(context.line, max(-1, context.line - 2), -1):
        if index >= len(context.lines):
            return
        line = context.lines[index]
        head = context.tokens[line.first]
        if head.text in _PARTNERS:
            yield from _reword(context, line)
            yield from _realign(context, index, _PARTNERS[head.text])


def _reword(context: Context, line: Line) -> Iterator[Candidate]:
    tokens = context.tokens
    head = tokens[line.first]
    following = tokens[line.first + 1].text if line.first + 1 < line.last else ""
    if head.text == "else" and following not in (":", "if", ""):
        yield Candidate((context.edit(head.start, head.end, "elif"),), "Replace `else` with `elif`")
    if head.text == "elif":
        new = "else" if following == ":" else "if"
        yield Candidate((context.edit(head.start, head.end, new),), f"Replace `elif` with `{new}`")


def _realign(context: Context, index: int, partners: frozenset[str]) -> Iterator[Candidate]:
    """Yield candidates that align the branch, and its block, with each preceding statement that it could belong to, the
    nearest first."""
    line, seen = context.lines[index], set()
    for above in reversed(context.lines[max(0, index - _MAX_LINES) : index]):
        white = indentation_of(context, above)
        if context.tokens[above.first].text in partners and white not in seen and above.indent != line.indent:
            seen.add(white)
            shown = beginning(context.text_of(above.first, above.last).split("\n")[0])
            head = context.tokens[line.first].text
            yield Candidate(_moved(context, index, white), f"Move `{head}` below `{shown}`")
        if not above.indent:
            return


def _moved(context: Context, index: int, white: str) -> tuple[Edit, ...]:
    """Return the edits that move a line, and the block below it, to a given indentation."""
    line = context.lines[index]
    now = indentation_of(context, line)
    edits = [context.edit(line.start, line.start + line.indent, white)]
    for below in context.lines[index + 1 :]:
        inner = indentation_of(context, below)
        if below.indent <= line.indent or not inner.startswith(now):
            break
        edits.append(context.edit(below.start, below.start + below.indent, white + inner[len(now) :]))
    return tuple(edits)
