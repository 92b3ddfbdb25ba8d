"""The queries in the strings of a Python file: which literals are SQL, and what belongs to them.

A literal is SQL if it is passed to a function that takes a query, is assigned to a name that is passed to one, or says
so (a comment `# language=sql` above it, or `--sql` at its start). Works on any text, since code is broken while it is
written; a file without such a literal costs a few searches for words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from quickfix_ls.documents.embedded_view import Fragment, Segment, write_plain
from quickfix_ls.languages.python.embedded.flavors import flavor_of
from quickfix_ls.languages.python.embedded.string_literals import (
    OPENING,
    Formatting,
    StringLiteral,
    literal_at,
    literal_end,
    segments_of,
)
from quickfix_ls.values import Span

_WORDS = ("select", "insert", "update", "delete", "create", "alter", "drop", "merge", "truncate", "explain", "execute")
"""Words of which one is in every file that has a query, as far as it is found."""

_TAKERS = (
    r"execute|executemany|executescript|execute_async|executemany_async|exec_driver_sql|execute_values|execute_batch|"
    r"read_sql|read_sql_query|read_database|read_database_uri|sql|query|sqldf|text|raw|SQL|"
    r"fetch|fetchrow|fetchval|fetch_all|fetch_one|fetch_val|fetch_df"
)
_SURE_TAKERS = frozenset(
    {"execute", "executemany", "executescript", "exec_driver_sql", "read_sql_query", "execute_values", "execute_batch"}
)
"""Those that take nothing but a query, so that even a misspelt first word is one."""

_KEYWORDS = r"(?:sql|query|statement|stmt|operation|command|q)"
_VERBS = (
    r"(?:select|insert\s+(?:or\s+\w+\s+)?into|update|delete\s+from|with|create\s+(?:or\s+replace\s+)?(?:\w+\s+)*?"
    r"(?:table|view|index|trigger|schema|function)|alter\s+table|drop\s+(?:table|view|index)|merge\s+into|"
    r"replace\s+into|truncate|explain|values\s*\()"
)
_BEGINS_QUERY = re.compile(
    rf"(?:\s|\\\r?\n|\\n|\\t|--[^\n]*\n|/\*.*?\*/|\()*(?P<verb>{_VERBS})(?!\w)", re.IGNORECASE | re.DOTALL
)
_CLAUSES = re.compile(
    r"\b(?:from|into|set|where|join|values|table|view|index|group\s+by|order\s+by|as)\b|[*\d]", re.IGNORECASE
)
_COMMON_TABLE = re.compile(
    r"\s+(?:recursive\s+)?\S+\s*(?:\([^()]*\)\s*)?as\b.*\b(?:select|insert|update|delete)\b", re.IGNORECASE | re.DOTALL
)
_LIKE_QUERY = re.compile(r"\s*[a-z]{3,8}\s+.*\b(?:from|into|where|values|table|set)\b", re.IGNORECASE | re.DOTALL)
_SIGNS = (
    re.compile(
        r"[\"'](?:[\s(]|\\[nt\r\n])*(?:select|insert|update|delete|with|create|alter|drop|merge|replace|truncate|explain|"
        r"values|--|/\*)(?=[\s\\(*{]|(?<=[-*]))"
    ),
    re.compile(r"execute(?:many|script|_values|_batch)?\s*\(\s*[a-z]{0,2}[\"']"),
    re.compile(r"read_sql_query\s*\(\s*[a-z]{0,2}[\"']"),
    re.compile(r"language[ \t]*=[ \t]*sql"),
)
"""Patterns of which one is found in every file that has a query, in lower case; they are quick where there is
none."""

_MARKED = re.compile(r"\s*(?:--|/\*)\s*sql\b", re.IGNORECASE)

_SPACE = r"(?:[ \t\f\r\n]|\\\r?\n|\#[^\n]*\n)*"
_CALL = re.compile(
    rf"(?:(?P<callee>(?:\w+\s*\.\s*)*(?P<name>{_TAKERS})))\s*\({_SPACE}(?:{_KEYWORDS}\s*=\s*)?"
    rf"(?:(?:[\w.]*\b(?:dedent|cleandoc|text|SQL))\s*\({_SPACE})?\(?{_SPACE}\Z"
)
_ASSIGNED = re.compile(
    rf"(?:^|[\n;(,])[ \t]*(?:(?:self|cls)\.)?(?P<name>\w+)[ \t]*(?::[^=\n]*)?=[ \t]*"
    rf"(?:(?:[\w.]*\b(?:dedent|cleandoc|text|SQL))\s*)?(?P<bracket>\(?){_SPACE}\Z"
)
_NAMED = re.compile(rf"[(,]{_SPACE}sql\s*=\s*\(?{_SPACE}\Z")
"""An argument that is named for its language."""

_NOTED = re.compile(r"\#[ \t]*language[ \t]*=[ \t]*sql\b[^\n]*\n[^\n]*\Z", re.IGNORECASE)
_PASSED = re.compile(
    rf"(?<!\w)(?:{_TAKERS})\s*\({_SPACE}(?:{_KEYWORDS}\s*=\s*)?(?:(?:[\w.]*\b(?:dedent|text|SQL))\s*\({_SPACE})?"
    r"(?:(?:self|cls)\s*\.\s*)?(?P<name>[^\W\d]\w*)(?!\s*\()"
)
_LOOK_BACK = 200
_AFTER = re.compile(r"[ \t]*(?P<format>\.[ \t]*format[ \t]*\()|[ \t]*(?P<percent>%)(?!=)|(?P<plus>[ \t]*\+(?!=))")
_BLANK = re.compile(r"(?:[ \t\f]|\\\r?\n)*")
_BLANK_LINES = re.compile(_SPACE)


def queries_in(text: str) -> tuple[Fragment, ...]:
    """Return the queries in the strings of a file, in the order of its text."""
    lower = text.lower()
    if not any(word in lower for word in _WORDS) or not any(sign.search(lower) for sign in _SIGNS):
        return ()
    return _queries_in(text)


@lru_cache(maxsize=8)
def _queries_in(text: str) -> tuple[Fragment, ...]:
    passed = {found["name"] for found in _PASSED.finditer(text)}
    found = []
    end = 0
    for literal in _literals(text):
        if literal.span.start < end:
            continue
        place = _place_of(text, literal, passed)
        if place is None:
            continue
        segments, end = _expression(text, literal, place)
        if place.is_sure or _is_whole(segments):
            found.append(Fragment("sql", segments, flavor_of(text, place.callee)))
    return tuple(found)


class _Place(NamedTuple):
    """Where a literal stands: the function that takes it, empty if none is known, whether it is in brackets, whether it
    is a query for sure, and whether it is the text of psycopg's `sql.SQL`, whose fields are filled later."""

    callee: str
    in_brackets: bool
    is_sure: bool
    is_composed: bool = False


def _is_whole(segments: Sequence[Segment]) -> bool:
    """Return whether a text that begins as queries do goes on like one."""
    shown = "".join(segment.text for segment in segments)
    begins = _BEGINS_QUERY.match(shown)
    if begins is None:
        return False
    if begins.group().lower().endswith("with"):
        return _COMMON_TABLE.match(shown, begins.end()) is not None
    # The verb itself may hold the word: CREATE TABLE, DELETE FROM.
    return _CLAUSES.search(shown, begins.start("verb") + 1) is not None


def _literals(text: str) -> Iterator[StringLiteral]:
    """Yield the string literals of a file, without those in fields of others."""
    position = 0
    while (found := _STRING_OR_COMMENT.search(text, position)) is not None:
        if found.group()[0] == "#":
            position = found.end()
            continue
        literal = literal_at(text, found.start())
        if literal is not None:
            yield literal
            position = literal.span.end
        else:
            position = max(literal_end(text, found.start()), found.end())


_STRING_OR_COMMENT = re.compile(rf"\#[^\r\n]*|{OPENING.pattern}")


def _place_of(text: str, literal: StringLiteral, passed: set[str]) -> _Place | None:
    """Return where a literal stands if it is a query, else None."""
    start, body = literal.span.start, literal.body
    before = text[max(0, start - _LOOK_BACK) : start]
    begins = _BEGINS_QUERY.match(text, body.start, body.end) is not None
    is_marked = _MARKED.match(text, body.start, body.end) is not None
    is_taken = before.rstrip()[-1:] in ("(", "=")
    is_like = begins or (is_taken and _LIKE_QUERY.match(text, body.start, body.end) is not None)
    if not (is_like or is_marked or "language" in before):
        return None
    if call := _CALL.search(before):
        is_sure = is_marked or (not begins and is_like and call["name"] in _SURE_TAKERS)
        is_composed = before.rstrip().endswith("SQL(")
        return _Place(call["callee"], True, is_sure, is_composed) if begins or is_sure else None
    assigned = _ASSIGNED.search(before)
    in_brackets = assigned is not None and bool(assigned["bracket"])
    if is_marked or _NOTED.search(before):
        return _Place("", in_brackets or before.rstrip().endswith(("(", ",")), True)
    if begins and assigned is not None and assigned["name"] in passed:
        return _Place("", in_brackets, False)
    if begins and _NAMED.search(before):
        return _Place("", True, False)
    return None


def _expression(text: str, first: StringLiteral, place: _Place) -> tuple[tuple[Segment, ...], int]:
    """Return the segments of the whole expression that begins with a literal, and its end: adjacent literals, what `+`
    joins to them, and how they are formatted. No segments if it can't be told what belongs to it."""
    blank = _BLANK_LINES if place.in_brackets else _BLANK
    literals: list[StringLiteral] = []
    holes: list[Span] = []
    literal: StringLiteral | None = first
    end = first.span.end
    formatting: Formatting = "format" if place.is_composed else ""
    while literal is not None:
        literals.append(literal)
        end = literal.span.end
        position = _skip(blank, text, end)
        literal = literal_at(text, position)
        if literal is not None:
            continue
        after = _AFTER.match(text, position)
        if after is None:
            break
        if after["plus"] is None:
            formatting = "format" if after["format"] else "percent"
            break
        literal, hole, position = _added(text, _skip(blank, text, after.end()), blank)
        if hole is not None:
            holes.append(hole)
            end = hole.end
    segments: list[Segment] = []
    for one in literals:
        found = segments_of(text, one, formatting)
        if found is None:
            return (), end
        segments += found
    segments += [Segment(text[hole.start : hole.end], hole, "field", write_plain) for hole in holes]
    return tuple(sorted(segments, key=lambda segment: segment.span)), end


def _added(text: str, position: int, blank: re.Pattern[str]) -> tuple[StringLiteral | None, Span | None, int]:
    """Return the operand of a `+`: a literal, or else the span of another one and the literal that is added to it."""
    literal = literal_at(text, position)
    if literal is not None:
        return literal, None, position
    start, depth = position, 0
    while position < len(text):
        sign = text[position]
        if sign in "\"'":
            position = literal_end(text, position)
            continue
        if not depth and (sign in ")],;:#}" or (sign in "\r\n" and blank is _BLANK)):
            break
        if not depth and sign == "+":
            end = len(text[:position].rstrip())
            following, more, position = _added(text, _skip(blank, text, position + 1), blank)
            return following, Span(start, more.end if more else end), position
        depth += (sign in "([{") - (sign in ")]}")
        position += 1
    return None, Span(start, start + len(text[start:position].rstrip())), position


def _skip(blank: re.Pattern[str], text: str, position: int) -> int:
    found = blank.match(text, position)
    return found.end() if found else position
