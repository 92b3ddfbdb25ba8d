"""Seams: the offsets at which text of another document begins, as the cells of a notebook do."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable

from quickfix_ls.values import Edit, Span

Seams = tuple[int, ...]
"""In order, each inside of the text: the first document's beginning is none."""


def moved_seams(seams: Seams, edit: Edit) -> Seams:
    """Where seams lie after an edit. What is inserted at a seam lies before it where it ends with a line end, as
    `View.map_edits` has it; a seam inside of text that is replaced is gone."""
    start, end = edit.span.start, edit.span.end
    goes_before = start == end and edit.text.endswith(("\n", "\r"))
    stay = [seam for seam in seams if seam < start or (seam == start and not goes_before)]
    return (*stay, *(seam + edit.growth for seam in seams if seam >= end and (seam > start or goes_before)))


def tidy(seams: Iterable[int], end: int) -> Seams:
    """The seams of a text of `end` code points in order, each once, without those at its ends."""
    return tuple(sorted({seam for seam in seams if 0 < seam < end}))


def between(seams: Seams, offset: int, end: int) -> Span:
    """The span between the seams around an offset, in a text of `end` code points."""
    at = bisect_right(seams, offset)
    return Span(seams[at - 1] if at else 0, seams[at] if at < len(seams) else end)
