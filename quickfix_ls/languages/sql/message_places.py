"""Find in a statement what a message is about: by the position that the message has, and by the name that it tells.

A tool may have been given one statement of a file, or all of it, or a statement without the lines before it, so a
position counts from any of these; it is believed only where the name stands.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from quickfix_ls.languages.sql.engines.message import EngineMessage, Position
from quickfix_ls.languages.sql.lexer import lex, unquoted
from quickfix_ls.lexing.tokens import Token
from quickfix_ls.values import Span

_BEFORE_TABLES = frozenset({"from", "join", "into", "update", "table"})
_NAMES = frozenset({"name", "keyword"})


class Place(NamedTuple):
    """An occurrence of a name: the span of its identifier, and the `whole` reference, as `c.email`."""

    span: Span
    whole: Span


class _Occurrence(NamedTuple):
    place: Place
    qualifier: tuple[str, ...]
    is_called: bool
    is_table: bool
    is_qualifier: bool
    is_definition: bool


def place_of(text: str, statement: Span, message: EngineMessage, reported: Span) -> Place | None:
    """Return where a message's name stands in a statement; None if it doesn't.

    Of several places, that at the position of the message is taken; else the likeliest for such an error, then the one
    that is nearest to the reported span, then the first.
    """
    found = _occurrences(text, statement, message.name[-1]) if message.name else []
    for offset in offsets_of(text, statement, message.position):
        for occurrence in found:
            if occurrence.place.whole.start <= offset < max(occurrence.place.whole.end, occurrence.place.span.end):
                return occurrence.place

    def cost(occurrence: _Occurrence) -> tuple[int, int, int]:
        place = occurrence.place
        is_reported = reported.start <= place.span.start and place.span.end <= reported.end
        gap = 0 if is_reported else place.whole.gap(reported) + 1
        return _doubts(occurrence, message), gap, place.span.start

    return min(found, key=cost).place if found else None


def token_at(text: str, statement: Span, message: EngineMessage) -> Span | None:
    """Return the token at the position of a message without a name; None if it has no position in the statement."""
    for offset in offsets_of(text, statement, message.position):
        for token in _tokens(text, statement):
            if token.start <= offset < token.end:
                return Span(token.start, token.end)
    return None


def offsets_of(text: str, statement: Span, position: Position | None) -> Iterator[int]:
    """Yield the offsets in a statement that a position may mean, the likeliest first."""
    if position is None:
        return
    tokens = _tokens(text, statement)
    bases = dict.fromkeys((tokens[0].start if tokens else statement.start, statement.start, 0))
    for base in bases:
        offset = _offset(text, base, position)
        if offset is not None and statement.start <= offset <= statement.end:
            yield offset


def _offset(text: str, base: int, position: Position) -> int | None:
    """Return the offset of a position that counts from `base`; None if the text has no such place."""
    if position.offset is not None:
        return base + position.offset
    if position.column is None:
        return None
    start = base
    for _ in range(position.line):
        start = text.find("\n", start) + 1
        if not start:
            return None
    end = text.find("\n", start)
    line = text[start : len(text) if end < 0 else end].replace("\t", " ")
    if not position.excerpt:
        return start + position.column if position.column <= len(line) else None
    # A long line is shortened at both ends.
    cut = 3 if position.excerpt.startswith("...") else 0
    excerpt = position.excerpt[cut:].removesuffix("...").rstrip().removesuffix(";")
    shift = line.find(excerpt)
    return start + shift + position.column - cut if shift >= 0 and position.column >= cut else None


def _occurrences(text: str, statement: Span, name: str) -> list[_Occurrence]:
    tokens = _tokens(text, statement)
    lowered = name.lower()
    found = []
    for at, token in enumerate(tokens):
        # BigQuery takes a whole path in one pair of backticks.
        if lowered not in (bare := unquoted(token.text).lower(), bare.rpartition(".")[2]):
            continue
        first = at
        qualifier: list[str] = []
        while first >= 2 and tokens[first - 1].text == "." and tokens[first - 2].kind in _NAMES:
            first -= 2
            qualifier.insert(0, unquoted(tokens[first].text).lower())
        following = tokens[at + 1].text if at + 1 < len(tokens) else ""
        previous = tokens[first - 1].text.lower() if first else ""
        place = Place(Span(token.start, token.end), Span(tokens[first].start, _end(tokens, at)))
        kinds = following == "(", previous in _BEFORE_TABLES, following == ".", previous == "as"
        found.append(_Occurrence(place, tuple(qualifier), *kinds))
    return found


def _end(tokens: Sequence[Token], at: int) -> int:
    """Return the end of the dotted reference that a token is in."""
    while at + 2 < len(tokens) and tokens[at + 1].text == "." and tokens[at + 2].kind in _NAMES:
        at += 2
    return tokens[at].end


def _doubts(occurrence: _Occurrence, message: EngineMessage) -> int:
    """Return how much an occurrence differs from what such a message is about; 0 if it fits."""
    code, qualifier = message.code, tuple(part.lower() for part in message.name[:-1])
    doubts = int(occurrence.is_called != (code in ("UnknownFunction", "Arguments", "Aggregate", "Call")))
    doubts += int(occurrence.is_table != (code == "UnknownTable")) + int(occurrence.is_definition)
    if code in ("UnknownAlias", "UnknownSchema"):
        return doubts + int(not occurrence.is_qualifier)
    own = occurrence.qualifier
    fits = own[-len(qualifier) :] == qualifier if qualifier else not own
    return doubts + int(not fits) + int(occurrence.is_qualifier)


def _tokens(text: str, statement: Span) -> list[Token]:
    """Return the tokens of a statement without comments, at their offsets in the text."""
    return [
        Token(token.kind, token.text, token.start + statement.start, token.end + statement.start)
        for token in lex(text[statement.start : statement.end])
        if token.kind not in ("comment", "newline")
    ]
