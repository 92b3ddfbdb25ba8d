"""The probabilities from which on an offer is shown, and from which on it may be applied without review."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

OfferKind = Literal["names", "several", "fixers", "search"]
"""The kinds of offers whose reliability is measured apart: for problems that are no syntax errors; repairs whose steps
have several proposers; those of fixers; and those of the token search."""

NEVER = 2.0


@dataclass(frozen=True, slots=True)
class Thresholds:
    """Thresholds on calibrated probabilities.

    Candidates below `offer` are not shown (for problems that are no syntax errors: below `offer_name`, if that is not
    None); from `prefer` on an offer may be applied without review (NEVER: none is). `by_kind` has a value of `prefer`
    for each kind of offers, and `by_source` for each proposer whose reliability was measured; the latter goes before.
    """

    offer: float
    prefer: float
    by_kind: Mapping[str, float] = field(default_factory=dict)
    by_source: Mapping[str, float] = field(default_factory=dict)
    offer_name: float | None = None

    def shown_from(self, is_syntax: bool) -> float:
        """Return the probability from which on an offer is shown; `is_syntax` as in `prefers`."""
        return self.offer if is_syntax or self.offer_name is None else self.offer_name

    def prefers(self, probability: float, is_syntax: bool, sources: Sequence[str]) -> bool:
        """Return whether an offer may be applied without review; `is_syntax` tells whether its problem is a syntax
        error, `sources` are the proposers of its steps, each once."""
        kind = kind_of_offer(is_syntax, sources)
        general = self.by_kind.get(kind, self.prefer)
        if kind == "several":
            return probability >= max(general, *(self.by_source.get(source, general) for source in sources))
        return all(probability >= self.by_source.get(source, general) for source in sources)


def kind_of_offer(is_syntax: bool, sources: Sequence[str]) -> OfferKind:
    """Return the kind of an offer; the arguments are those of `Thresholds.prefers`."""
    if not is_syntax:
        return "names"
    if len(sources) > 1:
        return "several"
    return "search" if sources[0].startswith("search:") else "fixers"


UNKNOWN = Thresholds(0.0, NEVER)
"""The thresholds of a selector without calibrated probabilities: every candidate is shown, none is preferred."""
