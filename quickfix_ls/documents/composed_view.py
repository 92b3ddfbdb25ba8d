"""Views made of pieces of documents, one after the other: the cells of a notebook, or parts of files.

The pieces are named tuples, since these are created at the server's start, and a dataclass takes ten times as long.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator
from functools import cached_property
from itertools import pairwise
from typing import NamedTuple

from quickfix_ls.documents.diff import common_ends
from quickfix_ls.documents.view import MappedEdits
from quickfix_ls.values import Edit, Span

_NEWLINES = ("\n", "\r")
_NOWHERE = Span(0, 0)


class Piece(NamedTuple):
    """A part of a composed view: its `text`, and the `span` of the document `uri` that it shows.

    `exact` pieces have the text of their span. Others mask it: their text can't be edited, and text can be inserted
    only before and after them, but not before a piece that is `first` in its document, nor behind one that is `last`. A
    piece without a `uri` belongs to no document.
    """

    text: str
    uri: str = ""
    span: Span = _NOWHERE
    exact: bool = False
    first: bool = False
    last: bool = False

    @property
    def is_line_end(self) -> bool:
        """True if the piece is the line end that its document's last line lacks."""
        return bool(self.uri) and not self.exact and self.span.start == self.span.end and self.text in _NEWLINES


class _Place(NamedTuple):
    """An offset in a document; `after_line_end` is true if it lies behind a line end that the document lacks."""

    uri: str
    offset: int
    after_line_end: bool = False


class ComposedView:
    """A view made of pieces, in the order of its text; the pieces of a document are in the order of its text, too.

    `goes_on(lines)` returns whether whole lines inserted between two documents always belong to the one before them.
    """

    def __init__(self, pieces: Iterable[Piece], goes_on: Callable[[str], bool] = lambda lines: False) -> None:
        self.pieces = tuple(pieces)
        self._goes_on = goes_on
        self.starts: list[int] = []
        end = 0
        for piece in self.pieces:
            self.starts.append(end)
            end += len(piece.text)
        self.end = end

    @cached_property
    def text(self) -> str:
        return "".join(piece.text for piece in self.pieces)

    @cached_property
    def seams(self) -> tuple[int, ...]:
        found = {
            start
            for start, piece, before in zip(self.starts[1:], self.pieces[1:], self.pieces, strict=False)
            if piece.uri != before.uri
        }
        return tuple(sorted(found - {0, self.end}))

    def to_document(self, span: Span) -> tuple[str, Span] | None:
        if not self.pieces:
            return None
        first = self._index(span.start)
        last = max(first, self._index(span.end - 1)) if span.end > span.start else first
        head, tail = self.pieces[first], self.pieces[last]
        if not head.uri or head.uri != tail.uri:
            return None
        start = head.span.start + (span.start - self.starts[first] if head.exact else 0)
        if span.end <= span.start:
            return head.uri, Span(start, start)
        end = tail.span.start + span.end - self.starts[last] if tail.exact else tail.span.end
        return head.uri, Span(start, max(start, end))

    def to_view(self, uri: str, span: Span) -> Span | None:
        places = self._by_uri.get(uri, ())
        shows_start = [index for index in places if _covers(self.pieces[index].span, span.start)]
        shows_end = [index for index in places if _covers(self.pieces[index].span, span.end)]
        if not shows_start or not shows_end:
            return None
        # A span that begins between two pieces begins with the second; one that ends there ends with the first.
        first = next((index for index in reversed(shows_start) if self.pieces[index].exact), shows_start[-1])
        last = next((index for index in shows_end if self.pieces[index].exact), shows_end[0])
        head, tail = self.pieces[first], self.pieces[last]
        start = self.starts[first] + (span.start - head.span.start if head.exact else 0)
        if span.end <= span.start:
            return Span(start, start)
        end = self.starts[last] + (span.end - tail.span.start if tail.exact else len(tail.text))
        return Span(start, max(start, end))

    def map_edits(self, edits: Iterable[Edit], home: str = "") -> MappedEdits | None:
        mapped: dict[str, list[Edit]] = {}
        for edit in sorted(edits):
            found = self._mapped(edit, home)
            if found is None:
                return None
            uri, new = found
            others = mapped.setdefault(uri, [])
            if others and others[-1].span == new.span and new.span.start == new.span.end:
                others[-1] = Edit(new.span, others[-1].text + new.text)
            elif others and others[-1].span.end > new.span.start:
                return None
            else:
                others.append(new)
        return {uri: tuple(others) for uri, others in mapped.items()}

    def parts(self, uri: str) -> tuple[Span, ...]:
        """Return the spans of the view that show a document's text unmasked, and so can be edited."""
        own = (index for index in self._by_uri.get(uri, ()) if self.pieces[index].exact)
        return tuple(Span(self.starts[index], self.starts[index] + len(self.pieces[index].text)) for index in own)

    # -- one edit ----------------------------------------------------------------------------------------------

    def _mapped(self, edit: Edit, home: str) -> tuple[str, Edit] | None:
        if edit.span.start == edit.span.end:
            return self._inserted(edit, home)
        found = self._replaced(edit) or self._last_line_replaced(edit)
        if found is not None:
            return found
        smaller = self._trimmed(edit)
        if smaller == edit:
            return None
        return self._inserted(smaller, home) if smaller.span.start == smaller.span.end else self._replaced(smaller)

    def _inserted(self, edit: Edit, home: str) -> tuple[str, Edit] | None:
        text, adds_lines = edit.text, edit.text.endswith(_NEWLINES)
        places = list(self._places(edit.span.start, adds_lines))
        if not places:
            return None
        place = places[-1]
        if adds_lines:
            at_home = None if self._goes_on(text) else next((place for place in places if place.uri == home), None)
            place = at_home or places[0]
        if place.after_line_end and adds_lines:
            body = text.removesuffix("\n").removesuffix("\r")
            text = text[len(body) :] + body
        elif place.after_line_end:
            text = "\n" + text
        return place.uri, Edit(Span(place.offset, place.offset), text)

    def _places(self, offset: int, adds_lines: bool) -> Iterator[_Place]:
        """Yield the places in documents that correspond to an offset of the view and permit an insertion, in order.

        `adds_lines` is true for an insertion of whole lines.
        """
        index = self._index(offset)
        while index > 0 and self.starts[index - 1] + len(self.pieces[index - 1].text) == offset:
            index -= 1
        for piece, start in zip(self.pieces[index:], self.starts[index:], strict=True):
            if start > offset or (piece.first and adds_lines and start == offset):
                return
            if piece.exact:
                yield _Place(piece.uri, piece.span.start + offset - start)
            elif piece.uri:
                if offset == start and not piece.first:
                    yield _Place(piece.uri, piece.span.start)
                if offset == start + len(piece.text) and not piece.last:
                    yield _Place(piece.uri, piece.span.end, piece.is_line_end)

    def _replaced(self, edit: Edit) -> tuple[str, Edit] | None:
        """Map an edit whose span lies in exact, contiguous pieces of one document; return None for any other, or if the
        edit would join the last line with the next document."""
        if edit.span.end in self.seams and not self._ends_line(edit):
            return None
        first, last = self._index(edit.span.start), self._index(edit.span.end - 1)
        pieces = self.pieces[first : last + 1]
        if not all(piece.exact and piece.uri == pieces[0].uri for piece in pieces):
            return None
        if any(before.span.end != after.span.start for before, after in pairwise(pieces)):
            return None
        start = pieces[0].span.start + edit.span.start - self.starts[first]
        end = pieces[-1].span.start + edit.span.end - self.starts[last]
        return pieces[0].uri, Edit(Span(start, end), edit.text)

    def _last_line_replaced(self, edit: Edit) -> tuple[str, Edit] | None:
        """Map an edit that ends with a line end which the document lacks, by leaving that line end out; return None for
        any other, or if the edit would join the last line with the next document."""
        last = self._index(edit.span.end - 1)
        piece, end = self.pieces[last], self.starts[last]
        if not piece.is_line_end or edit.span.end != end + len(piece.text) or edit.span.start >= end:
            return None
        body = edit.text.removesuffix("\n").removesuffix("\r")
        if not self._ends_line(edit):
            return None
        return self._replaced(Edit(Span(edit.span.start, end), body))

    def _ends_line(self, edit: Edit) -> bool:
        """Return whether what precedes the end of the edit is a line end, or nothing of its document."""
        if edit.text:
            return edit.text.endswith(_NEWLINES)
        first = self.to_document(Span(edit.span.start, edit.span.start))
        return first is not None and (not first[1].start or self.text[edit.span.start - 1] in _NEWLINES)

    def _trimmed(self, edit: Edit) -> Edit:
        """Return the edit without the text that it has in common with the text it replaces, at both ends."""
        start, end, new = edit.span.start, edit.span.end, edit.text
        old = self.text[start:end]
        head, tail = common_ends(old, new)
        return Edit(Span(start + head, end - tail), new[head : len(new) - tail])

    # -- looking up --------------------------------------------------------------------------------------------

    def _index(self, offset: int) -> int:
        """Return the index of the piece that holds the code point at an offset; of the last piece at the view's end."""
        return max(0, bisect_right(self.starts, offset) - 1)

    @cached_property
    def _by_uri(self) -> dict[str, list[int]]:
        found: dict[str, list[int]] = {}
        for index, piece in enumerate(self.pieces):
            if piece.uri:
                found.setdefault(piece.uri, []).append(index)
        return found


def _covers(span: Span, offset: int) -> bool:
    return span.start <= offset <= span.end
