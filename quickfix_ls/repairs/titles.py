"""Tell the offers of a problem apart by their titles."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from quickfix_ls.candidates.titles import MAX_DETAIL, joined, phrases_of
from quickfix_ls.values import Offer


def told_apart(text: str, offers: Sequence[Offer]) -> tuple[Offer, ...]:
    """Return the offers with titles that differ: those of the same title are named by what they alone change, in as
    much detail of the place as tells them apart, and numbered if nothing does."""
    titles = [offer.candidate.title for offer in offers]
    for detail in range(MAX_DETAIL + 1):
        for title in _repeated(titles):
            alike = [place for place, other in enumerate(titles) if other == title]
            told = _told([phrases_of(text, offers[place].candidate.edits, detail) for place in alike])
            for place, made in zip(alike, told, strict=True):
                titles[place] = made
    again, seen = set(_repeated(titles)), Counter[str]()
    named = []
    for offer, title in zip(offers, titles, strict=True):
        seen[title] += 1
        shown = f"{title} ({seen[title]})" if title in again else title
        named.append(offer if shown == offer.candidate.title else _titled(offer, shown))
    return tuple(named)


def _repeated(titles: Sequence[str]) -> list[str]:
    return [title for title, count in Counter(titles).items() if count > 1]


def _told(changes: Sequence[Sequence[str]]) -> list[str]:
    """Return titles of changes, given their phrases: those that not all have come first."""
    common = set(changes[0]).intersection(*changes[1:])
    return [joined(sorted(phrases, key=lambda phrase: phrase in common)) for phrases in changes]


def _titled(offer: Offer, title: str) -> Offer:
    return replace(offer, candidate=replace(offer.candidate, title=title))
