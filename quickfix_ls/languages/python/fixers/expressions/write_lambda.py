"""Write a function inside of an expression as a `lambda`: `f = def(x): return x` and `f = function(x) { return x }`
become `f = lambda x: x`, and an `if` statement in a `lambda` becomes a conditional expression."""

from __future__ import annotations

from collections.abc import Iterator

from quickfix_ls.candidates.elide import beginning
from quickfix_ls.candidates.fixers import Example, fixer
from quickfix_ls.context import Context
from quickfix_ls.languages.python.fixers.statements import end_of, find_top, lines_near
from quickfix_ls.values import Candidate


@fixer(
    handles="syntax",
    examples=[
        Example("f = def(x): return x + 1\n", "f = lambda x: x + 1\n"),
        Example("f = function(x, y) { return x + y; }\n", "f = lambda x, y: x + y\n"),
        Example("rows.sort(key=def(r): r[1])\n", "rows.sort(key=lambda r: r[1])\n"),
        Example("f = lambda x: if x > 1: x else 0\n", "f = lambda x: x if x > 1 else 0\n"),
        Example("f = lambda x: if x > 1: return x else 0\n", "f = lambda x: x if x > 1 else 0\n"),
    ],
    leaves=["def (x):\n    return x\n", "function f(x) { return x }\n"],
)
def write_lambda(context: Context) -> Iterator[Candidate]:
    tokens = context.tokens
    for line in lines_near(context, 1, 0):
        for index in range(line.first, line.last - 2):
            if tokens[index].text in ("def", "function") and index > line.first and tokens[index + 1].text == "(":
                yield from _function(context, index)
            elif tokens[index].text == "lambda":
                yield from _condition(context, index)


def _function(context: Context, index: int) -> Iterator[Candidate]:
    tokens = context.tokens
    closer = context.brackets.partner.get(index + 1, -1)
    if closer < 0 or closer + 2 >= len(tokens) or tokens[closer + 1].text not in (":", "{"):
        return
    first = closer + 2
    first += tokens[first].text == "return"
    is_block = tokens[closer + 1].text == "{"
    end = context.brackets.partner.get(closer + 1, -1) if is_block else end_of(tokens, index)
    last = end
    while last > first and tokens[last - 1].text == ";":
        last -= 1
    if end < 0 or last <= first or any(token.kind == "newline" for token in tokens[index:last]):
        return
    parameters, body = context.text_of(index + 2, closer), context.text_of(first, last)
    new = f"lambda {parameters}: {body}" if parameters else f"lambda: {body}"
    edit = context.edit(tokens[index].start, tokens[end].end if is_block else tokens[last - 1].end, new)
    yield Candidate((edit,), f"Write the function as `{beginning(new)}`")


def _condition(context: Context, index: int) -> Iterator[Candidate]:
    """Yield the candidate for `lambda x: if a: b else c`."""
    tokens = context.tokens
    colon = find_top(tokens, index, len(tokens), (":",))
    end = end_of(tokens, index)
    if colon is None or colon + 2 >= end or tokens[colon + 1].text != "if":
        return
    then = find_top(tokens, colon + 2, end, (":", "return", "then"))
    other = find_top(tokens, colon + 2, end, ("else",))
    if then is None or other is None or not then < other < end - 1:
        return
    first = then + 1 + (tokens[then + 1].text == "return")
    second = other + 1
    while second < end - 1 and tokens[second].text in (":", "return"):
        second += 1
    if first >= other:
        return
    condition = context.text_of(colon + 2, then)
    new = f"{context.text_of(first, other)} if {condition} else {context.text_of(second, end)}"
    edit = context.edit(tokens[colon + 1].start, tokens[end - 1].end, new)
    yield Candidate((edit,), f"Write the condition as `{beginning(new)}`")
