"""Places in files as a command line names them, `PATH:LINE`, and the problem at one."""

from __future__ import annotations

from quickfix_ls.analysis.index import Analysis
from quickfix_ls.errors import UsageError
from quickfix_ls.problems import find_at
from quickfix_ls.values import Problem


def path_and_line(place: str) -> tuple[str, int]:
    """The two parts of a place; the line counts from 1. Raises UsageError for what is no place."""
    path, _, line = place.rpartition(":")
    if not path or not line.isdecimal():
        raise UsageError(f"{place}: a place is PATH:LINE, like `src/app.py:12`")
    return path, int(line)


def problem_at(analysis: Analysis, place: str, line: int) -> Problem:
    """The nearest problem at a line that counts from 1. Raises UsageError, naming `place`, where there is none."""
    problems = find_at(analysis, analysis.snapshot.line_span(line - 1))
    if not problems:
        raise UsageError(f"{place}: there is no problem at this line")
    return problems[0]
