"""The language part for texts inside of texts: those of other languages in a document, and templates in its own.

A layer is one text of a document in one language: all queries in a program are one layer, with a seam where each but
the first begins. A language is loaded when a document has a text of it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, NamedTuple

from quickfix_ls.documents.embedded_view import EmbeddedView, Fragment, Segment
from quickfix_ls.documents.view import TextView
from quickfix_ls.values import Offer, Problem

if TYPE_CHECKING:
    from quickfix_ls.languages.language import Language


def _no_fragments(text: str) -> Sequence[Fragment]:
    return ()


def _no_mask(text: str) -> Sequence[Segment] | None:
    return None


def _not_filled(segments: Sequence[Segment], environment: object) -> Sequence[Segment] | None:
    return None


def _same(environment: object, flavor: str) -> object:
    return environment


@dataclass(frozen=True, eq=False)
class Embedding:
    """What a language has inside of it, and how it is read inside of others.

    - `fragments(text)` returns the texts of other languages in a document, in the order of its text; quick where there
      are none.
    - `masked(text)` returns the segments of a document in which something is masked; None if nothing is.
    - `filled(segments, environment)` returns the segments of a text of this language with placeholders for its holes;
      None if none is known with which it can be read.
    - `flavored(environment, flavor)` returns the environment of a fragment with a flavor.
    """

    fragments: Callable[[str], Sequence[Fragment]] = _no_fragments
    masked: Callable[[str], Sequence[Segment] | None] = _no_mask
    filled: Callable[[Sequence[Segment], object], Sequence[Segment] | None] = _not_filled
    flavored: Callable[[object, str], object] = _same


class Layer(NamedTuple):
    """A text inside of a document: its language, its environment, the view of it, and the flavor of its fragments."""

    language: Language
    environment: object
    view: EmbeddedView
    flavor: str


def own_view(language: Language, uri: str, text: str, environment: object) -> EmbeddedView | None:
    """Return the view of a document's own language; None if it is the document's text as it is."""
    segments = language.embedding.masked(text)
    if segments is None:
        return None
    filled = _filled(language, segments, environment)
    return EmbeddedView(uri, text, [filled] if filled is not None else [])


def layers_in(
    language: Language,
    uri: str,
    text: str,
    language_of: Callable[[str], Language],
    environment_of: Callable[[Language], object],
) -> Iterator[Layer]:
    """Yield the texts of other languages in a document of `language`."""
    fragments = language.embedding.fragments(text)
    for name, flavor in dict.fromkeys((fragment.language, fragment.flavor) for fragment in fragments):
        guest = language_of(name)
        environment = guest.embedding.flavored(environment_of(guest), flavor)
        texts = [
            filled
            for fragment in fragments
            if (fragment.language, fragment.flavor) == (name, flavor)
            and (filled := _filled(guest, fragment.segments, environment)) is not None
        ]
        if texts:
            yield Layer(guest, environment, EmbeddedView(uri, text, texts), flavor)


def _filled(language: Language, segments: Sequence[Segment], environment: object) -> Sequence[Segment] | None:
    if any(segment.is_hole for segment in segments):
        return language.embedding.filled(segments, environment)
    return segments


def shown_problem(view: TextView | None, problem: Problem) -> Problem | None:
    """Return a problem of a view as one of the document; None if it is about a placeholder. Without a view it is one
    already."""
    if view is None:
        return problem
    place = view.to_document(problem.span)
    if place is None or (problem.name and not view.is_exact(problem.span)):
        return None
    marked = view.to_document(problem.marked) if problem.marked is not None else None
    return replace(problem, span=place[1], marked=marked[1] if marked is not None else None)


def shown_offer(view: TextView | None, offer: Offer) -> Offer | None:
    """Return an offer for a problem of a view as one for the document; None if it can't be made there."""
    if view is None:
        return offer
    problem, place = shown_problem(view, offer.problem), view.to_document(offer.problem.span)
    mapped = view.map_edits(offer.candidate.edits, place[0]) if place is not None else None
    if problem is None or mapped is None:
        return None
    (edits,) = mapped.values()
    return replace(offer, problem=problem, candidate=replace(offer.candidate, edits=edits))
