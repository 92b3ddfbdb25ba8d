"""The probabilities from which on an offer is shown, and from which on it may be applied without review."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Thresholds:
    """Thresholds on calibrated probabilities.

    Candidates below `offer` are not shown; from `prefer` on an offer may be applied without review (above 1: never).
    `by_source` has a value of `prefer` for each proposer with enough training data for its own.
    """

    offer: float
    prefer: float
    by_source: Mapping[str, float] = field(default_factory=dict)

    def prefers(self, probability: float, sources: Iterable[str]) -> bool:
        """Return whether an offer may be applied without review; `sources` are the proposers of its steps."""
        return all(probability >= self.by_source.get(source, self.prefer) for source in sources)


UNKNOWN = Thresholds(0.0, 2.0)
"""The thresholds of a selector without calibrated probabilities: every candidate is shown, none is preferred."""
