"""From which probability on an offer is worth showing, and from which it may be applied blind."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Thresholds:
    """Calibrated probabilities: below `offer` we stay silent, from `prefer` on an offer may be applied blind (above
    1: never). `by_source` has the thresholds of those proposers that were seen often enough to have their own."""

    offer: float
    prefer: float
    by_source: Mapping[str, float] = field(default_factory=dict)

    def prefers(self, probability: float, sources: Iterable[str]) -> bool:
        """Whether an offer may be applied blind; `sources` proposed its steps."""
        return all(probability >= self.by_source.get(one, self.prefer) for one in sources)


UNKNOWN = Thresholds(0.0, 2.0)
"""For a selector without measured chances: everything is shown, nothing may be applied blind."""
