"""Features of the content that a change removes."""

from __future__ import annotations

from quickfix_ls.ranking.features import Feature
from quickfix_ls.ranking.measures import Changed
from quickfix_ls.validation.content import REMOVED, removed_in

FEATURES = (
    Feature(REMOVED, "words of content that go and come in no other form", "words", 0, 200),
    Feature("literals_removed", "those of numbers and texts", "words", 0, 200),
    Feature("keywords_removed", "those that are keywords", "words", 0, 200),
    Feature("strays_removed", "words that go and are plainly stray", "words", 0, 200),
)


def content_measures(changed: Changed) -> dict[str, float]:
    """Return how many words of content a change removes, by sort."""
    losses = removed_in(changed.change, changed.run)
    kept = [loss for loss in losses if not loss.stray]
    return {
        REMOVED: len(kept),
        "literals_removed": sum(loss.kind in ("text", "literal") for loss in kept),
        "keywords_removed": sum(loss.kind == "keyword" for loss in kept),
        "strays_removed": sum(loss.stray for loss in losses),
    }
