"""Readings of a line whose quotes do not pair up: where its strings begin and end, judged by the code around them.

The lexer ends a string at the next quote; in `'it's late'` that is not where the author ended it. A string begins where
an operand may begin and ends where code may go on, so the quotes in between belong to its text. A reading is a way to
divide a line into code and strings, with a cost for every string that the lexer would read otherwise.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from quickfix_ls.languages.python.lexer import KEYWORDS, lexed
from quickfix_ls.languages.python.quote_costs import FOLLOWS, OTHER, Literal, cost_of
from quickfix_ls.values import Span

_LIKELY = 2.0
_MAX_LINES = 5
_MAX_LINE, _MAX_QUOTES, _KEPT = 400, 40, 3
_PREFIX = re.compile(r"(?<!\w)(?:[rRbBuUfFtT]|[rR][bBfFtT]|[bBfFtT][rR])\Z")
_BEGINS_BEHIND = frozenset("([{,:=+*%<>;|/")
_WORDS_BEFORE = KEYWORDS - {"None", "True", "False"} | {"print", "case", "match"}
_TWO_WORDS = re.compile(r"(?<![\w.])([^\W\d]\w*)[ \t]+([^\W\d]\w*)")
_MAY_BEGIN = re.compile(r"[(\[{,=:][ \t]*|\breturn[ \t]+")
_BODY = re.compile(r"[\w./\\%-](?:[\w ./\\%!?-]*[\w./\\%!?-])?")
_SOFT_KEYWORDS = frozenset({"match", "case", "type", "print"})


class Reading(NamedTuple):
    """The strings of a line which the lexer reads otherwise, and how unlikely it is that they are meant like this."""

    cost: float
    faulty: tuple[Literal, ...]


def readings_near(text: str, span: Span) -> Iterator[Reading]:
    """Yield the readings of the lines that a span of a text touches, the likeliest of a line first."""
    for start, end in lines_at(text, span):
        for reading in line_readings(text[start:end]):
            yield Reading(reading.cost, tuple(_moved(literal, start) for literal in reading.faulty))


@lru_cache(maxsize=16)
def lines_at(text: str, span: Span) -> tuple[tuple[int, int], ...]:
    """Return the (start, end) offsets of the physical lines that a span touches, the first five, without those that
    begin inside of a string."""
    found: list[tuple[int, int]] = []
    start = text.rfind("\n", 0, max(0, min(span.start, len(text)))) + 1
    inside = [
        (token.start, token.end)
        for token in lexed(text)
        if token.kind in ("string", "badstring") and "\n" in token.text.rstrip("\n")
    ]
    while len(found) < _MAX_LINES and start <= min(len(text), max(span.start, span.end)):
        end = text.find("\n", start)
        end = len(text) if end < 0 else end
        if not any(first < start < last for first, last in inside):
            found.append((start, end - text[start:end].endswith("\r")))
        start = end + 1
    return tuple(found)


@lru_cache(maxsize=64)
def line_readings(line: str) -> tuple[Reading, ...]:
    """Return the likeliest readings of a line that differ from the lexer's, the likeliest first; none if the lexer's
    own is likely."""
    quotes = line.count("'") + line.count('"')
    if len(line) > _MAX_LINE or not 0 < quotes <= _MAX_QUOTES:
        return ()
    found = _LineReader(line).rest(0)
    if any(not reading.faulty and reading.cost < _LIKELY for reading in found):
        return ()
    return tuple(reading for reading in found if reading.faulty)[:_KEPT]


class _LineReader:
    """The best readings of each rest of a line, each computed once."""

    def __init__(self, line: str) -> None:
        self._line = line
        self._known: dict[int, list[Reading]] = {}

    def rest(self, position: int) -> list[Reading]:
        """Return the best readings of the line from an offset on that is outside of strings."""
        if position not in self._known:
            found = sorted(self._readings(position), key=lambda reading: reading.cost)
            self._known[position] = found[: 2 * _KEPT]
        return self._known[position]

    def _readings(self, position: int) -> Iterator[Reading]:
        line = self._line
        at = _next_quote(line, position)
        code = line[position:at] if at >= 0 else line[position:].split("#", 1)[0]
        odd = 1.2 if _is_no_code(code) else 0.0
        if at < 0:
            yield Reading(odd, ())
            return
        if line[at : at + 3] in ('"""', "'''"):
            closed = line.find(line[at : at + 3], at + 3)
            for reading in self.rest(closed + 3) if closed >= 0 else ():
                yield reading._replace(cost=reading.cost + odd)
            return
        found = _PREFIX.search(line, 0, at)
        prefix = found.group() if found and found.start() >= position else ""
        literals = [*_unopened(line, position, at)]
        if _may_begin(line, at - len(prefix), position):
            literals += [*_literals(line, at, prefix), *_unclosed(line, at, prefix)]
        for literal in literals:
            cost = odd + cost_of(line, literal)
            for reading in self.rest(literal.end + len(literal.closing)):
                faulty = (literal, *reading.faulty) if literal.is_faulty else reading.faulty
                yield Reading(cost + reading.cost, faulty)


def _next_quote(line: str, position: int) -> int:
    """Return the offset of the next quote outside of a comment; -1 if there is none."""
    found = re.compile(r"[\"'#]").search(line, position)
    return found.start() if found and found.group() != "#" else -1


def _is_no_code(code: str) -> bool:
    """Return whether the text between two strings has two names in a row, as no code has."""
    return any(
        not {first, second} & KEYWORDS and first not in _SOFT_KEYWORDS for first, second in _TWO_WORDS.findall(code)
    )


def _may_begin(line: str, start: int, position: int) -> bool:
    """Return whether a string may begin at an offset; `position` is the end of the string before it."""
    before = line[:start].rstrip()
    if not before or before[-1] in _BEGINS_BEHIND:
        return True
    if before[-1] in OTHER:
        return len(before) <= position and start > len(before)
    word = re.search(r"\w+\Z", before)
    return word is not None and word.group() in _WORDS_BEFORE and (start > len(before))


def _literals(line: str, at: int, prefix: str) -> Iterator[Literal]:
    """Yield each string that may begin with the quote at an offset, the shortest first."""
    inner: list[int] = []
    quote = line[at]
    for end in range(at + 1, len(line)):
        if line[end] not in OTHER:
            continue
        if line.startswith(line[end] * 3, end) and end > at + 1:
            return
        is_escaped = _backslashes(line, at + 1, end) % 2 == 1
        if FOLLOWS.match(line, end + 1):
            inside = tuple(place for place in inner if line[place] == quote == line[end])
            if line[end] == quote or not is_escaped:
                yield Literal(at - len(prefix), at + 1, end, prefix, quote, line[end], inside, is_escaped)
        if not is_escaped:
            inner.append(end)
    inside = tuple(place for place in inner if line[place] == quote)
    if inside and all(line[place - 1].isalpha() and line[place + 1 : place + 2].isalpha() for place in inside):
        end = at + 1 + len(line[at + 1 :].rstrip(" \t)]}:,;\r"))
        if end > inside[-1] + 1:
            yield Literal(at - len(prefix), at + 1, end, prefix, quote, "", inside, False)


def _unclosed(line: str, at: int, prefix: str) -> Iterator[Literal]:
    """Yield each string that may begin with the quote at an offset and end before a separator or bracket, or with the
    line, without a closing quote."""
    quote = line[at]
    limit = next((end for end in range(at + 1, len(line)) if line[end] == quote), len(line))
    places = [
        end for end in range(at + 2, limit) if line[end] in ",)]}:" and line[end + 1 : end + 2] not in ("/", "\\")
    ]
    if limit == len(line):
        places.append(len(line.rstrip()))
    for end in places:
        if line[at + 1 : end].strip():
            yield Literal(at - len(prefix), at + 1, end, prefix, quote, "", (), False)


def _unopened(line: str, position: int, at: int) -> Iterator[Literal]:
    """Yield each string that ends with the quote at an offset and begins behind a separator or bracket, without an
    opening quote."""
    if FOLLOWS.match(line, at + 1):
        for found in list(_MAY_BEGIN.finditer(line, position, at))[-2:]:
            if _BODY.fullmatch(line, found.end(), at):
                yield Literal(found.end(), found.end(), at, "", "", line[at], (), False)


def _backslashes(line: str, start: int, end: int) -> int:
    before = line[start:end]
    return len(before) - len(before.rstrip("\\"))


def _moved(literal: Literal, by: int) -> Literal:
    return literal._replace(
        start=literal.start + by,
        body=literal.body + by,
        end=literal.end + by,
        inner=tuple(place + by for place in literal.inner),
    )
