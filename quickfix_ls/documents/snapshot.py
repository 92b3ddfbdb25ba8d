"""An immutable source text with the editor's version number and the offsets of its lines."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, field

from quickfix_ls.values import Edit, Span

_LINE_END = re.compile(r"\r\n|\r|\n")


@dataclass(frozen=True, slots=True)
class Snapshot:
    """One version of one document. Lines end at `\\n`, `\\r\\n` or `\\r`, as LSP and Python count them."""

    uri: str
    version: int | None
    text: str
    line_starts: list[int] = field(repr=False, compare=False)

    @classmethod
    def of(cls, text: str, uri: str = "", version: int | None = None) -> Snapshot:
        return cls(uri, version, text, [0, *(match.end() for match in _LINE_END.finditer(text))])

    @property
    def line_count(self) -> int:
        return len(self.line_starts)

    def edited(self, edit: Edit, version: int | None) -> Snapshot:
        """Return the snapshot after one edit, with the given version.

        Takes a copy of the text and a shift of the line starts behind the edit. Raises ValueError if the edit's span
        lies outside of the text.
        """
        start, end = edit.span.start, edit.span.end
        if not 0 <= start <= end <= len(self.text):
            raise ValueError(f"edit {edit.span} lies outside of a text of {len(self.text)} characters")
        text = self.text[:start] + edit.text + self.text[end:]
        # Rescan whole lines around the edit, since a line end can be made or broken at its edges ("\r" + "\n").
        first = max(0, self.line_at(start) - 1)
        last = min(self.line_count - 1, self.line_at(end) + 1)
        shift = len(edit.text) - (end - start)
        scan_from = self.line_starts[first]
        scan_to = (self.line_starts[last + 1] if last + 1 < self.line_count else len(self.text)) + shift
        starts = self.line_starts[: first + 1]
        starts += [match.end() for match in _LINE_END.finditer(text, scan_from, scan_to)]
        if last + 1 < self.line_count and starts[-1] == scan_to:
            starts.pop()
        starts += [position + shift for position in self.line_starts[last + 1 :]]
        return Snapshot(self.uri, version, text, starts)

    def line_at(self, offset: int) -> int:
        """Return the 0-based line of an offset; offsets outside of the text are clamped."""
        return max(0, bisect_right(self.line_starts, offset) - 1)

    def line_span(self, line: int) -> Span:
        """Return the span of a 0-based line without its line end; lines outside of the text are clamped."""
        line = min(max(line, 0), self.line_count - 1)
        start = self.line_starts[line]
        end = self.line_starts[line + 1] if line + 1 < self.line_count else len(self.text)
        while end > start and self.text[end - 1] in "\r\n":
            end -= 1
        return Span(start, end)

    def line_text(self, line: int) -> str:
        span = self.line_span(line)
        return self.text[span.start : span.end]
