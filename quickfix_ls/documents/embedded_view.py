"""Views of texts that are embedded in a document of another language, such as the queries in the strings of a program.

An embedded text is made of segments of its host document. The text of a segment may differ from the host's: an escape
sequence shows the character that it stands for, and a hole, such as a field of an f-string, a placeholder.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cached_property
from itertools import pairwise
from typing import Literal, NamedTuple

from quickfix_ls.documents.diff import common_ends
from quickfix_ls.documents.view import MappedEdits
from quickfix_ls.values import Edit, Span

SegmentKind = Literal["exact", "escape", "fixed", "field", "value"]

Writer = Callable[[str, str, str], str | None]
"""Returns the spelling of a text in the host, given the host's text before and behind it; None if it can't be there."""

_MAX_COMPARED = 4_000
"""The length up to which an edit is split into those of its characters that differ."""

_NEAR = 2


def write_plain(text: str, before: str, after: str) -> str | None:
    """Write a text as it is."""
    return text


class Segment(NamedTuple):
    """A part of an embedded text, which shows a `span` of the host as `text`.

    - `exact`: it has the host's text, which may be edited.
    - `escape`: it stands for another text, and may only be replaced as a whole.
    - `fixed`: a placeholder for what may not be changed.
    - `field`, `value`: holes, whose `text` is the host's until a placeholder is known: any text (part of a name, a
      clause, nothing) or exactly one value.

    `write` is for the text of edits in it or at its ends.
    """

    text: str
    span: Span
    kind: SegmentKind = "exact"
    write: Writer = write_plain

    @property
    def is_hole(self) -> bool:
        """True if its placeholder is not known yet."""
        return self.kind in ("field", "value")


class Fragment(NamedTuple):
    """An embedded text: its language, its segments, and its `flavor`, a hint at the variety of the language (the
    dialect of a query), empty if there is none."""

    language: str
    segments: tuple[Segment, ...]
    flavor: str = ""


class EmbeddedView:
    """A view of the document `uri` with the text `host`, made of texts of segments that have no holes, one text after
    the other; each ends with a line end that is not in the document if it lacks one."""

    def __init__(self, uri: str, host: str, texts: Iterable[Sequence[Segment]]) -> None:
        self._uri = uri
        self._host = host
        self._segments: list[Segment] = []
        self._starts: list[int] = []
        seams, end = [], 0
        for segments in texts:
            seams.append(end)
            for segment in _ended(segments):
                if segment.text:
                    self._segments.append(segment)
                    self._starts.append(end)
                    end += len(segment.text)
        self._end = end
        self._seams = tuple(seam for seam in seams if 0 < seam < end)

    @cached_property
    def text(self) -> str:
        """The text of the view."""
        return "".join(segment.text for segment in self._segments)

    @property
    def seams(self) -> tuple[int, ...]:
        return self._seams

    def to_document(self, span: Span) -> tuple[str, Span] | None:
        if not self._segments or self._is_fixed(span):
            return None
        start = self._host_offset(span.start, is_end=False)
        end = self._host_offset(span.end, is_end=True) if span.end > span.start else start
        return self._uri, Span(start, max(start, end))

    def to_view(self, uri: str, span: Span) -> Span | None:
        """Return the part of the view that shows what the span of the document touches; None if it touches nothing."""
        touched = [index for index, segment in enumerate(self._segments) if segment.span.touches(span)]
        if uri != self._uri or not touched:
            return None
        first, last = touched[0], touched[-1]
        start = self._view_offset(first, span.start)
        return Span(start, max(start, self._view_offset(last, span.end)))

    def map_edits(self, edits: Iterable[Edit], home: str = "") -> MappedEdits | None:
        mapped: list[Edit] = []
        for edit in sorted(edits):
            found = self._mapped(edit)
            if found is None:
                return None
            mapped += found
        mapped.sort()
        if any(left.span.end > right.span.start for left, right in pairwise(mapped)):
            return None
        return {self._uri: tuple(_merged(mapped))}

    def is_exact(self, span: Span) -> bool:
        """Return whether no placeholder is part of a span of the view."""
        first, last = self._index(span.start), self._index(max(span.start, span.end - 1))
        return all(
            segment.kind != "fixed" or segment.span.start == segment.span.end
            for segment in self._segments[first : last + 1]
        )

    # -- edits -------------------------------------------------------------------------------------------------

    def _mapped(self, edit: Edit) -> list[Edit] | None:
        trimmed = self._trimmed(edit)
        # Line ends that stay are left alone, since something that is not shown may stand behind them.
        has_lines = "\n" in edit.text or "\r" in edit.text
        for whole in (trimmed,) if has_lines else (edit, trimmed):
            direct = self._written(whole)
            if direct is not None:
                return [direct]
        found = [self._written(part) for part in self._parts(trimmed)]
        known = [part for part in found if part is not None]
        return known if known and len(known) == len(found) else None

    def _trimmed(self, edit: Edit) -> Edit:
        """Return the edit without the text that it has in common with the text it replaces, at both ends."""
        start, old, new = edit.span.start, self.text[edit.span.start : edit.span.end], edit.text
        head, tail = common_ends(old, new)
        return Edit(Span(start + head, start + len(old) - tail), new[head : len(new) - tail])

    def _parts(self, edit: Edit) -> Iterator[Edit]:
        """Yield smaller edits that do the same: those of the text that differs from the text replaced."""
        start, old, new = edit.span.start, self.text[edit.span.start : edit.span.end], edit.text
        if not old or not new or max(len(old), len(new)) > _MAX_COMPARED:
            yield edit
            return
        import difflib  # here, since hardly any edit needs it

        for tag, left, right, begin, end in difflib.SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
            if tag != "equal":
                yield Edit(Span(start + left, start + right), new[begin:end])

    def _written(self, edit: Edit) -> Edit | None:
        """Return an edit of the document; None if it would change what is no text of the document or may not change."""
        if edit.span.end > edit.span.start:
            place = self._replaced(edit.span, edit.text.endswith(("\n", "\r")))
        else:
            place = self._inserted(edit.span.start, edit.text.endswith(("\n", "\r")))
        if place is None:
            return None
        span, write = place
        before = self._host[max(0, span.start - _NEAR) : span.start]
        text = write(edit.text, before, self._host[span.end : span.end + _NEAR])
        return Edit(span, text) if text is not None else None

    def _replaced(self, span: Span, ends_line: bool) -> tuple[Span, Writer] | None:
        """Return the place of a replacement. It must not join a line to what is not shown behind it."""
        if not 0 <= span.start < span.end <= self._end:
            return None
        first, last = self._index(span.start), self._index(span.end - 1)
        segments = self._segments[first : last + 1]
        if any(segment.kind not in ("exact", "escape") for segment in segments):
            return None
        if any(before.span.end != after.span.start for before, after in pairwise(segments)):
            return None
        is_last = last + 1 == len(self._segments) or self._begins_line(last + 1)
        if is_last and not ends_line and self.text[span.end - 1] in "\r\n" and span.end == self._end_of(last):
            return None
        start, end = self._boundary(first, span.start), self._boundary(last, span.end)
        return (Span(start, end), segments[0].write) if start is not None and end is not None else None

    def _inserted(self, offset: int, adds_lines: bool) -> tuple[Span, Writer] | None:
        """Return the place of an insertion: behind the text before it, or before the text behind it. Between two texts
        it belongs to the one before if it adds whole lines, else to the one behind."""
        if not self._segments:
            return None
        index = self._index(offset)
        at_start = self._starts[index] == offset
        if at_start and index and (adds_lines or not self._begins_line(index)):
            before = self._segments[index - 1]
            if before.kind == "exact" or self._segments[index].kind != "exact" or offset in self._seams:
                return Span(before.span.end, before.span.end), before.write
        segment, place = self._segments[index], self._boundary(index, offset)
        return (Span(place, place), segment.write) if place is not None else None

    def _boundary(self, index: int, offset: int) -> int | None:
        """Return the document's offset for one of the view in or beside a segment; None inside of a placeholder."""
        segment, within = self._segments[index], offset - self._starts[index]
        if segment.kind == "exact":
            return segment.span.start + within
        return {0: segment.span.start, len(segment.text): segment.span.end}.get(within)

    def _end_of(self, index: int) -> int:
        return self._starts[index] + len(self._segments[index].text)

    def _begins_line(self, index: int) -> bool:
        """Return whether a segment begins a line whose beginning is not shown, or another text."""
        before, segment = self._segments[index - 1], self._segments[index]
        is_apart = before.span.end != segment.span.start and before.text.endswith(("\n", "\r"))
        return is_apart or self._starts[index] in self._seams

    # -- looking up --------------------------------------------------------------------------------------------

    def _is_fixed(self, span: Span) -> bool:
        """Return whether a span lies in one placeholder of the document, which says nothing about its text."""
        index = self._index(span.start)
        segment = self._segments[index]
        inside = span.end <= self._starts[index] + len(segment.text)
        return segment.kind == "fixed" and segment.span.start < segment.span.end and inside and span.start < span.end

    def _host_offset(self, offset: int, *, is_end: bool) -> int:
        index = self._index(offset - 1 if is_end else offset)
        segment = self._segments[index]
        if segment.kind == "exact":
            return segment.span.start + min(offset - self._starts[index], len(segment.text))
        return segment.span.end if is_end or offset >= self._starts[index] + len(segment.text) else segment.span.start

    def _view_offset(self, index: int, offset: int) -> int:
        segment, start = self._segments[index], self._starts[index]
        if segment.kind == "exact":
            return start + min(max(offset - segment.span.start, 0), len(segment.text))
        return start if offset <= segment.span.start else start + len(segment.text)

    def _index(self, offset: int) -> int:
        return max(0, bisect_right(self._starts, offset) - 1)


def _ended(segments: Sequence[Segment]) -> Iterator[Segment]:
    """Yield the segments of a text, and a line end if they have none at the end."""
    yield from segments
    last = next((segment for segment in reversed(segments) if segment.text), None)
    if last is not None and not last.text.endswith("\n"):
        yield Segment("\n", Span(last.span.end, last.span.end), "fixed", last.write)


def _merged(edits: Sequence[Edit]) -> Iterator[Edit]:
    """Yield the edits, those that insert at the same place as one."""
    waiting: Edit | None = None
    for edit in edits:
        if waiting is not None and waiting.span == edit.span:
            waiting = Edit(edit.span, waiting.text + edit.text)
            continue
        if waiting is not None:
            yield waiting
        waiting = edit
    if waiting is not None:
        yield waiting
