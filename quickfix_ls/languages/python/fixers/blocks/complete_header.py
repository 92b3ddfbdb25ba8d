"""Complete the header of a block: add a missing `in`, loop variable, parentheses or `if`. `for x range(3):` becomes
`for x in range(3):`, and `x == 3:` before a block `if x == 3:`."""

from __future__ import annotations

from collections.abc import Iterator

from quickfix_ls.candidates.fixers import Example, fixer
from quickfix_ls.context import Context
from quickfix_ls.languages.python.fixers.enclosing import in_brackets
from quickfix_ls.languages.python.fixers.statements import find_top
from quickfix_ls.lexing.layout import Line
from quickfix_ls.values import Candidate

_COMPARES = ("==", "!=", "<", ">", "<=", ">=", "in", "is")


@fixer(
    handles="syntax",
    examples=[
        Example("for x range(3):\n    go(x)\n", "for x in range(3):\n    go(x)\n"),
        Example("for in range(3):\n    go()\n", "for i in range(3):\n    go()\n"),
        Example("rows = [[] for in range(5)]\n", "rows = [[] for _ in range(5)]\n"),
        Example("def f:\n    return 1\n", "def f():\n    return 1\n"),
        Example("def f x, y:\n    return x\n", "def f(x, y):\n    return x\n"),
        Example("for n in [1]:\n    n == 3:\n        go(n)\n", "for n in [1]:\n    if n == 3:\n        go(n)\n"),
        Example("def f x, y):\n    return x\n", "def f(x, y):\n    return x\n"),
    ],
)
def complete_header(context: Context) -> Iterator[Candidate]:
    yield from _condition(context)
    for line in context.lines[max(0, context.line - 1) : context.line + 1]:
        for index in range(line.first, line.last):
            head = context.tokens[index].text
            if head == "for":
                yield from _for(context, line, index)
            elif head == "def" and index + 1 < line.last:
                yield from _def(context, line, index)


def _condition(context: Context) -> Iterator[Candidate]:
    """Yield the `if` before a comparison that has a colon and a block."""
    lines, index = context.lines, context.line
    if index + 1 >= len(lines) or lines[index + 1].indent <= lines[index].indent or in_brackets(context, index):
        return
    line = lines[index]
    head, last = context.tokens[line.first], context.tokens[line.last - 1]
    compares = find_top(context.tokens, line.first, line.last - 1, _COMPARES) is not None
    if head.kind != "keyword" and last.text == ":" and compares:
        yield Candidate((context.edit(head.start, head.start, "if "),), f"Add `if` before `{head.text}`")


def _for(context: Context, line: Line, index: int) -> Iterator[Candidate]:
    tokens = context.tokens
    if index + 1 < line.last and tokens[index + 1].text == "in":
        following = tokens[min(index + 2, line.last - 1)]
        if following.text == "in":
            yield Candidate((context.edit(tokens[index + 1].start, tokens[index + 1].end, "i"),), "Name the item `i`")
        for name in ("i", "_"):
            at = tokens[index].end
            yield Candidate((context.edit(at, at, f" {name}"),), f"Name the item `{name}`")
    if all(token.text != "in" for token in tokens[index : line.last]):
        for left in range(index + 1, min(line.last - 1, index + 8)):
            if (tokens[left].kind == "name" and tokens[left + 1].text != ",") or tokens[left].text == ")":
                at = tokens[left].end
                yield Candidate((context.edit(at, at, " in"),), f"Add `in` after `{tokens[left].text}`")


def _def(context: Context, line: Line, index: int) -> Iterator[Candidate]:
    tokens = context.tokens
    name = tokens[index + 1]
    after = tokens[index + 2] if index + 2 < line.last else None
    last = tokens[line.last - 1]
    if name.kind not in ("name", "keyword") or (after is not None and after.text == "("):
        return
    if after is None or after.text == ":":
        yield Candidate((context.edit(name.end, name.end, "()"),), f"Add `()` after `{name.text}`")
        return
    end = tokens[line.last - 2] if last.text == ":" else last
    edits = [context.edit(name.end, after.start, "(")]
    if end.text != ")":
        edits.append(context.edit(end.end, end.end, ")"))
    yield Candidate(tuple(edits), f"Put the parameters of `{name.text}` into brackets")
