"""The order of a problem's offers: the most probable first, but what deletes stands behind what keeps."""

from __future__ import annotations

from collections.abc import Iterable

from quickfix_ls.problems.kinds import kind_of
from quickfix_ls.values import Offer

_LIKELIER_THAN_NOT = 0.5


def ordered(offers: Iterable[Offer]) -> list[Offer]:
    """Return the offers, the most probable first, those that are `held_back` behind all others."""
    return sorted(offers, key=lambda offer: (held_back(offer), -offer.probability))


def held_back(offer: Offer) -> bool:
    """Return whether an offer removes content and is more likely wrong than right, by the reward model.

    Such an offer stands behind every reading that keeps the content, however improbable that is, and is not shown where
    there is none: alone it is nearly always wrong.
    """
    is_ranked = kind_of(offer.problem).ranked
    return is_ranked and not offer.keeps_content and offer.probability <= _LIKELIER_THAN_NOT
