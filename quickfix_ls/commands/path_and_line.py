"""Places in files as a command line names them, `PATH:LINE`, and the problem at one."""

from __future__ import annotations

from collections.abc import Sequence

from quickfix_ls.errors import UsageError
from quickfix_ls.values import Problem


def path_and_line(place: str) -> tuple[str, int]:
    """The two parts of a place; the line counts from 1. Raises UsageError for what is no place."""
    path, _, line = place.rpartition(":")
    if not path or not line.isdecimal():
        raise UsageError(f"{place}: a place is PATH:LINE, like `src/app.py:12`")
    return path, int(line)


def nearest_problem(place: str, found: Sequence[Problem]) -> Problem:
    """The first of the problems found at `place`. Raises UsageError where there is none."""
    if not found:
        raise UsageError(f"{place}: there is no problem at this line")
    return found[0]
