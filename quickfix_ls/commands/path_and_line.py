"""Lines of files as arguments of the command line, `PATH:LINE`, and the problem at such a line."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

from quickfix_ls.errors import UsageError

T = TypeVar("T")


def path_and_line(place: str) -> tuple[str, int]:
    """Return the path and the 1-based line of a string `PATH:LINE`. Raises UsageError if it has another form."""
    path, _, line = place.rpartition(":")
    if not path or not line.isdecimal():
        raise UsageError(f"{place}: a place is PATH:LINE, like `src/app.py:12`")
    return path, int(line)


def nearest_problem(place: str, found: Sequence[T]) -> T:
    """Return the first of the problems found at `place`. Raises UsageError if there is none."""
    if not found:
        raise UsageError(f"{place}: there is no problem at this line")
    return found[0]
