"""Remove a line that the next one begins with: the same line, cut off or written twice."""

from __future__ import annotations

from collections.abc import Iterator

from quickfix_ls.candidates.elide import beginning
from quickfix_ls.candidates.fixers import Example, fixer
from quickfix_ls.context import Context
from quickfix_ls.languages.python.checks.non_code import is_cut_line
from quickfix_ls.values import Candidate


@fixer(
    handles="syntax",
    examples=[
        Example("def empty(self\ndef empty(self):\n    return 1\n", "def empty(self):\n    return 1\n"),
        Example("def area(w, \n\ndef area(w, h):\n    return w * h\n", "def area(w, h):\n    return w * h\n"),
        Example("def f(x):\ndef f(x):\n    return x\n", "def f(x):\n    return x\n"),
        Example("x = 1\ntotal = \ntotal = x + 2\n", "x = 1\ntotal = x + 2\n"),
    ],
    leaves=["def f(x\n\ndef g(x):\n    return x\n"],
)
def drop_cut_line(context: Context) -> Iterator[Candidate]:
    lines, text = context.lines, context.region.text
    for index in (context.line, context.line - 1):
        if not 0 <= index < len(lines) - 1 or lines[index + 1].indent != lines[index].indent:
            continue
        start, end = lines[index].start, lines[index + 1].start
        if "#" not in text[start:end] and is_cut_line(text, start, end):
            shown = beginning(text[start:end].strip())
            yield Candidate((context.edit(start, end, ""),), f"Remove the line `{shown}`")
            return
