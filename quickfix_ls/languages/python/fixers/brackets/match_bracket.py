"""Fix a closing bracket of the wrong kind: replace either bracket of the pair, close the open bracket before it, or
swap two closing brackets. `[1, 2)` becomes `[1, 2]`."""

from __future__ import annotations

from collections.abc import Iterator

from quickfix_ls.candidates.fixers import Example, fixer
from quickfix_ls.context import Context
from quickfix_ls.languages.python.lexer import CLOSERS, OPENERS
from quickfix_ls.values import Candidate

_MAX_PLACES = 6


@fixer(
    handles="syntax",
    examples=[
        Example("x = [1, 2)\n", "x = [1, 2]\n"),
        Example("x = (1, 2]\n", "x = [1, 2]\n"),
        Example("foo(bar[1)\n", "foo(bar[1])\n"),
        Example("d = {'a': [1, 2}\n", "d = {'a': [1, 2]}\n"),
        Example("d = {a: {x: [[1, 0], [2, 0], y: 3}}\n", "d = {a: {x: [[1, 0], [2, 0]], y: 3}}\n"),
        Example("d = [\n    {'a': 1,\n    {'b': 2},\n]\n", "d = [\n    {'a': 1},\n    {'b': 2},\n]\n"),
    ],
    leaves=["x = [1, 2\n"],
)
def match_bracket(context: Context) -> Iterator[Candidate]:
    for opener_index, closer_index in context.brackets.mismatched:
        opener, closer = context.tokens[opener_index], context.tokens[closer_index]
        if min(abs(opener.start - context.offset), abs(closer.start - context.offset)) > 600:
            continue
        wanted, partner = OPENERS[opener.text], CLOSERS[closer.text]
        yield Candidate((context.edit(closer.start, closer.end, wanted),), f"Replace `{closer.text}` with `{wanted}`")
        yield Candidate(
            (context.edit(closer.start, closer.start, wanted),),
            f"Add `{wanted}` before `{closer.text}`",
        )
        yield Candidate((context.edit(opener.start, opener.end, partner),), f"Replace `{opener.text}` with `{partner}`")
        for place in _between(context, opener_index, closer_index):
            yield Candidate((context.edit(place, place, wanted),), f"Close `{opener.text}`: add `{wanted}`")
        inner = context.tokens[closer_index - 1]
        if inner.text in CLOSERS and CLOSERS[inner.text] != opener.text and closer_index - 1 > opener_index:
            yield Candidate(
                (context.edit(inner.start, closer.end, closer.text + inner.text),),
                f"Swap `{inner.text}` and `{closer.text}`",
            )


def _between(context: Context, opener: int, closer: int) -> Iterator[int]:
    """Yield the offsets between two brackets at which an item ends: before the commas at their depth, from the last on,
    those at line ends first."""
    tokens, partner = context.tokens, context.brackets.partner
    places: list[tuple[bool, int]] = []
    index = closer - 1
    while index > opener:
        if tokens[index].text == ",":
            ends_line = tokens[index + 1].kind in ("newline", "comment")
            places.append((not ends_line, tokens[index - 1].end))
        index = partner.get(index, index) - 1 if tokens[index].text in CLOSERS else index - 1
    yield from (place for _, place in sorted(places, key=lambda entry: entry[0])[:_MAX_PLACES])
