"""Initialize a name that is incremented, appended to or indexed before it is assigned: insert `count = 0` before the
loop."""

from __future__ import annotations

import re
from collections.abc import Iterator

from quickfix_ls.candidates.fixers import Example, fixer
from quickfix_ls.context import Context
from quickfix_ls.languages.python.fixers.name_changes import reads_of
from quickfix_ls.languages.python.fixers.statements import indentation_of
from quickfix_ls.lexing.layout import Line
from quickfix_ls.values import Candidate

_INITIAL_VALUES = (
    (r"[+-]=\s*(?:\d|len\b|int\b|sum\b)", "0"),
    (r"\*=", "1"),
    (r"\+=\s*\(", "()"),
    (r"\+=\s*(?:\[|list\b)", "[]"),
    (r"\+=\s*(?:[rRbBfF]?[\"']|str\b)", '""'),
    (r"\.\s*(?:append|extend|insert)\s*\(", "[]"),
    (r"\.\s*(?:add|discard)\s*\(", "set()"),
    (r"\[[^\]\n]*\]\s*[+-]?=(?!=)", "{}"),
)
"""Pairs of a pattern for the code after the name and the initial value that it implies."""

_BRANCHES = frozenset({"elif", "else", "except", "finally"})


@fixer(
    handles="name",
    examples=[
        Example(
            "def f(xs):\n    for x in xs:\n        if x:\n            count += 1\n    return count\n",
            "def f(xs):\n    count = 0\n    for x in xs:\n        if x:\n            count += 1\n    return count\n",
        ),
        Example(
            "def f(xs):\n    for x in xs:\n        if x not in seen:\n            seen.append(x)\n    return seen\n",
            "def f(xs):\n    seen = []\n    for x in xs:\n        if x not in seen:\n"
            "            seen.append(x)\n    return seen\n",
        ),
        Example("for line in []:\n    text += str(line)\n", 'text = ""\nfor line in []:\n    text += str(line)\n'),
    ],
    leaves=["def f():\n    return count\n"],
)
def bind_name(context: Context) -> Iterator[Candidate]:
    """Yield a candidate titled "Begin with `count = 0`"."""
    name = context.problem.name
    spans = reads_of(context, name)
    if not spans:
        return
    text = context.region.text
    values = (
        value
        for span in spans
        for use, value in _INITIAL_VALUES
        if re.compile(rf"{name}\s*{use}").match(text, span.start - context.region.start)
    )
    value = next(values, None)
    place = _place(context, min(spans).start - context.region.start)
    if value is None or place is None:
        return
    new = f"{indentation_of(context, place)}{name} = {value}\n"
    yield Candidate(
        (context.edit(place.start, place.start, new),), f"Begin with `{name} = {value}`", safety="needs-a-look"
    )


def _place(context: Context, offset: int) -> Line | None:
    """Return the line of the outermost statement around an offset, within its function; None if there is none."""
    lines, tokens = context.lines, context.tokens
    index = max((i for i, line in enumerate(lines) if line.start <= offset), default=None)
    if index is None:
        return None
    outermost = lines[index]
    for line in reversed(lines[:index]):
        head = [token.text for token in tokens[line.first : line.first + 2]]
        is_branch = tokens[outermost.first].text in _BRANCHES
        if line.indent < outermost.indent or (is_branch and line.indent == outermost.indent):
            if head[0] in ("def", "class") or head == ["async", "def"]:
                break
            outermost = line
    return None if tokens[outermost.first].text in _BRANCHES else outermost
