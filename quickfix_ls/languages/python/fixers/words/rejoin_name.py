"""Rejoin a name that white space or a line end cuts in two: `Deprecation Warning` becomes `DeprecationWarning`."""

from __future__ import annotations

from collections.abc import Iterator

from quickfix_ls.candidates.fixers import Example, fixer
from quickfix_ls.context import Context
from quickfix_ls.languages.python.facts import binds
from quickfix_ls.values import Candidate

_MIN_LENGTH = 4


@fixer(
    handles="syntax",
    examples=[
        Example("warn('old', Deprecation\nWarning)\n", "warn('old', DeprecationWarning)\n"),
        Example("raise NotImplemented Error\n", "raise NotImplementedError\n"),
        Example("def f(minimum):\n    return g(min imum)\n", "def f(minimum):\n    return g(minimum)\n"),
        Example("x = sor ted(rows)\n", "x = sorted(rows)\n"),
    ],
    leaves=["put(file name)\n", "x = a b\n", "print list\n"],
)
def rejoin_name(context: Context) -> Iterator[Candidate]:
    """Yield a candidate for two words near the problem that are a known name together."""
    tokens = context.tokens
    known = {token.text for token in tokens if token.kind == "name"}
    for index in range(max(0, context.at - 3), min(len(tokens) - 1, context.at_end + 2)):
        behind = index + 1
        if tokens[behind].kind == "newline" and behind + 1 < len(tokens) and _is_inside_brackets(context, index):
            behind += 1
        first, second = tokens[index], tokens[behind]
        if first.kind != "name" or second.kind not in ("name", "keyword") or first.end == second.start:
            continue
        name = first.text + second.text
        if len(name) >= _MIN_LENGTH and (name in known or binds(context.index, name)):
            yield Candidate((context.edit(first.start, second.end, name),), f"Write it as one name: `{name}`")


def _is_inside_brackets(context: Context, index: int) -> bool:
    """Return whether a token is within a pair of brackets."""
    return any(opener < index < closer for opener, closer in context.brackets.partner.items() if opener < closer)
