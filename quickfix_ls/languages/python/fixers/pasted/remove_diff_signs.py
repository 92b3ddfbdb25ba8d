"""Remove the signs of a patch that was pasted with its lines: `+    x = 1` becomes `    x = 1`."""

from __future__ import annotations

import re
from collections.abc import Iterator

from quickfix_ls.candidates.fixers import Example, fixer
from quickfix_ls.context import Context
from quickfix_ls.languages.python.fixers.statements import indentation_of
from quickfix_ls.lexing.layout import Line
from quickfix_ls.values import Candidate

_REACH = 30


@fixer(
    handles="syntax",
    examples=[
        Example("def f(x):\n    y = x\n+    return y\n", "def f(x):\n    y = x\n    return y\n"),
        Example("def f(x):\n    y = x\n+   assert y\n", "def f(x):\n    y = x\n    assert y\n"),
        Example("def f(x):\n+    y = x\n+    return y\n\nf(1)\n", "def f(x):\n    y = x\n    return y\n\nf(1)\n"),
    ],
    leaves=["x = 1\n+ 2)\n", "x = (1\n+    2\n"],
)
def remove_diff_signs(context: Context) -> Iterator[Candidate]:
    """Yield a candidate that removes the signs from the line of the problem and those directly around it; in place of
    a sign, a space where the lines around show that it stands for one."""
    lines = context.lines
    near = (at for at in (context.line, context.line + 1) if at < len(lines))
    start = next((at for at in near if _is_added(context, lines[at])), None)
    if start is None:
        return
    first = last = start
    while first > 0 and start - first < _REACH and _is_added(context, lines[first - 1]):
        first -= 1
    while last + 1 < len(lines) and last - start < _REACH and _is_added(context, lines[last + 1]):
        last += 1
    if any(context.brackets.partner.get(opener, -1) > lines[first].first for opener in range(lines[first].first)):
        return
    width = lines[first].start + 1
    white = re.match(r"[ \t]*", context.region.text[width:])
    levels = {indentation_of(context, line) for at, line in enumerate(lines) if not first <= at <= last}
    new = " " if white is not None and white.group() not in levels and " " + white.group() in levels else ""
    added = lines[first : last + 1]
    removed = [context.edit(line.start, line.start + 1, "") for line in added]
    spaces = [context.edit(line.start + 1, line.start + 1, new) for line in added] if new else []
    signs = "signs" if len(added) > 1 else "sign"
    yield Candidate(tuple(sorted([*removed, *spaces])), f"Remove the {signs} of a patch")


def _is_added(context: Context, line: Line) -> bool:
    """Return whether a line begins with `+` at the margin, and is a statement behind it that begins with a word."""
    tokens = context.tokens[line.first : line.last]
    return line.indent == 0 and len(tokens) > 2 and tokens[0].text == "+" and tokens[1].kind in ("name", "keyword")
