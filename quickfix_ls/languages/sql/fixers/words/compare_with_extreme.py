"""Compare with the least or the greatest value of a subquery, where the dialect has no `ALL` and `ANY`."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from quickfix_ls.candidates.fixers import fixer
from quickfix_ls.context import Context
from quickfix_ls.languages.sql.fixers.query_text import cased
from quickfix_ls.lexing.tokens import Token
from quickfix_ls.problems.kinds import SYNTAX
from quickfix_ls.values import Candidate, Span

_LEAST = {("<", "all"), ("<=", "all"), (">", "any"), (">=", "any"), (">", "some"), (">=", "some")}
_GREATEST = {(">", "all"), (">=", "all"), ("<", "any"), ("<=", "any"), ("<", "some"), ("<=", "some")}


@fixer(handles=SYNTAX, examples=[])
def compare_with_extreme(context: Context) -> Iterator[Candidate]:
    """Replace `> ALL (SELECT x` by `> (SELECT MAX(x)`, and so on: a value is greater than all if it is greater than the
    greatest. They differ where the subquery has no row, so it needs a look."""
    code = [token for token in context.tokens if token.kind not in ("comment", "newline")]
    edits = []
    for at, (sign, word) in enumerate(pairwise(code)):
        pair = sign.text, word.text.lower()
        if pair not in _LEAST | _GREATEST:
            continue
        item = _selected(code[at + 2 :])
        if item is None:
            continue
        function = cased(context, "MIN" if pair in _LEAST else "MAX")
        selected = context.region.text[item.start : item.end]
        edits.append(context.edit(word.start, code[at + 2].start, ""))
        edits.append(context.edit(item.start, item.end, f"{function}({selected})"))
    if edits:
        yield Candidate(tuple(edits), "", safety="needs-a-look")


def _selected(tokens: list[Token]) -> Span | None:
    """Return the span of the only column of `(SELECT x FROM`; None if the tokens begin otherwise."""
    if len(tokens) < 4 or tokens[0].text != "(" or tokens[1].text.lower() != "select":
        return None
    end = next((at for at, token in enumerate(tokens) if token.text.lower() == "from"), None)
    if end is None or any(token.text in "(),*" for token in tokens[2:end]) or end < 3:
        return None
    return Span(tokens[2].start, tokens[end - 1].end)
