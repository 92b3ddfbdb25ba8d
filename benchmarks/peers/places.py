"""Where a server is asked for fixes of a row: at its own diagnostics, as an editor's user would who goes from mark to
mark."""

from __future__ import annotations

import difflib
import re
import warnings
from collections.abc import Sequence
from typing import Any

from quickfix_ls.documents.positions import to_offset
from quickfix_ls.documents.snapshot import Snapshot
from quickfix_ls.training.rows import Row
from quickfix_ls.values import Span
from tests.kit_texts import position_at

Json = dict[str, Any]
Place = tuple[Json, list[Json]]
"""A range, and the diagnostics that overlap or touch it."""

_MOST_PLACES = 8


def places_of(row: Row, diagnostics: Sequence[Json]) -> list[Place]:
    """The ranges of those diagnostics that overlap or touch the line of the error or a line that the human changed,
    nearest to the error first, `_MOST_PLACES` at most. Where none does, the nearest diagnostic's range and then the
    line of the error. What only white space stands between touches: some report at the end of the line before."""
    snapshot = Snapshot.of(row.broken)
    line = snapshot.line_span(row.line - 1)
    error, wanted = _error(row, line), [line, *_changed_lines(row, snapshot)]

    def apart(one: Json, other: Span) -> int:
        return _apart(row.broken, span_of(one, snapshot), other)

    near = sorted(diagnostics, key=lambda one: (apart(one["range"], line), apart(one["range"], error)))
    chosen = [one["range"] for one in near if any(apart(one["range"], place) == 0 for place in wanted)]
    ranges = chosen or [*(one["range"] for one in near[:1]), _range_of(line, row.broken)]
    different = [one for number, one in enumerate(ranges) if one not in ranges[:number]]
    return [(one, [other for other in diagnostics if _meet(other["range"], one)]) for one in different[:_MOST_PLACES]]


def is_on(diagnostic: Json, line: int) -> bool:
    """Whether a diagnostic covers a line, counted from 0."""
    return bool(diagnostic["range"]["start"]["line"] <= line <= diagnostic["range"]["end"]["line"])


def span_of(place: Json, snapshot: Snapshot) -> Span:
    """What a range in UTF-16 covers."""
    first, last = (to_offset(snapshot, one["line"], one["character"], "utf-16") for one in _ends(place))
    return Span(first, last)


def _error(row: Row, line: Span) -> Span:
    """Where on its line the error is: CPython's column of a syntax error, else the last name which the message quotes
    and the line has; the whole line where neither says it."""
    if row.kind == "syntax":
        column = _column(row)
        return line if column is None else Span(line.start + column, line.start + column)
    text = row.broken[line.start : line.end]
    quoted = (re.search(rf"\b{name}\b", text) for name in reversed(re.findall(r"'(\w+)'", row.error)))
    found = next((one for one in quoted if one), None)
    return Span(line.start + found.start(), line.start + found.end()) if found else line


def _column(row: Row) -> int | None:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            compile(row.broken, "<row>", "exec", dont_inherit=True)
    except SyntaxError as error:
        return error.offset - 1 if error.lineno == row.line and error.offset else None
    except (ValueError, OverflowError, RecursionError, MemoryError):
        pass
    return None


def _changed_lines(row: Row, snapshot: Snapshot) -> list[Span]:
    """The lines of the broken text that the human changed or removed; what was only inserted touches none."""
    matcher = difflib.SequenceMatcher(None, row.broken.split("\n"), row.fixed.split("\n"), autojunk=False)
    changed = [(first, last) for tag, first, last, _, _ in matcher.get_opcodes() if tag != "equal"]
    return [snapshot.line_span(number) for first, last in changed for number in range(first, last)]


def _apart(text: str, one: Span, other: Span) -> int:
    """How many characters that are not white space stand between two spans; 0 where they overlap or touch."""
    first, last = sorted([one, other])
    return len("".join(text[first.end : last.start].split()))


def _meet(one: Json, other: Json) -> bool:
    """Whether two ranges overlap or touch."""
    (start, end), (first, last) = ([(at["line"], at["character"]) for at in _ends(place)] for place in (one, other))
    return start <= last and first <= end


def _ends(place: Json) -> tuple[Json, Json]:
    return place["start"], place["end"]


def _range_of(span: Span, text: str) -> Json:
    return {"start": position_at(text, span.start), "end": position_at(text, span.end)}
