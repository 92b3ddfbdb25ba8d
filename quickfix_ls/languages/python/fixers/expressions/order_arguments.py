"""Move positional arguments before keyword arguments, or name them: `f(a=1, b)` becomes `f(b, a=1)`, and
`area(width=3, 4)` becomes `area(width=3, height=4)` where the file defines `area`."""

from __future__ import annotations

from collections.abc import Generator, Iterator

from quickfix_ls.candidates.elide import beginning
from quickfix_ls.candidates.fixers import Example, fixer
from quickfix_ls.context import Context
from quickfix_ls.languages.python.fixers.signatures import code_pieces, keyword_of, parameters_of
from quickfix_ls.languages.python.fixers.statements import find_top, is_near
from quickfix_ls.values import Candidate

_MESSAGES = ("positional argument follows", "unpacking follows")
_REACH = 4000

Piece = tuple[int, int]


@fixer(
    handles="syntax",
    examples=[
        Example("f(a=1, b)\n", "f(b, a=1)\n"),
        Example("f(x, **more, y)\n", "f(x, y, **more)\n"),
        Example("f(**more, *rest)\n", "f(*rest, **more)\n"),
        Example("f(\n    a=1,  # one\n    b,\n)\n", "f(\n    b,  # one\n    a=1,\n)\n"),
        Example(
            "def area(width, height):\n    return width * height\n\n\narea(width=3, 4)\n",
            "def area(width, height):\n    return width * height\n\n\narea(width=3, height=4)\n",
        ),
        Example(
            "def fit(x, y, fast=0):\n    return x\n\n\nfit(1, fast=2, 3)\n",
            "def fit(x, y, fast=0):\n    return x\n\n\nfit(1, fast=2, y=3)\n",
        ),
    ],
    leaves=["f(a=1 b=2)\n", "def f(a=1, b):\n    return b\n"],
)
def order_arguments(context: Context) -> Iterator[Candidate]:
    if not any(part in context.problem.message for part in _MESSAGES):
        return
    # CPython reports the argument, the closing bracket or the token after it.
    tokens = context.tokens
    for index in range(min(context.at_end, len(tokens) - 1), -1, -1):
        if not is_near(context, tokens[index].start, _REACH):
            return
        closer = context.brackets.partner.get(index, -1)
        is_call = tokens[index].text == "(" and index > 0 and tokens[max(0, index - 2)].text != "def"
        if is_call and closer > index and closer >= context.at - 2:
            moved = yield from _mend(context, index, closer)
            if moved:
                return


def _mend(context: Context, opener: int, closer: int) -> Generator[Candidate, None, bool]:
    """Yield the candidates for the arguments in brackets. Returns whether any argument was out of order."""
    pieces = code_pieces(context.tokens, opener + 1, closer)
    ranks = [_rank(context, *piece) for piece in pieces]
    if len(pieces) < 2 or ranks == sorted(ranks):
        return False
    named = _named(context, opener, pieces, ranks)
    if not _collides(context, opener, pieces, ranks):
        yield _moved(context, pieces, ranks)
    if named is not None:
        yield named
    return True


def _moved(context: Context, pieces: list[Piece], ranks: list[int]) -> Candidate:
    """Return the candidate that sorts the arguments; what stands between them keeps its place."""
    tokens = context.tokens
    texts = [context.text_of(*piece) for piece in pieces]
    ordered = [texts[i] for i in sorted(range(len(pieces)), key=lambda i: ranks[i])]
    edits = tuple(
        context.edit(tokens[first].start, tokens[last - 1].end, new)
        for (first, last), old, new in zip(pieces, texts, ordered, strict=True)
        if old != new
    )
    return Candidate(edits, f"Move the arguments: `({beginning(', '.join(ordered))})`")


def _named(context: Context, opener: int, pieces: list[Piece], ranks: list[int]) -> Candidate | None:
    """Return the candidate that gives each late argument the name of a parameter that is still free; None if the
    called function is unknown, or has no such parameters."""
    parameters = _parameters(context, opener)
    tokens = context.tokens
    if parameters is None or any(tokens[first].text in ("*", "**") for first, _ in pieces):
        return None
    late = [piece for i, piece in enumerate(pieces) if not ranks[i] and any(ranks[:i])]
    given = {keyword_of(tokens, *piece) for piece in pieces}
    early = sum(not rank for rank in ranks) - len(late)
    free = [name for name in parameters[early:] if name not in given]
    if len(free) < len(late):
        return None
    edits = tuple(
        context.edit(tokens[first].start, tokens[first].start, f"{name}=")
        for name, (first, _) in zip(free, late, strict=False)
    )
    shown = ", ".join(f"`{edit.text}{context.text_of(*piece)}`" for edit, piece in zip(edits, late, strict=True))
    return Candidate(edits, f"Name the argument: {beginning(shown)}")


def _collides(context: Context, opener: int, pieces: list[Piece], ranks: list[int]) -> bool:
    """Return whether an argument that is moved would take the place of one that is given by keyword."""
    parameters = _parameters(context, opener)
    given = {keyword_of(context.tokens, *piece) for piece in pieces}
    return parameters is not None and bool(given & set(parameters[: sum(not rank for rank in ranks)]))


def _parameters(context: Context, opener: int) -> tuple[str, ...] | None:
    called = context.tokens[opener - 1]
    return parameters_of(context, called.text) if called.kind == "name" else None


def _rank(context: Context, first: int, last: int) -> int:
    """Return 0 for positional arguments and `*args`, 1 for keyword arguments and `**kwargs`."""
    named = find_top(context.tokens, first, last, ("=",)) is not None
    return int(named or context.tokens[first].text == "**")
