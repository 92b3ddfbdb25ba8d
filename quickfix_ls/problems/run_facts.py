"""Use what a failed program knew: its error as a tool's report, with the names that it had as suggestions."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from rapidfuzz.distance import OSA, Indel

from quickfix_ls.runs.record import Frame, RunError
from quickfix_ls.values import Reported, Span

_MOST = 3
_MIN_LIKENESS = 0.72
_QUOTED = re.compile(r"'(\w[^'\n]*)'(?!.*')")
_SUGGESTED = re.compile(r"\bdid you mean\b", re.IGNORECASE)


def reports_of(error: RunError, frame: Frame, line: Span, source: str, shown_as: str = "") -> Iterator[Reported]:
    """Yield an error as a diagnostic at one of its places, the narrowest place first: the failing expression, where it
    is known, then its whole `line`, without the line break. `shown_as` is what a person is told of it."""
    said = suggesting(error.said, error.facts.names)
    if 0 <= frame.column < frame.end_column <= line.end - line.start:
        expression = Span(line.start + frame.column, line.start + frame.end_column)
        yield Reported(said, expression, source, error.type, shown_as, error.facts)
    yield Reported(said, line, source, error.type, shown_as, error.facts)


def suggesting(message: str, names: Sequence[str]) -> str:
    """Return a program's message with the names that are near to the last one that it quotes, as interpreters suggest
    them: `KeyError: 'pric'. Did you mean 'price'?`. `names` are those that the program could have used, keys as Python
    writes them."""
    quoted = _QUOTED.search(message.partition("\n")[0])
    if quoted is None or _SUGGESTED.search(message):
        return message
    plain = dict.fromkeys(name.strip("'\"") for name in names)
    near = sorted((name for name in plain if _is_near(quoted[1], name)), key=lambda name: _order(quoted[1], name))
    return f"{message}. Did you mean {' or '.join(map(repr, near[:_MOST]))}?" if near else message


def _is_near(name: str, other: str) -> bool:
    if name == other:
        return False
    likeness = Indel.normalized_similarity(name.lower(), other.lower())
    return likeness >= _MIN_LIKENESS or OSA.distance(name.lower(), other.lower()) <= 1


def _order(name: str, other: str) -> tuple[int, float]:
    return OSA.distance(name.lower(), other.lower()), -Indel.normalized_similarity(name, other)
