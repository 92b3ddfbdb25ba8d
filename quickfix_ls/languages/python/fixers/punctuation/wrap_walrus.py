"""Put parentheses around an assignment expression that requires them: `x = y := 3` becomes `x = (y := 3)`."""

from __future__ import annotations

from collections.abc import Iterator

from quickfix_ls.candidates.elide import beginning
from quickfix_ls.candidates.fixers import Example, fixer
from quickfix_ls.context import Context
from quickfix_ls.languages.python.fixers.statements import find_top, lines_near
from quickfix_ls.languages.python.lexer import CLOSERS, OPENERS
from quickfix_ls.values import Candidate

_ENDS = frozenset({",", ":", "for", "and", "or", "if", "else", "==", "!=", "<", ">", "<=", ">=", "is", "in", "not"})


@fixer(
    handles="syntax",
    examples=[
        Example("x = y := 3\n", "x = (y := 3)\n"),
        Example("if a and b := c:\n    go()\n", "if a and (b := c):\n    go()\n"),
        Example("x = [y for z in w if y := f(z)]\n", "x = [y for z in w if (y := f(z))]\n"),
        Example("while line = f.readline():\n    go()\n", "while line := f.readline():\n    go()\n"),
        Example("if (m = f(x)) is not None:\n    go()\n", "if (m := f(x)) is not None:\n    go()\n"),
    ],
)
def wrap_walrus(context: Context) -> Iterator[Candidate]:
    tokens = context.tokens
    for line in lines_near(context, 1, 0):
        header = tokens[line.first].text in ("if", "while", "elif")
        for index in range(line.first + 1, line.last - 1):
            token = tokens[index]
            is_whole = find_top(tokens, index + 1, line.last, _ENDS - {":"}) is None
            if token.text == "=" and header and is_whole and tokens[index - 1].kind == "name":
                yield Candidate((context.edit(token.start, token.end, ":="),), "Replace `=` with `:=`")
            if token.text != ":=" or tokens[index - 1].kind != "name":
                continue
            start = tokens[index - 1].start
            for last in dict.fromkeys((_end(context, index + 1), find_top(tokens, index, line.last, (":",)))):
                if last is not None and last > index + 1:
                    end = tokens[last - 1].end
                    shown = beginning(context.region.text[start:end])
                    yield Candidate(
                        (context.edit(start, start, "("), context.edit(end, end, ")")),
                        f"Put it in brackets: `({shown})`",
                    )


def _end(context: Context, index: int) -> int:
    """Return the index after the assigned value, up to the next operator of lower precedence."""
    depth = 0
    for at in range(index, len(context.tokens)):
        token = context.tokens[at]
        if token.text in CLOSERS:
            depth -= 1
        if depth < 0 or (depth == 0 and (token.text in _ENDS or token.kind in ("newline", "comment"))):
            return at
        depth += token.text in OPENERS
    return len(context.tokens)
