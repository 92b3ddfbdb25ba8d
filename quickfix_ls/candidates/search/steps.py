"""Enumerate the steps of the search: insertions, deletions, replacements and swaps of tokens around an error.

New tokens come from the language's vocabulary and from the names in the lines close by. Steps are not scored here.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import islice
from typing import NamedTuple

from quickfix_ls.candidates.search.neighbours import Neighbours
from quickfix_ls.candidates.search.vocabulary import Vocabulary
from quickfix_ls.context import Context
from quickfix_ls.lexing.tokens import Token

_BEHIND, _AHEAD, _FAR = 14, 6, 60
_MAX_NAMES, _NAMES_AROUND, _OPERANDS_AROUND = 8, 40, 3
_MAX_RUN = 12


class Step(NamedTuple):
    """Replace the tokens [first, last) by a token with the text `new` ("" for none), or swap them.

    `operation` is one of insert, delete, replace, swap; `old` is the text of a token that is replaced.
    """

    operation: str
    first: int
    last: int
    new: str
    old: str = ""


class Family(NamedTuple):
    """Steps at the same place that differ only in their new token, which are `news`; see `Step`."""

    operation: str
    first: int
    last: int
    news: tuple[str, ...] = ("",)
    old: str = ""

    def step(self, index: int) -> Step:
        """Return the step whose new token is news[index]."""
        return Step(self.operation, self.first, self.last, self.news[index], self.old)


def steps_of(context: Context) -> Iterator[Step]:
    """Yield the steps of all families."""
    return (family.step(index) for family in families_of(context) for index in range(len(family.news)))


def families_of(context: Context) -> Iterator[Family]:
    """Yield all steps close to the problem's two ends; further off, in its statement, brackets and separators only.

    Steps that would put tokens next to each other that are never adjacent in a valid program are left out.
    """
    neighbours = Neighbours(context.tokens, context.lexis)
    for family in _thinkable(context):
        if family.operation == "swap":
            if neighbours.is_swapped(family.first):
                yield family
        elif family.operation == "delete":
            if neighbours.is_closed(family.first, family.last):
                yield family
        elif news := neighbours.fitting(family.first, family.last, family.news):
            yield family._replace(news=news)


def _thinkable(context: Context) -> Iterator[Family]:
    tokens, vocabulary = context.tokens, context.index.language.part(Vocabulary)
    at = anchors(context)
    near = {index for anchor in at for index in _around(context, anchor)}
    operands = (*_names_around(tokens, context.at), *vocabulary.literals)
    for index in sorted(near, reverse=True):
        yield from _near(tokens, index, vocabulary)
        if min(abs(index - anchor) for anchor in at) <= _OPERANDS_AROUND:
            yield from _lacking(tokens, index, operands, vocabulary)
            yield from _run(tokens, index)
    for index in sorted(_statement(context) - near, key=lambda index: abs(index - context.at)):
        yield from _far(tokens, index, vocabulary.far_signs)


def anchors(context: Context) -> tuple[int, ...]:
    """Return the indices of the tokens from which distances are measured: those at the problem's two ends, and between
    them the first operand that can't follow the operand before it, since CPython marks a whole expression for some
    errors ("Perhaps you forgot a comma?")."""
    tokens, vocabulary = context.tokens, context.index.language.part(Vocabulary)
    inside = range(context.at + 1, min(context.at_end + 1, len(tokens)))
    clash = next(
        (
            at
            for at in inside
            if _ends_operand(tokens[at - 1], vocabulary) and _clashes(tokens[at - 1], tokens[at], vocabulary)
        ),
        None,
    )
    return (context.at, context.at_end) if clash is None else (context.at, context.at_end, clash)


def _clashes(before: Token, after: Token, vocabulary: Vocabulary) -> bool:
    """Return whether `after` can't follow the operand `before`: it begins another operand, and the two are neither a
    call, nor a subscript, nor adjacent strings."""
    if not _begins_operand(after, vocabulary) or after.text in vocabulary.unary:
        return False
    if after.text in ("(", "["):
        return before.kind == "number"
    return not (before.kind == after.kind == "string")


def _around(context: Context, at: int) -> range:
    return range(max(0, at - _BEHIND), min(len(context.tokens), at + _AHEAD) + 1)


def _statement(context: Context) -> set[int]:
    """Return the indices of the tokens of the lines around the problem."""
    if not context.lines:
        return set()
    first = context.lines[max(0, context.line - 2)].first
    last = context.lines[min(len(context.lines) - 1, context.line + 3)].last
    return set(range(max(first, context.at - _FAR), min(last, context.at_end + _FAR) + 1))


def _near(tokens: Sequence[Token], index: int, vocabulary: Vocabulary) -> Iterator[Family]:
    token = tokens[index] if index < len(tokens) else None
    if token is not None and token.kind == "comment":
        return
    yield Family("insert", index, index, vocabulary.inserted)
    if token is None or token.kind == "newline":
        return
    yield Family("delete", index, index + 1)
    if index == 0 or tokens[index - 1].kind == "newline":
        yield Family("insert", index, index, vocabulary.opening_words)
        if token.kind in ("name", "keyword"):
            yield Family("replace", index, index + 1, _others(vocabulary.opening_words, token.text), token.text)
    elif token.kind in ("op", "keyword", "error"):
        yield Family("replace", index, index + 1, _others(vocabulary.inserted, token.text), token.text)
    if index + 1 < len(tokens) and tokens[index + 1].kind not in ("newline", "comment"):
        yield Family("swap", index, index + 2)
        yield Family("delete", index, index + 2)


@lru_cache(maxsize=256)
def _others(texts: tuple[str, ...], text: str) -> tuple[str, ...]:
    return tuple(other for other in texts if other != text)


def _lacking(
    tokens: Sequence[Token], index: int, operands: tuple[str, ...], vocabulary: Vocabulary
) -> Iterator[Family]:
    """Yield insertions of an operand (a name from close by, or a small literal) where an operator lacks one."""
    before = tokens[index - 1] if index else None
    after = tokens[index] if index < len(tokens) else None
    if before is not None and _ends_operand(before, vocabulary):
        return
    if after is not None and _begins_operand(after, vocabulary):
        return
    yield Family("insert", index, index, operands)


def _ends_operand(token: Token, vocabulary: Vocabulary) -> bool:
    return token.kind in ("name", "number", "string", "badstring") or token.text in vocabulary.ends


def _begins_operand(token: Token, vocabulary: Vocabulary) -> bool:
    return token.kind in ("name", "number", "string", "badstring") or token.text in vocabulary.begins


def _run(tokens: Sequence[Token], index: int) -> Iterator[Family]:
    """Yield the deletion of the rest of a line, which may be prose."""
    end = index
    while end < len(tokens) and tokens[end].kind not in ("newline", "comment"):
        end += 1
    if index and tokens[index - 1].kind != "newline" and 2 < end - index <= _MAX_RUN:
        yield Family("delete", index, end)


def _far(tokens: Sequence[Token], index: int, signs: tuple[str, ...]) -> Iterator[Family]:
    yield Family("insert", index, index, signs)
    if index < len(tokens) and (text := tokens[index].text) in signs:
        yield Family("delete", index, index + 1)
        yield Family("replace", index, index + 1, _others(signs, text), text)


def _names_around(tokens: Sequence[Token], at: int) -> Iterator[str]:
    """Yield the names closest to a token, the nearest first, without attributes."""
    near = sorted(range(max(0, at - _NAMES_AROUND), min(len(tokens), at + _NAMES_AROUND)), key=lambda i: abs(i - at))
    names = (tokens[i].text for i in near if tokens[i].kind == "name" and not (i and tokens[i - 1].text == "."))
    yield from islice(dict.fromkeys(names), _MAX_NAMES)
