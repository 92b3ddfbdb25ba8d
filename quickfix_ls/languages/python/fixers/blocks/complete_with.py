"""Add a missing `with` before `… as name:`, or replace a wrong keyword with it: `while Pool(2) as pool:` becomes
`with Pool(2) as pool:`."""

from __future__ import annotations

from collections.abc import Iterator

from quickfix_ls.candidates.fixers import Example, fixer
from quickfix_ls.context import Context
from quickfix_ls.languages.python.fixers.statements import find_top, lines_near
from quickfix_ls.values import Candidate

_REPLACED_KEYWORDS = ("while", "for", "if")
_VALID_KEYWORDS = ("with", "async", "import", "from", "except", "case", "match")


@fixer(
    handles="syntax",
    examples=[
        Example("open(path) as file:\n    go(file)\n", "with open(path) as file:\n    go(file)\n"),
        Example("while Pool(2) as pool:\n    go(pool)\n", "with Pool(2) as pool:\n    go(pool)\n"),
    ],
)
def complete_with(context: Context) -> Iterator[Candidate]:
    tokens = context.tokens
    for line in lines_near(context, 1, 0):
        head = tokens[line.first]
        if tokens[line.last - 1].text != ":" or head.text in _VALID_KEYWORDS:
            continue
        at = find_top(tokens, line.first + 1, line.last, ("as",))
        if at is None or tokens[at + 1].kind != "name":
            continue
        if head.text in _REPLACED_KEYWORDS:
            yield Candidate((context.edit(head.start, head.end, "with"),), f"Replace `{head.text}` with `with`")
        else:
            yield Candidate((context.edit(head.start, head.start, "with "),), "Add `with`")
