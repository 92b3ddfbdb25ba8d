"""Mend the syntax of a `global` or `nonlocal` declaration: put an assignment into a statement of its own, add commas,
remove brackets."""

from __future__ import annotations

from collections.abc import Iterator

from quickfix_ls.candidates.fixers import Example, fixer
from quickfix_ls.context import Context
from quickfix_ls.languages.python.fixers.enclosing import innermost_function, logical_last
from quickfix_ls.languages.python.fixers.statements import find_top, indentation_of
from quickfix_ls.values import Candidate

_ASSIGNS = frozenset({"=", "+=", "-=", "*=", "/="})


@fixer(
    handles="syntax",
    examples=[
        Example("def f():\n    global n = 3\n", "def f():\n    global n\n    n = 3\n"),
        Example("def f():\n    global n += 1\n", "def f():\n    global n\n    n += 1\n"),
        Example("def f():\n    global a b\n    a = b = 1\n", "def f():\n    global a, b\n    a = b = 1\n"),
        Example("def f():\n    global (a, b)\n    a = b = 1\n", "def f():\n    global a, b\n    a = b = 1\n"),
        Example("global n = 3\n", "n = 3\n"),
    ],
    leaves=["def f(x):\n    global x\n    x = 1\n"],
)
def split_global(context: Context) -> Iterator[Candidate]:
    tokens = context.tokens
    for index in (context.line, context.line - 1):
        if not 0 <= index < len(context.lines):
            continue
        line = context.lines[index]
        word = tokens[line.first]
        last = logical_last(context, index)
        if word.text not in ("global", "nonlocal") or line.last - line.first < 2:
            continue
        equals = find_top(tokens, line.first, last, _ASSIGNS)
        name = tokens[line.first + 1]
        if equals is not None and name.kind == "name":
            if innermost_function(context, index) is None:
                yield Candidate((context.edit(word.start, name.start, ""),), f"Remove `{word.text}` in the module")
                return
            names = context.text_of(line.first + 1, equals)
            white = indentation_of(context, line)
            edit = context.edit(name.start, name.start, f"{names}\n{white}")
            yield Candidate((edit,), f"Declare `{names}` on a line of its own")
            return
        inner = [token for token in tokens[line.first + 1 : last] if token.text not in ("(", ")", ",")]
        is_list = all(token.kind in ("name", "newline") for token in inner)
        names = ", ".join(token.text for token in inner if token.kind == "name")
        if is_list and names and names != context.text_of(line.first + 1, last):
            edit = context.edit(name.start, tokens[last - 1].end, names)
            yield Candidate((edit,), f"Write it as `{word.text} {names}`")
            return
