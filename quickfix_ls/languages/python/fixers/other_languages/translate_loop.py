"""Replace the `for` loops of C, Java and JavaScript with Python's: `for (i = 0; i < n; i++)` becomes
`for i in range(n):`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from quickfix_ls.candidates.fixers import Example, fixer
from quickfix_ls.context import Context
from quickfix_ls.languages.python.fixers.statements import lines_near
from quickfix_ls.lexing.layout import Line
from quickfix_ls.values import Candidate, Edit

_TYPE = r"(?:(?:const|final|unsigned|let|var|int|long|auto|size_t|string|String|[A-Z]\w*(?:<[\w, ]+>)?)\s+)?"
_COUNTING = re.compile(
    rf"for\s*\(?\s*{_TYPE}(?P<i>\w+)\s*=\s*(?P<low>[^;]+?)\s*;\s*(?P=i)\s*(?P<sign><=|<|>=|>)\s*(?P<high>[^;]+?)\s*;"
    rf"\s*(?:(?P=i)\s*(?P<step>\+\+|--|[+-]=\s*[\w.]+)|(?:\+\+|--)(?P=i))\s*(?P<end>\)?\s*[{{:]?)\s*$"
)
_EACH = re.compile(rf"for(?:each)?\s*\(\s*{_TYPE}(?P<i>\w+)\s*(?:of|in|:)\s*(?P<rows>.+?)\s*\)\s*[{{:]?\s*$")


@fixer(
    handles="syntax",
    examples=[
        Example("for (i = 0; i < n; i++):\n    go(i)\n", "for i in range(n):\n    go(i)\n"),
        Example("for (int i = 1; i <= n; i++)\n    go(i)\n", "for i in range(1, n + 1):\n    go(i)\n"),
        Example("for i = 10; i > 0; i--:\n    go(i)\n", "for i in range(10, 0, -1):\n    go(i)\n"),
        Example("for (let row of rows):\n    go(row)\n", "for row in rows:\n    go(row)\n"),
    ],
)
def translate_loop(context: Context) -> Iterator[Candidate]:
    for line in lines_near(context):
        edit = loop_edit(context, line)
        if edit is not None:
            # The brace stays for the next step, which removes it together with its closing brace.
            brace = context.tokens[line.last - 1].text == "{"
            kept = replace(edit, text=edit.text[:-1] + " {") if brace else edit
            yield Candidate((kept,), f"Write the loop as `{edit.text}`")


def loop_edit(context: Context, line: Line) -> Edit | None:
    """Return the edit that translates a loop header, including its colon; None if the line is not a foreign loop."""
    head, last = context.tokens[line.first], context.tokens[line.last - 1]
    if not head.text.startswith("for"):
        return None
    new = _translated(context.region.text[head.start : last.end])
    return None if new is None else context.edit(head.start, last.end, f"{new}:")


def _translated(text: str) -> str | None:
    each = _EACH.match(text)
    if each:
        return f"for {each['i']} in {each['rows']}"
    found = _COUNTING.match(text)
    if found is None:
        return None
    name, low, high, sign = found["i"], found["low"], found["high"], found["sign"]
    down = sign.startswith(">")
    step = (found["step"] or ("--" if down else "++")).replace(" ", "")
    if down != step.startswith("-"):
        return None
    if sign.endswith("="):
        high = f"{high} {'-' if down else '+'} 1"
    by = step[2:]
    if down:
        return f"for {name} in range({low}, {high}, -{by or 1})"
    if by:
        return f"for {name} in range({low}, {high}, {by})"
    return f"for {name} in range({high})" if low == "0" else f"for {name} in range({low}, {high})"
