"""The language part that the problems stage uses."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from quickfix_ls.index.index import Index
from quickfix_ls.values import Problem, Reported, Span


@dataclass(frozen=True, slots=True)
class ProblemFinder:
    """A language's analysis beyond its syntax.

    - `findings(index, first, last)` yields every definite problem in the units from `first` to `last` (inclusive; to
      the end if None).
    - `suspicions(index, first, last, within)` returns suspicious code within a span; it is called only if there is no
      definite problem.
    - `reading(index, reported)` returns the problem that a tool's diagnostic describes; None if it describes nothing
      that can be fixed.
    """

    findings: Callable[[Index, int, int | None], Iterator[Problem]]
    suspicions: Callable[[Index, int, int, Span], Iterable[Problem]]
    reading: Callable[[Index, Reported], Problem | None]
