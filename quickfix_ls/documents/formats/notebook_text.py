"""The code cells of a notebook file as one text, a mark between each two, and the view of it as one Python program."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from functools import cached_property

from quickfix_ls.documents.composed_view import ComposedView
from quickfix_ls.documents.formats.notebook import goes_on, pieces_of
from quickfix_ls.documents.formats.notebook_file import SEPARATOR
from quickfix_ls.documents.view import MappedEdits
from quickfix_ls.values import Edit, Span

MARK = f"\n# %% {SEPARATOR}\n"
"""What separates the cells: the mark of a percent script, with a character that no source has."""


def joined(sources: Iterable[str]) -> str:
    """Return the text of cells with these sources."""
    return MARK.join(sources)


def sources_in(text: str) -> list[str]:
    """Return the sources of the cells in a text of cells."""
    return text.split(MARK)


def keeps_cells(text: str, edits: Sequence[Edit]) -> bool:
    """Return whether edits of a text of cells stay inside of its cells."""
    marks = [found.start() for found in re.finditer(re.escape(MARK), text)]
    return all(
        SEPARATOR not in edit.text
        and not any(mark < edit.span.end and edit.span.start < mark + len(MARK) for mark in marks)
        and not any(mark < edit.span.start < mark + len(MARK) for mark in marks)
        for edit in edits
    )


class CellsView:
    """The view of a text of cells as one Python program; cells of which `is_python` is false are not in it."""

    def __init__(self, text: str, is_python: Sequence[bool]) -> None:
        self.starts: list[int] = []
        pieces, position = [], 0
        for number, (source, is_shown) in enumerate(zip(sources_in(text), is_python, strict=True)):
            self.starts.append(position)
            if is_shown:
                own = pieces_of(str(number), source)
                pieces += [
                    piece._replace(span=Span(piece.span.start + position, piece.span.end + position)) for piece in own
                ]
            position += len(source) + len(MARK)
        self._composed = ComposedView(pieces, goes_on)

    @cached_property
    def text(self) -> str:
        """The text of the program."""
        return self._composed.text

    @property
    def seams(self) -> tuple[int, ...]:
        return self._composed.seams

    def to_document(self, span: Span) -> tuple[str, Span] | None:
        return self._composed.to_document(span)

    def to_view(self, uri: str, span: Span) -> Span | None:
        number = bisect_right(self.starts, span.start) - 1
        return self._composed.to_view(str(number), span)

    def map_edits(self, edits: Iterable[Edit], home: str = "") -> MappedEdits | None:
        mapped = self._composed.map_edits(edits, home)
        return {"": tuple(sorted(edit for own in mapped.values() for edit in own))} if mapped is not None else None

    def is_exact(self, span: Span) -> bool:
        """Return whether a span of the view shows text of a cell as it is written."""
        place = self.to_document(span)
        return place is not None and place[1].end - place[1].start == span.end - span.start
