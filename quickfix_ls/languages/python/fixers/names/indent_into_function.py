"""Indent statements after a function that read its parameters or local variables, so that they belong to it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from quickfix_ls.candidates.fixers import Example, fixer
from quickfix_ls.context import Context
from quickfix_ls.languages.python.fixers.statements import indentation_of
from quickfix_ls.lexing.layout import Line
from quickfix_ls.values import Candidate

_DEFINITIONS = frozenset({"def", "class", "async", "@"})


@fixer(
    handles="name",
    examples=[
        Example(
            "def area(width, height):\n    size = width * height\nreturn_value = size * 2\nprint(3)\n",
            "def area(width, height):\n    size = width * height\n    return_value = size * 2\nprint(3)\n",
        ),
        Example(
            "class A:\n    def __init__(self, n):\n        self.n = n\n    self.tree = [0] * n\n",
            "class A:\n    def __init__(self, n):\n        self.n = n\n        self.tree = [0] * n\n",
        ),
    ],
)
def indent_into_function(context: Context) -> Iterator[Candidate]:
    """Yield candidates titled "Indent into `area`": the statement with its block, or all statements up to the next
    definition."""
    lines, tokens, at = context.lines, context.tokens, context.line
    if not lines:
        return
    head = _function_above(context, at)
    if head is None or not _has(context, head, at, context.problem.name):
        return
    body, here = indentation_of(context, lines[head + 1]), indentation_of(context, lines[at])
    if not body.startswith(here) or len(body) <= len(here):
        return
    name = next(token.text for token in tokens[lines[head].first :] if token.kind == "name")
    for last in dict.fromkeys((_end_of_block(lines, at), _end_of_run(context, at))):
        edits = tuple(context.edit(line.start, line.start, body[len(here) :]) for line in lines[at : last + 1])
        yield Candidate(edits, f"Indent into `{name}`", safety="needs-a-look")


def _function_above(context: Context, at: int) -> int | None:
    """Return the line index of the function header whose body ends directly before a line at the header's level, or
    None."""
    lines, tokens = context.lines, context.tokens
    for index in range(at - 1, -1, -1):
        if lines[index].indent <= lines[at].indent:
            is_function = tokens[lines[index].first].text in ("def", "async")
            return index if is_function and lines[index].indent == lines[at].indent and index + 1 < at else None
    return None


def _has(context: Context, head: int, at: int, name: str) -> bool:
    """Return whether a name occurs in a function other than as an attribute."""
    tokens = context.tokens
    inside = range(context.lines[head].first, context.lines[at].first)
    return any(tokens[i].text == name and tokens[i].kind == "name" and tokens[i - 1].text != "." for i in inside)


def _end_of_block(lines: Sequence[Line], at: int) -> int:
    """Return the index of the last line of a statement, including the lines that are indented below it."""
    last = at
    while last + 1 < len(lines) and lines[last + 1].indent > lines[at].indent:
        last += 1
    return last


def _end_of_run(context: Context, at: int) -> int:
    """Return the index of the last line before the next definition at the same level, or before a shallower line."""
    lines, tokens = context.lines, context.tokens
    last = _end_of_block(lines, at)
    while last + 1 < len(lines) and lines[last + 1].indent == lines[at].indent:
        if tokens[lines[last + 1].first].text in _DEFINITIONS:
            break
        last = _end_of_block(lines, last + 1)
    return last
