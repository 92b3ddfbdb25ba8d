"""Remove a repeated argument or parameter; either of the two if their values differ. `f(a=1, b=2, a=1)` becomes
`f(a=1, b=2)`."""

from __future__ import annotations

from collections.abc import Iterator

from quickfix_ls.candidates.fixers import Example, fixer
from quickfix_ls.context import Context
from quickfix_ls.languages.python.fixers.statements import is_near, split_top
from quickfix_ls.values import Candidate, Edit


@fixer(
    handles="syntax",
    examples=[
        Example("f(a=1, b=2, a=1)\n", "f(a=1, b=2)\n"),
        Example("f(a=1, b=2, a=3)\n", "f(a=1, b=2)\n"),
        Example("f(a=1, b=2, a=3)\n", "f(b=2, a=3)\n"),
        Example("def f(self, x, self):\n    return x\n", "def f(self, x):\n    return x\n"),
    ],
    leaves=["f(a=1, b)\n"],
)
def drop_duplicate(context: Context) -> Iterator[Candidate]:
    message = context.problem.message
    if "repeated" not in message and "duplicate argument" not in message:
        return
    tokens = context.tokens
    for opener in range(min(context.at, len(tokens) - 1), -1, -1):
        closer = context.brackets.partner.get(opener)
        if closer is None or tokens[opener].text != "(" or not is_near(context, tokens[opener].start):
            continue
        pieces = split_top(tokens, opener + 1, closer)
        texts = [context.text_of(*piece).replace(" ", "") for piece in pieces]
        found = False
        for i in range(1, len(pieces)):
            if texts[i] and texts[i] in texts[:i]:
                found = True
                start, end = tokens[pieces[i][0] - 1].start, tokens[pieces[i][1] - 1].end
                yield Candidate((context.edit(start, end, ""),), f"Remove the second `{texts[i][:30]}`")
        if not found:
            keys = [text.partition("=")[0] if "=" in text else "" for text in texts]
            repeated = [i for i, key in enumerate(keys) if key and keys.count(key) > 1 and message.endswith(key)]
            for i in repeated[:1] + repeated[-1:]:
                found = True
                yield Candidate((_without(context, pieces, i),), f"Remove `{texts[i][:30]}`", safety="needs-a-look")
        if found:
            return


def _without(context: Context, pieces: list[tuple[int, int]], i: int) -> Edit:
    """Return the edit that removes a piece and a comma beside it."""
    tokens = context.tokens
    if i + 1 < len(pieces) and pieces[i + 1][0] < len(tokens):
        return context.edit(tokens[pieces[i][0]].start, tokens[pieces[i + 1][0]].start, "")
    return context.edit(tokens[pieces[i][0] - 1].start, tokens[pieces[i][1] - 1].end, "")
