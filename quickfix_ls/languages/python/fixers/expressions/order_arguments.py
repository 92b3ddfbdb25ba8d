"""Move positional arguments before keyword arguments, and parameters without a default before those with a default:
`f(a=1, b)` becomes `f(b, a=1)`."""

from __future__ import annotations

from collections.abc import Generator, Iterator

from quickfix_ls.candidates.elide import beginning
from quickfix_ls.candidates.fixers import Example, fixer
from quickfix_ls.context import Context
from quickfix_ls.languages.python.fixers.statements import find_top, is_near, split_top
from quickfix_ls.values import Candidate

_MESSAGES = (
    "positional argument follows",
    "argument follows default",
    "parameter without a default",
    "unpacking follows",
)


@fixer(
    handles="syntax",
    examples=[
        Example("f(a=1, b)\n", "f(b, a=1)\n"),
        Example("f(x, **more, y)\n", "f(x, y, **more)\n"),
        Example("def f(a=1, b):\n    return b\n", "def f(b, a=1):\n    return b\n"),
        Example("def f(a=1, b):\n    return b\n", "def f(a=1, b=None):\n    return b\n"),
    ],
    leaves=["f(a=1 b=2)\n"],
)
def order_arguments(context: Context) -> Iterator[Candidate]:
    if not any(part in context.problem.message for part in _MESSAGES):
        return
    # CPython reports the argument, the closing bracket or the token after it.
    tokens = context.tokens
    for index in range(min(context.at_end, len(tokens) - 1), max(-1, context.at - 80), -1):
        closer = context.brackets.partner.get(index)
        if tokens[index].text == "(" and closer is not None and is_near(context, tokens[closer].start):
            moved = yield from _reorder(context, index, closer)
            if moved:
                return


def _reorder(context: Context, opener: int, closer: int) -> Generator[Candidate, None, bool]:
    """Yield candidates that sort the arguments in the parentheses. Returns whether any argument was out of order."""
    tokens = context.tokens
    pieces = [piece for piece in split_top(tokens, opener + 1, closer) if piece[0] < piece[1]]
    ranks = [_rank(context, *piece) for piece in pieces]
    if len(pieces) < 2 or ranks == sorted(ranks):
        return False
    texts = [context.text_of(*piece) for piece in pieces]
    ordered = [texts[i] for i in sorted(range(len(pieces)), key=lambda i: ranks[i])]
    edits = tuple(
        context.edit(tokens[first].start, tokens[last - 1].end, new)
        for (first, last), old, new in zip(pieces, texts, ordered, strict=True)
        if old != new
    )
    yield Candidate(edits, f"Move the arguments: `({beginning(', '.join(ordered))})`")
    if opener > 1 and tokens[opener - 2].text == "def":
        late = [piece for i, piece in enumerate(pieces) if ranks[i] == 0 and any(ranks[:i])]
        given = tuple(context.edit(tokens[last - 1].end, tokens[last - 1].end, "=None") for _, last in late)
        yield Candidate(given, "Give the parameters the default `None`", safety="needs-a-look")
    return True


def _rank(context: Context, first: int, last: int) -> int:
    """Return 0 for positional arguments and `*args`, 1 for keyword arguments and `**kwargs`."""
    named = find_top(context.tokens, first, last, ("=",)) is not None
    return int(named or context.tokens[first].text == "**")
