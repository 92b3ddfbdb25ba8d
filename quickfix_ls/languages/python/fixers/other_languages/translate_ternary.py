"""Replace `condition ? a : b` with `a if condition else b`."""

from __future__ import annotations

from collections.abc import Iterator

from quickfix_ls.candidates.elide import beginning
from quickfix_ls.candidates.fixers import Example, fixer
from quickfix_ls.context import Context
from quickfix_ls.languages.python.fixers.statements import end_of, find_top, is_near, operand_start
from quickfix_ls.languages.python.lexer import CLOSERS, OPENERS
from quickfix_ls.values import Candidate

_STOPS = frozenset({"=", "+=", "-=", "return", ",", ":", ";", "yield", "(", "[", "{"})


@fixer(
    handles="syntax",
    examples=[
        Example("x = c ? a : b\n", "x = a if c else b\n"),
        Example("return_value(n > 1 ? f(n, 2) : 0, 3)\n", "return_value(f(n, 2) if n > 1 else 0, 3)\n"),
        Example("print((x == 1) ? 'one' : 'many');\n", "print('one' if (x == 1) else 'many');\n"),
        Example("def f(x):\n    return x ? 1 : 0\n", "def f(x):\n    return 1 if x else 0\n"),
    ],
    leaves=["x = c ? a\n"],
)
def translate_ternary(context: Context) -> Iterator[Candidate]:
    if "?" not in context.region.text:
        return
    tokens = context.tokens
    for mark, token in enumerate(tokens):
        if token.text != "?" or not is_near(context, token.start):
            continue
        colon = find_top(tokens, mark + 1, end_of(tokens, mark), (":",))
        first = operand_start(tokens, mark, _STOPS)
        if colon is None or colon == mark + 1 or first == mark:
            continue
        last = _operand_end(context, colon + 1)
        if last == colon + 1:
            continue
        condition, yes, no = (
            context.text_of(*piece) for piece in ((first, mark), (mark + 1, colon), (colon + 1, last))
        )
        new = f"{yes} if {condition} else {no}"
        yield Candidate(
            (context.edit(tokens[first].start, tokens[last - 1].end, new),), f"Write it as `{beginning(new)}`"
        )


def _operand_end(context: Context, index: int) -> int:
    """Return the index after the expression that begins at `index`."""
    depth = 0
    for at in range(index, len(context.tokens)):
        token = context.tokens[at]
        if token.text in CLOSERS:
            depth -= 1
        if depth < 0 or (depth == 0 and (token.text in (",", ";") or token.kind in ("newline", "comment"))):
            return at
        depth += token.text in OPENERS
    return len(context.tokens)
