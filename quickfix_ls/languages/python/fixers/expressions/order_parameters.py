"""Put parameters into the order that Python wants, or give those behind a default the default `None`:
`def f(a=1, b):` becomes `def f(a=1, b=None):`, and `def f(**named, *rest):` becomes `def f(*rest, **named):`."""

from __future__ import annotations

from collections.abc import Iterator

from quickfix_ls.candidates.elide import beginning
from quickfix_ls.candidates.fixers import Example, fixer
from quickfix_ls.context import Context
from quickfix_ls.languages.python.fixers.signatures import code_pieces
from quickfix_ls.languages.python.fixers.statements import find_top, is_near
from quickfix_ls.values import Candidate

_REACH = 4000

Piece = tuple[int, int]


@fixer(
    handles="syntax",
    examples=[
        Example("def f(a=1, b):\n    return b\n", "def f(a=1, b=None):\n    return b\n"),
        Example("def f(a=1, b):\n    return b\n", "def f(b, a=1):\n    return b\n"),
        Example("def f(a: int = 1, b: str):\n    return b\n", "def f(a: int = 1, b: str = None):\n    return b\n"),
        Example("def f(a, **named, *rest):\n    return a\n", "def f(a, *rest, **named):\n    return a\n"),
        Example("def f(a=1, b, *rest, c=2, d):\n    return b\n", "def f(b, a=1, *rest, c=2, d):\n    return b\n"),
        Example("f = lambda a=1, b: a + b\n", "f = lambda b, a=1: a + b\n"),
        Example("def f(a, *):\n    return a\n", "def f(a, *args):\n    return a\n"),
    ],
    leaves=["f(a=1, b)\n", "def f(a b):\n    return a\n"],
)
def order_parameters(context: Context) -> Iterator[Candidate]:
    tokens = context.tokens
    for index in range(min(context.at_end, len(tokens) - 1), -1, -1):
        if not is_near(context, tokens[index].start, _REACH):
            return
        extent = _extent(context, index)
        if extent is None or extent[1] < context.at - 2:
            continue
        pieces = code_pieces(tokens, *extent)
        ordered = _ordered(context, pieces)
        if ordered != pieces:
            yield from _defaults(context, pieces)
            yield _moved(context, pieces, ordered)
            return
        if bare := _bare_star(context, pieces):
            at = tokens[bare[0]].end
            yield Candidate((context.edit(at, at, "args"),), "Name the parameter `*args`")
            return


def _extent(context: Context, index: int) -> Piece | None:
    """Return the tokens of the parameters of a `def` or a `lambda` at a token; None if there is none."""
    tokens = context.tokens
    if tokens[index].text == "lambda":
        colon = find_top(tokens, index + 1, len(tokens), (":",))
        return (index + 1, colon) if colon is not None else None
    closer = context.brackets.partner.get(index, -1)
    is_definition = tokens[index].text == "(" and index > 1 and tokens[index - 2].text == "def"
    return (index + 1, closer) if is_definition and closer > index else None


def _ordered(context: Context, pieces: list[Piece]) -> list[Piece]:
    """Return the parameters in a valid order: without a default, with one, `*rest` and what follows it, `**named`."""
    tokens = context.tokens
    named = [piece for piece in pieces if tokens[piece[0]].text == "**"]
    others = [piece for piece in pieces if piece not in named]
    star = next((i for i, piece in enumerate(others) if tokens[piece[0]].text == "*"), len(others))
    slash = next((i for i, piece in enumerate(others) if tokens[piece[0]].text == "/"), -1)
    if slash >= 0:
        # Parameters can't be moved over the `/` without a change of how they are given.
        return [*others, *named] if len(named) == 1 else pieces
    before = sorted(others[:star], key=lambda piece: _has_default(context, piece))
    return [*before, *others[star:], *named] if len(named) < 2 else pieces


def _moved(context: Context, pieces: list[Piece], ordered: list[Piece]) -> Candidate:
    tokens = context.tokens
    edits = tuple(
        context.edit(tokens[old[0]].start, tokens[old[1] - 1].end, context.text_of(*new))
        for old, new in zip(pieces, ordered, strict=True)
        if old != new
    )
    shown = ", ".join(context.text_of(*piece) for piece in ordered)
    return Candidate(edits, f"Move the parameters: `({beginning(shown)})`")


def _defaults(context: Context, pieces: list[Piece]) -> Iterator[Candidate]:
    """Yield the candidate that gives parameters behind one with a default the default `None`."""
    tokens = context.tokens
    star = next((i for i, piece in enumerate(pieces) if tokens[piece[0]].text in ("*", "**")), len(pieces))
    first = next((i for i, piece in enumerate(pieces[:star]) if _has_default(context, piece)), star)
    late = [piece for piece in pieces[first:star] if not _has_default(context, piece)]
    if not late or any(tokens[piece[0]].text == "/" for piece in pieces):
        return
    edits = []
    for start, end in late:
        is_annotated = find_top(tokens, start, end, (":",)) is not None
        at = tokens[end - 1].end
        edits.append(context.edit(at, at, " = None" if is_annotated else "=None"))
    shown = ", ".join(f"`{tokens[start].text}`" for start, _ in late)
    yield Candidate(tuple(edits), f"Give {shown} the default `None`", safety="needs-a-look")


def _has_default(context: Context, piece: Piece) -> bool:
    return find_top(context.tokens, *piece, ("=",)) is not None


def _bare_star(context: Context, pieces: list[Piece]) -> Piece | None:
    """Return the `*` without a name that no parameter follows; None if there is none."""
    tokens = context.tokens
    for number, (first, last) in enumerate(pieces):
        if tokens[first].text == "*" and last == first + 1:
            following = [tokens[start].text for start, _ in pieces[number + 1 :]]
            return (first, last) if not following or following[0] == "**" else None
    return None
