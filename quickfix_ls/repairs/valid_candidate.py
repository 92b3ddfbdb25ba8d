"""A candidate that passed validation."""

from __future__ import annotations

from dataclasses import dataclass, replace

from quickfix_ls.validation.change import Change
from quickfix_ls.values import Verdict


@dataclass(frozen=True, slots=True)
class ValidCandidate:
    """A candidate for one step of a repair that passed validation.

    `sources` are all proposers of the same text, the first proposer first; `order` is the number of candidates that
    were proposed before it. `verdict` is that of the stages "step" and "repair", or of "step" alone if the change
    leaves an error further down.
    """

    change: Change
    sources: tuple[str, ...]
    order: int
    verdict: Verdict

    def with_source(self, source: str) -> ValidCandidate:
        """Return the candidate with `source` added to its sources, unless it is among them."""
        return self if source in self.sources else replace(self, sources=(*self.sources, source))
