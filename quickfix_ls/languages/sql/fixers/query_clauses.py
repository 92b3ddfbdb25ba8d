"""The clauses of the query that a token stands in."""

from __future__ import annotations

from typing import NamedTuple

from quickfix_ls.languages.sql.fixers.statement import Statement

_STARTS = frozenset(
    {"select", "from", "where", "group", "having", "window", "order", "limit", "offset", "fetch", "join"}
)
_SIDES = frozenset({"left", "right", "inner", "outer", "full", "cross", "natural"})
_ENDS = frozenset({"union", "except", "intersect"})


class Clause(NamedTuple):
    """A clause of a query: its `word` (`join` whatever its side is), the `keyword` as it is written, and the range of
    its tokens."""

    word: str
    keyword: str
    first: int
    last: int


def clauses_at(code: Statement, index: int) -> list[Clause]:
    """Return the clauses of the innermost query around a token, in the order of the text."""
    first, last = code.level(index)
    starts: list[int] = []
    for at in code.at_level(first, last):
        word = code.word(at)
        if word in _ENDS:
            if at > index:
                last = at
                break
            starts.clear()
        elif _starts(code, at):
            starts.append(at)
    bounds = [*starts, last]
    return [Clause(_name(code, at), code.tokens[at].text, at, bounds[number + 1]) for number, at in enumerate(starts)]


def _starts(code: Statement, at: int) -> bool:
    word, before = code.word(at), code.word(at - 1)
    if code.tokens[at].kind != "keyword" or before == ".":
        return False
    if word in _SIDES:
        return before not in _SIDES and code.word(at + 1) in _SIDES | {"join"}
    if word == "join":
        return before not in _SIDES
    return word in _STARTS and before not in ("distinct", "within")


def _name(code: Statement, at: int) -> str:
    return "join" if code.word(at) in _SIDES else code.word(at)
