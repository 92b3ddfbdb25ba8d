"""Name the removed pieces of content: an argument, a literal, a `return`, a whole statement."""

from __future__ import annotations

from collections.abc import Sequence

from quickfix_ls.languages.python.content.units import Unit
from quickfix_ls.languages.python.lexer import CLOSERS, OPENERS
from quickfix_ls.lexing.tokens import Token
from quickfix_ls.validation.content import Loss

_CONSTANTS = frozenset({"None", "True", "False"})
_SIMPLE = {"text": "text", "comment": "comment", "number": "literal"}


def pieces_of(text: str, tokens: Sequence[Token], lost: Sequence[Unit], strays: set[Unit]) -> tuple[Loss, ...]:
    """Return the removed pieces; units whose tokens are neighbours are one piece.

    `text` is the source of `tokens`; `strays` are the units among `lost` that are no part of the program.
    """
    found = []
    for units in _runs(tokens, lost, strays):
        first, last = units[0], units[-1]
        kind = _kind(tokens, units)
        found.append(Loss(kind, text[first.start : last.end], len(units), first in strays))
    return tuple(found)


def _runs(tokens: Sequence[Token], lost: Sequence[Unit], strays: set[Unit]) -> list[list[Unit]]:
    """Group the units of one string, and those in a line with nothing but signs between them."""
    runs: list[list[Unit]] = []
    for unit in sorted(lost, key=lambda unit: unit.start):
        last = runs[-1][-1] if runs else None
        if last is not None and (unit in strays) == (last in strays) and _is_run(tokens[last.token + 1 : unit.token]):
            runs[-1].append(unit)
        else:
            runs.append([unit])
    return runs


def _is_run(between: Sequence[Token]) -> bool:
    return all(token.kind in ("op", "error") for token in between)


def _kind(tokens: Sequence[Token], units: Sequence[Unit]) -> str:
    first, last = units[0], units[-1]
    line = _line(tokens, first.token)
    if last.token in line and len({unit.token for unit in units}) > 1 and _is_whole(tokens, line, units):
        return "statement"
    if first.kind in _SIMPLE and all(unit.kind == first.kind for unit in units):
        return _SIMPLE[first.kind]
    if first.kind == "keyword":
        return "literal" if first.key in _CONSTANTS else "keyword"
    if first.token and tokens[first.token - 1].text == "@":
        return "decorator"
    opener = _opener(tokens, first.token)
    if opener is None or tokens[opener].text != "(" or not opener or tokens[opener - 1].kind != "name":
        return "name"
    return "parameter" if opener > 1 and tokens[opener - 2].text == "def" else "argument"


def _line(tokens: Sequence[Token], index: int) -> range:
    first = last = index
    while first and tokens[first - 1].kind != "newline":
        first -= 1
    while last < len(tokens) and tokens[last].kind != "newline":
        last += 1
    return range(first, last)


def _is_whole(tokens: Sequence[Token], line: range, units: Sequence[Unit]) -> bool:
    gone = {unit.token for unit in units}
    return all(index in gone for index in line if tokens[index].kind not in ("op", "comment", "error"))


def _opener(tokens: Sequence[Token], index: int) -> int | None:
    """Return the index of the bracket that is open at a token; None if there is none in these lines."""
    depth = 0
    for place in range(index - 1, -1, -1):
        if tokens[place].text in CLOSERS:
            depth += 1
        elif tokens[place].text in OPENERS:
            if not depth:
                return place
            depth -= 1
    return None
