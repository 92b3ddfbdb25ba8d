"""Add the missing `+` between a string and another operand, or the missing `*` between a number and a name: `2x`
becomes `2*x`."""

from __future__ import annotations

from collections.abc import Iterator

from quickfix_ls.candidates.elide import beginning, ending
from quickfix_ls.candidates.fixers import Example, fixer
from quickfix_ls.context import Context
from quickfix_ls.languages.python.fixers.statements import lines_near
from quickfix_ls.languages.python.lexer import CLOSERS
from quickfix_ls.lexing.tokens import Token
from quickfix_ls.values import Candidate


@fixer(
    handles="syntax",
    examples=[
        Example('print("a" x "b")\n', 'print("a" + x + "b")\n'),
        Example("area = 2x + 1\n", "area = 2*x + 1\n"),
        Example("y = 2(x + 1) 3\n", "y = 2*(x + 1) * 3\n"),
        Example('text = "n: " str(n)\n', 'text = "n: " + str(n)\n'),
    ],
)
def add_operator(context: Context) -> Iterator[Candidate]:
    """Yield a candidate for all gaps of a line together, and candidates for each gap."""
    tokens = context.tokens
    for line in lines_near(context, 1, 0):
        gaps = [i for i in range(line.first, line.last - 1) if _joins(tokens[i], tokens[i + 1])]
        text = any(tokens[i + side].kind == "string" for i in gaps for side in (0, 1))
        operator = "+" if text else "*"
        edits = tuple(
            context.edit(tokens[i].end, tokens[i + 1].start, _spaced(tokens[i], tokens[i + 1], operator))
            for i in gaps
            if tokens[i].end <= tokens[i + 1].start
        )
        if not 0 < len(edits) <= 6:
            continue
        if len(edits) > 1:
            yield Candidate(edits, f"Add `{operator}` between the operands ({len(edits)} places)")
        for edit, i in zip(edits, gaps, strict=True):
            yield Candidate(
                (edit,), f"Add `{operator}` between `{ending(tokens[i].text)}` and `{beginning(tokens[i + 1].text)}`"
            )


def _joins(left: Token, right: Token) -> bool:
    """Return whether two tokens are adjacent operands that form neither a call nor a string concatenation."""
    if left.kind == "string" and right.kind == "string":
        return False
    ends = left.kind in ("name", "number", "string") or left.text in CLOSERS
    begins = right.kind in ("name", "number", "string") or (right.text == "(" and left.kind == "number")
    return ends and begins


def _spaced(left: Token, right: Token, operator: str) -> str:
    return operator if left.end == right.start and operator == "*" else f" {operator} "
