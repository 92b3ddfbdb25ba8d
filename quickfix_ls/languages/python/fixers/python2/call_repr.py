"""Replace the backticks of Python 2 with a call of `repr`: `` `value` `` becomes `repr(value)`."""

from __future__ import annotations

from collections.abc import Iterator

from quickfix_ls.candidates.elide import beginning
from quickfix_ls.candidates.fixers import Example, fixer
from quickfix_ls.context import Context
from quickfix_ls.languages.python.fixers.statements import is_near
from quickfix_ls.values import Candidate, Edit


@fixer(
    handles="syntax",
    translates=True,
    examples=[
        Example("text = `value`\n", "text = repr(value)\n"),
        Example("print('got ' + `a.b(1)` + '!')\n", "print('got ' + repr(a.b(1)) + '!')\n"),
    ],
    leaves=["x = 'a`b' 1\n"],
)
def call_repr(context: Context) -> Iterator[Candidate]:
    if "`" not in context.region.text:
        return
    pairs = [pair for pair in backticks(context) if is_near(context, context.tokens[pair[0]].start)]
    for first, last in pairs[:4]:
        shown = beginning(context.text_of(first + 1, last))
        yield Candidate(repr_edits(context, first, last), f"Replace the backticks with `repr({shown})`")


def backticks(context: Context) -> list[tuple[int, int]]:
    """Return the token indices of each pair of backticks that encloses at least a token within a line."""
    tokens = context.tokens
    pairs: list[tuple[int, int]] = []
    opened: int | None = None
    for index, token in enumerate(tokens):
        if token.kind == "newline":
            opened = None
        elif token.text == "`" and token.kind == "error":
            if opened is None:
                opened = index
            else:
                if index > opened + 1:
                    pairs.append((opened, index))
                opened = None
    return pairs


def repr_edits(context: Context, first: int, last: int) -> tuple[Edit, ...]:
    """Return the edits that replace a pair of backticks with a call of `repr`."""
    opening, closing = context.tokens[first], context.tokens[last]
    return (context.edit(opening.start, opening.end, "repr("), context.edit(closing.start, closing.end, ")"))
