"""Errors that source text has only for an older Python than the running one, where the compiler can't tell: by parso's
grammars of each version.

The compiler's `feature_version` knows the grammar of older versions but for f-strings (3.12 parses what stands in their
braces as it parses all code) and for some places of `:=` and forms of decorators. parso knows these; it does not know
`match`, `except*`, `with` in parentheses, `x[*a]`, nor the f-strings of 3.12. So it is asked only about text that may
have one of the former, and only that part of its answer counts. It is imported when it is first asked.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from typing import Any, NamedTuple

from quickfix_ls.index.syntax import SyntaxFault
from quickfix_ls.languages.python.fstring_fields import OldField, old_fields
from quickfix_ls.values import Edit, Span

Version = tuple[int, int]

OLDEST: Version = (3, 6)
NEWEST: Version = (3, 14)
"""The versions whose grammars parso has."""

NEW_FSTRINGS: Version = (3, 12)
"""The first version that parses what stands in the braces of an f-string as it parses all code (PEP 701)."""

_WALRUS = "Assignment expressions without parentheses"
_DECORATOR = "Decorators other than names and calls of names"
_NAMED = (
    (re.compile(r"[\[{][^\n]*:="), (3, 10), _WALRUS),
    (
        re.compile(r"^[ \t]*@[ \t]*(?:[\w.]*[^\w.\s(#]|[\w.]+[ \t]*\([^\n]*\)[ \t]*[\[(.])", re.MULTILINE),
        (3, 9),
        _DECORATOR,
    ),
)
"""What to look for in code besides f-strings: a pattern that all such places match, the version from which on they are
allowed everywhere, the words of the message."""

_log = logging.getLogger(__name__)


class ParsoError(NamedTuple):
    """An error that parso reports, at an offset."""

    message: str
    offset: int


def older_fault(source: str, target: Version) -> SyntaxFault | None:
    """Return the first error of a text that compiles here, but not by the grammar of the older version `target`.

    Never raises. Takes a few microseconds for most texts, and milliseconds for those that parso is asked about.
    """
    if not OLDEST <= target < NEWEST:
        return None
    fields = list(old_fields(source)) if target < NEW_FSTRINGS else []
    named = [words for pattern, since, words in _NAMED if target < since and pattern.search(source)]
    if not fields and not named:
        return None
    faults = [*_in_fields(source, target, fields), *_named(source, target, named)]
    return min(faults, key=lambda fault: fault.span.start, default=None)


def new_errors(before: str, after: str, edits: Sequence[Edit], target: Version) -> tuple[ParsoError, ...]:
    """Return the errors that parso finds after some edits and did not find before, by message and place.

    It finds none where `after` has a construct that its newest grammar does not know.
    """
    if not OLDEST <= target < NEWEST or not (errors := parso_errors(after, target)) or parso_errors(after, NEWEST):
        return ()
    old = {
        ParsoError(error.message, error.offset + sum(edit.growth for edit in edits if edit.span.end <= error.offset))
        for error in parso_errors(before, target)
    }
    return tuple(error for error in errors if error not in old)


def is_accepted(source: str, span: Span, target: Version) -> bool:
    """Return whether parso, by the grammar of a version, has no error in the lines of a span."""
    lines = _lines_around(source, span)
    known = OLDEST <= target <= NEWEST
    return known and not any(lines.start <= error.offset <= lines.end for error in parso_errors(source, target))


def _in_fields(source: str, target: Version, fields: list[OldField]) -> Iterator[SyntaxFault]:
    """Yield the errors in f-strings: the fields that an old Python reads otherwise, if parso finds an error there."""
    if not fields:
        return
    errors = parso_errors(source, target)
    for field in fields:
        lines = _lines_around(source, field.string)
        if any(lines.start <= error.offset <= lines.end for error in errors):
            yield SyntaxFault(field.message, "SyntaxError", field.span)


def _named(source: str, target: Version, named: list[str]) -> Iterator[SyntaxFault]:
    """Yield the errors that a newer grammar of parso does not have."""
    if not named:
        return
    known = set(parso_errors(source, NEWEST))
    for error in parso_errors(source, target):
        if error in known or not (words := _words_at(source, error.offset, named)):
            continue
        version = (target[0], target[1] + 1)
        while version < NEWEST and error in parso_errors(source, version):
            version = (version[0], version[1] + 1)
        message = f"{words} are only supported here in Python {version[0]}.{version[1]} and greater"
        yield SyntaxFault(message, "SyntaxError", Span(error.offset, error.offset + 1))


def _lines_around(source: str, span: Span) -> Span:
    """Return the span of the whole lines that a span touches."""
    end = source.find("\n", span.end)
    return Span(source.rfind("\n", 0, span.start) + 1, end if end >= 0 else len(source))


def _words_at(source: str, offset: int, named: list[str]) -> str:
    """Return the words for the construct at an error; empty if it is none of those that were looked for."""
    line_start = source.rfind("\n", 0, offset) + 1
    if _WALRUS in named and source.startswith(":=", offset):
        return _WALRUS
    return _DECORATOR if _DECORATOR in named and source[line_start:].lstrip(" \t\f").startswith("@") else ""


@lru_cache(maxsize=64)
def parso_errors(source: str, version: Version) -> tuple[ParsoError, ...]:
    """Return all errors that parso finds in a text by the grammar of a version, in the order of the text; none if parso
    fails. Takes some milliseconds for a screen of code."""
    try:
        grammar = _grammar(version)
        found = [(issue.message, issue.start_pos) for issue in grammar.iter_errors(grammar.parse(source))]
    except Exception:
        # parso is asked for a second opinion; where it has none, the compiler's stands.
        _log.debug("parso failed", exc_info=True)
        return ()
    from parso.utils import split_lines

    starts = [0]
    for line in split_lines(source, keepends=True):
        starts.append(starts[-1] + len(line))
    places = sorted((starts[min(line, len(starts)) - 1] + column, message) for message, (line, column) in found)
    return tuple(ParsoError(message, offset) for offset, message in places)


@cache
def _grammar(version: Version) -> Any:
    """Return parso's grammar of a version; it is imported and the grammar made on the first call (0.1 s)."""
    from parso.grammar import load_grammar

    return load_grammar(version=f"{version[0]}.{version[1]}")
