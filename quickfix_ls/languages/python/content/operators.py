"""The operators that a change removes: `*` before an argument, `-` before a number, `+` between two values."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from quickfix_ls.languages.python.content.strays import pasted_spans
from quickfix_ls.languages.python.content.units import units_of
from quickfix_ls.lexing.relex import Rewritten
from quickfix_ls.lexing.tokens import Token
from quickfix_ls.validation.change import Change
from quickfix_ls.validation.content import Loss

_PUNCTUATION = frozenset({"(", ")", "[", "]", "{", "}", ",", ":", ";"})
_NONE = _PUNCTUATION | {".", "=", "->", "...", ":="}
"""Signs that say nothing by themselves."""
_TEXTS = frozenset({"string", "badstring", "comment"})
_COMMENTS = frozenset({"/*", "*/"})
_BEFORE_OPERAND = frozenset({"(", "[", "{", ",", "=", ":"})


def operators_of(tokens: Sequence[Token]) -> Counter[str]:
    """Count the operators among tokens."""
    return Counter(token.text for token in tokens if token.kind == "op" and token.text not in _NONE)


def removed_operators(change: Change, run: Rewritten) -> tuple[Loss, ...]:
    """Return the operators that a change removes; none if it adds a word or a sign that may stand for them, or moves a
    quote or a comment sign, since signs of a text are no operators."""
    gone = operators_of(run.before) - operators_of(run.after)
    if not gone or _texts(run.before) != _texts(run.after) or pasted_spans(change):
        return ()
    if _standing_for_signs(run.after) - _standing_for_signs(run.before) or _is_generic(gone, run):
        return ()
    places = {sign: [at for at, token in enumerate(run.before) if token.text == sign] for sign in gone}
    return tuple(
        Loss("operator", sign, stray=_is_stray(run.before, places[sign], count))
        for sign, count in gone.items()
        for _ in range(count)
    )


def _standing_for_signs(tokens: Sequence[Token]) -> Counter[str]:
    """Count the words and the signs that may replace an operator."""
    signs = (token.text for token in tokens if token.kind == "op" and token.text not in _PUNCTUATION)
    return Counter((*(unit.key for unit in units_of(tokens)), *signs))


def _texts(tokens: Sequence[Token]) -> list[str]:
    return [token.text for token in tokens if token.kind in _TEXTS]


def _is_generic(gone: Counter[str], run: Rewritten) -> bool:
    """Return whether `List<int>` becomes `List[int]`."""
    counts = [sum(token.text == "[" for token in tokens) for tokens in (run.before, run.after)]
    return gone.keys() <= {"<", ">", ">>"} and counts[1] > counts[0]


def _is_stray(tokens: Sequence[Token], places: Sequence[int], count: int) -> bool:
    """Return whether removed operators of one kind are no part of the program: Markdown's bold type, `@` within a line,
    signs of a comment, or the same operator twice with a space between."""
    if any(_glued(tokens, place) & _COMMENTS for place in places):
        return True
    prefixes = [place for place in places if _is_prefix(tokens, place)]
    if tokens[places[0]].text == "@":
        return not any(not place or tokens[place - 1].kind == "newline" for place in prefixes)
    if tokens[places[0]].text in ("*", "**") and prefixes and len(prefixes) < len(places) and count > 1:
        return True
    return any(right - left == 1 and tokens[left].end < tokens[right].start for left, right in pairwise(places))


def _glued(tokens: Sequence[Token], place: int) -> set[str]:
    """Return the pairs of signs that an operator makes with those that touch it."""
    return {
        tokens[left].text + tokens[left + 1].text
        for left in (place - 1, place)
        if left >= 0 and left + 1 < len(tokens) and tokens[left].end == tokens[left + 1].start
    }


def _is_prefix(tokens: Sequence[Token], place: int) -> bool:
    """Return whether an operator belongs to the operand behind it alone."""
    before = tokens[place - 1] if place else None
    return before is None or before.kind in ("newline", "keyword") or before.text in _BEFORE_OPERAND
