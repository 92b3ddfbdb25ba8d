"""Everyday errors in calls: the order of arguments, slices in parentheses, a missing dot, brackets for parentheses."""

from __future__ import annotations

from random import Random

from quickfix_ls.languages.python.breaking import Code
from quickfix_ls.languages.python.breaking.everyday import Pair, everyday
from quickfix_ls.languages.python.breaking.everyday.bracketed import (
    bracketed,
    edited,
    is_call,
    items_in,
    pieces_of,
    text_of,
)
from quickfix_ls.languages.python.lexer import CLOSERS

_BESIDE = (", 0", ", default=None", ", key=len", ", reverse=True", ', end=""', ', sep=", "')


@everyday
def positional_after_keyword(code: Code, rng: Random) -> Pair | None:
    """Give a positional argument, or `*args`, behind keyword arguments."""
    calls = []
    for pair in bracketed(code, "("):
        pieces = pieces_of(code, *pair) if is_call(code, pair[0]) else []
        ranks = [_rank(code, piece) for piece in pieces]
        if ranks == sorted(ranks) and 0 in ranks and 1 in ranks:
            calls.append((pieces, ranks.index(1)))
    if not calls:
        return None
    pieces, first = rng.choice(calls)
    # Usually the last positional argument is late; seldom all are.
    late = first - 1 if rng.random() < 0.8 else 0
    behind = rng.randrange(first, len(pieces))
    ordered = [*pieces[:late], *pieces[first : behind + 1], *pieces[late:first], *pieces[behind + 1 :]]
    return Pair(_reordered(code, pieces, ordered), code.text)


@everyday
def slice_in_parentheses(code: Code, rng: Random) -> Pair | None:
    """Slice, or assign to an item, with parentheses: `rows(1:3)`, `rows(0) = 1`."""
    places = []
    for opener, closer in bracketed(code, "["):
        before = code.tokens[opener - 1] if opener else None
        indexed = before is not None and (before.kind == "name" or before.text in CLOSERS)
        texts = [code.tokens[index].text for index in items_in(code, opener, closer)]
        assigned = closer + 1 < len(code.tokens) and code.tokens[closer + 1].text in ("=", "+=", "-=")
        if indexed and "lambda" not in texts and (":" in texts or (assigned and rng.random() < 0.2)):
            places.append((opener, closer))
    if not places:
        return None
    opener, closer = rng.choice(places)
    both = rng.random() < 0.9
    return Pair(edited(code, [(opener, opener + 1, "("), *([(closer, closer + 1, ")")] * both)]), code.text)


@everyday
def dot_before_member(code: Code, rng: Random) -> Pair | None:
    """Leave out the `.` before a method or an attribute, or write a space in its place."""
    places = []
    for index in code.where("."):
        if not 0 < index < len(code.tokens) - 1 or code.tokens[index + 1].kind != "name":
            continue
        before = code.tokens[index - 1]
        is_called = index + 2 < len(code.tokens) and code.tokens[index + 2].text == "("
        if before.text in CLOSERS or before.kind == "string" or before.text == "self" or is_called:
            places += [index] * (3 if before.text in CLOSERS or before.kind == "string" else 1)
    if not places:
        return None
    place = rng.choice(places)
    glued = code.tokens[place - 1].kind != "name" and rng.random() < 0.5
    return Pair(edited(code, [(place, place + 1, "" if glued else " ")]), code.text)


@everyday
def generator_beside_arguments(code: Code, rng: Random) -> Pair | None:
    """Leave out the parentheses of a generator beside other arguments: `sum(x for x in rows, 0)`."""
    places = []
    for opener, closer in bracketed(code, "(["):
        inside = {code.tokens[index].text for index in items_in(code, opener, closer)}
        is_list = code.tokens[opener].text == "[" and opener > 0 and code.tokens[opener - 1].text == "("
        if "for" in inside and "," not in inside and (is_call(code, opener) or is_list):
            places.append((opener, closer))
    if not places:
        return None
    opener, closer = rng.choice(places)
    is_list = code.tokens[opener].text == "["
    more = rng.choice(_BESIDE)
    if is_list and code.tokens[closer + 1].text not in (")", ","):
        return None
    if is_list:
        more = more if code.tokens[closer + 1].text == ")" else ""
        edits = [(opener, opener + 1), (closer, closer + 1)]
        broken = edited(code, [(*edits[0], ""), (*edits[1], more)])
        return Pair(broken, edited(code, [(*edits[0], "("), (*edits[1], ")" + more)]))
    broken = edited(code, [(closer, closer + 1, more + ")")])
    return Pair(broken, edited(code, [(opener, opener + 1, "(("), (closer, closer + 1, ")" + more + ")")]))


def _rank(code: Code, piece: tuple[int, int]) -> int:
    """Return 0 for a positional argument, 1 for one that is given by keyword."""
    return int(any(code.tokens[index].text == "=" for index in _outer(code, piece)) or _is_unpacked(code, piece))


def _is_unpacked(code: Code, piece: tuple[int, int]) -> bool:
    return code.tokens[piece[0]].text == "**"


def _outer(code: Code, piece: tuple[int, int]) -> list[int]:
    return items_in(code, piece[0] - 1, piece[1])


def _reordered(code: Code, pieces: list[tuple[int, int]], ordered: list[tuple[int, int]]) -> str:
    return edited(code, [(*old, text_of(code, new)) for old, new in zip(pieces, ordered, strict=True) if old != new])
