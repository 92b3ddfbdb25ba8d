"""What the problems stage asks of a language."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from quickfix_ls.index.index import Index
from quickfix_ls.values import Problem, Reported, Span


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """How a language finds what is wrong, its syntax aside.

    - `findings(index, first, last)`: every problem in the units from `first` to `last` (inclusive; to the end where
      None) that is known to be one.
    - `suspicions(index, first, last, within)`: what looks wrong on the lines of a span where nothing is known to be.
    - `reading(index, reported)`: the problem that a tool's diagnostic is about; None where it is about nothing that can
      be fixed.
    """

    findings: Callable[[Index, int, int | None], Iterator[Problem]]
    suspicions: Callable[[Index, int, int, Span], Iterable[Problem]]
    reading: Callable[[Index, Reported], Problem | None]
