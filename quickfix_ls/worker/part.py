"""The part of a document in which all problems are fixed; the fixes make it grow and shrink."""

from __future__ import annotations

from quickfix_ls.index.index import Index
from quickfix_ls.problems import find_all
from quickfix_ls.values import Edit, Offer, Problem, Span


class Part:
    """The spans of a document that may be changed, in offsets of the text after the offers taken so far."""

    def __init__(self, spans: tuple[Span, ...]) -> None:
        self._spans = spans

    async def problems(self, index: Index) -> list[Problem]:
        """Return the document's problems that begin in the part, or are empty spans at its end. Does not wait."""
        return [problem for problem in find_all(index) if self.has(problem)]

    def has(self, problem: Problem) -> bool:
        """Return whether a problem begins in the part, or is an empty span at its end."""
        return any(_is_in(span, problem.span) for span in self._spans)

    def takes(self, offer: Offer) -> bool:
        """Return whether all edits of an offer are in the part; if so, the spans are updated for its application."""
        edits = offer.candidate.edits
        if not all(map(self._has, edits)):
            return False
        for edit in sorted(edits, reverse=True):
            self._spans = tuple(_after(span, edit) for span in self._spans)
        return True

    def _has(self, edit: Edit) -> bool:
        """Return whether an edit is in the part; inserted whole lines may be at either end."""
        start, end = edit.span.start, edit.span.end
        if start < end:
            return any(span.start <= start and end <= span.end for span in self._spans)
        adds_lines = edit.text.endswith(("\n", "\r"))
        return any(span.start <= start < span.end or (start == span.end and adds_lines) for span in self._spans)


def _is_in(part: Span, span: Span) -> bool:
    return part.start <= span.start < part.end or span.start == span.end == part.end


def _after(span: Span, edit: Edit) -> Span:
    """Return a span after an edit that is inside of it, before it or behind it."""
    if edit.span.start > span.end:
        return span
    if span.start <= edit.span.start and edit.span.end <= span.end:
        return Span(span.start, span.end + edit.growth)
    return Span(span.start + edit.growth, span.end + edit.growth)
