"""The comment `# quickfix: off`: at the end of a line it switches that line off, alone on one of the first ten lines
the whole file. Problems that are switched off are reported neither in an editor nor on the command line."""

from __future__ import annotations

import re
from collections.abc import Iterable

from quickfix_ls.documents.snapshot import Snapshot
from quickfix_ls.values import Problem, Span

_FIRST_LINES = 10
_OFF = re.compile(r"#\s*quickfix:\s*off\s*$", re.IGNORECASE)
_OFF_ALONE = re.compile(r"\ufeff?\s*#\s*quickfix:\s*off\s*$", re.IGNORECASE)


def switched_on(snapshot: Snapshot, problems: Iterable[Problem]) -> list[Problem]:
    """Return the problems without those that are switched off."""
    found = list(problems)
    if not found or is_file_off(snapshot):
        return []
    return [problem for problem in found if not is_off(snapshot, problem.span)]


def is_file_off(snapshot: Snapshot) -> bool:
    """Return whether the whole file is switched off."""
    lines = range(min(_FIRST_LINES, snapshot.line_count))
    return any(_OFF_ALONE.match(snapshot.line_text(line)) for line in lines)


def is_off(snapshot: Snapshot, span: Span) -> bool:
    """Return whether the line where the span begins, or the line where it ends, is switched off."""
    return any(_OFF.search(snapshot.line_text(snapshot.line_at(place))) for place in (span.start, span.end))
