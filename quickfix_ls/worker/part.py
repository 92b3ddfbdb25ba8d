"""Fixing all problems in a part of a document, which fixes make grow and shrink."""

from __future__ import annotations

from quickfix_ls.index.index import Index
from quickfix_ls.problems import find_all
from quickfix_ls.values import Edit, Offer, Problem, Span


class Part:
    """The spans of a document that may be changed, in coordinates of its text after the offers that were taken."""

    def __init__(self, spans: tuple[Span, ...]) -> None:
        self._spans = spans

    async def problems(self, index: Index) -> list[Problem]:
        """The problems of the document that begin in the part, or lie at the end of it."""
        return [one for one in find_all(index) if any(_is_in(span, one.span) for span in self._spans)]

    def takes(self, offer: Offer) -> bool:
        """Whether all edits of an offer lie in the part; where they do, they are taken to be applied."""
        edits = offer.candidate.edits
        if not all(map(self._has, edits)):
            return False
        for edit in sorted(edits, reverse=True):
            self._spans = tuple(_after(span, edit) for span in self._spans)
        return True

    def _has(self, edit: Edit) -> bool:
        """Whether an edit is one of the part; whole lines at either end are."""
        start, end = edit.span.start, edit.span.end
        if start < end:
            return any(span.start <= start and end <= span.end for span in self._spans)
        adds_lines = edit.text.endswith(("\n", "\r"))
        return any(span.start <= start < span.end or (start == span.end and adds_lines) for span in self._spans)


def _is_in(part: Span, span: Span) -> bool:
    return part.start <= span.start < part.end or span.start == span.end == part.end


def _after(span: Span, edit: Edit) -> Span:
    """A span after an edit that lies in it, before it or behind it."""
    if edit.span.start > span.end:
        return span
    if span.start <= edit.span.start and edit.span.end <= span.end:
        return Span(span.start, span.end + edit.growth)
    return Span(span.start + edit.growth, span.end + edit.growth)
