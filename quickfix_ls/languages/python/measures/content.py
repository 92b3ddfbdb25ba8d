"""Features of the content that a change removes, by its kind."""

from __future__ import annotations

from quickfix_ls.ranking.measures import Changed
from quickfix_ls.validation.content import REMOVED, removed_in

_LITERALS = frozenset({"literal", "text"})
_WORDS = frozenset({"keyword", "operator", "decorator"})


def content_measures(changed: Changed) -> dict[str, float]:
    """Return how many words of content a change removes: in all, and those of literals, keywords and statements; and
    how many words that are plainly stray."""
    losses = removed_in(changed.change, changed.run)
    kept = [loss for loss in losses if not loss.stray]
    return {
        REMOVED: sum(loss.words for loss in kept),
        "literals_removed": sum(loss.words for loss in kept if loss.kind in _LITERALS),
        "keywords_removed": sum(loss.words for loss in kept if loss.kind in _WORDS),
        "statements_removed": sum(loss.kind == "statement" for loss in kept),
        "strays_removed": sum(loss.words for loss in losses if loss.stray),
    }
