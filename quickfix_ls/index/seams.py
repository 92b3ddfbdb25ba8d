"""Seams: the offsets at which text of another document begins, as the cells of a notebook do."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable

from quickfix_ls.values import Edit, Span

Seams = tuple[int, ...]
"""Offsets in ascending order, all inside of the text: the beginning of the first document is not a seam."""


def moved_seams(seams: Seams, edit: Edit) -> Seams:
    """Return the seams after an edit.

    Text inserted at a seam lies before the seam if it ends with a line end, as in `View.map_edits`; a seam inside of
    replaced text is dropped.
    """
    start, end = edit.span.start, edit.span.end
    goes_before = start == end and edit.text.endswith(("\n", "\r"))
    stay = [seam for seam in seams if seam < start or (seam == start and not goes_before)]
    return (*stay, *(seam + edit.growth for seam in seams if seam >= end and (seam > start or goes_before)))


def tidy(seams: Iterable[int], end: int) -> Seams:
    """Return the seams sorted, without duplicates and without those at the ends of a text of `end` code points."""
    return tuple(sorted({seam for seam in seams if 0 < seam < end}))


def between(seams: Seams, offset: int, end: int) -> Span:
    """Return the span between the seams on either side of an offset, in a text of `end` code points."""
    at = bisect_right(seams, offset)
    return Span(seams[at - 1] if at else 0, seams[at] if at < len(seams) else end)
