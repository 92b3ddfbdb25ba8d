"""Convert between (line, character) positions in an editor's encoding and offsets in code points; only done here."""

from __future__ import annotations

from typing import Literal

from quickfix_ls.documents.snapshot import Snapshot

Encoding = Literal["utf-8", "utf-16", "utf-32"]


def to_offset(snapshot: Snapshot, line: int, character: int, encoding: Encoding) -> int:
    """Return the offset of a position, with 0-based line and character.

    A line past the end gives the end of the text, a character past the end of its line gives the line's end, and a
    position inside of a multi-unit character gives that character's start.
    """
    if line < 0:
        return 0
    if line >= snapshot.line_count:
        return len(snapshot.text)
    span = snapshot.line_span(line)
    if encoding == "utf-32":
        return min(span.start + max(character, 0), span.end)
    text = snapshot.text[span.start : span.end]
    if text.isascii():
        return min(span.start + max(character, 0), span.end)
    units = 0
    for index, char in enumerate(text):
        units += _width(char, encoding)
        if units > character:
            return span.start + index
    return span.end


def to_position(snapshot: Snapshot, offset: int, encoding: Encoding) -> tuple[int, int]:
    """Return the 0-based (line, character) of an offset; offsets outside of the text are clamped."""
    offset = min(max(offset, 0), len(snapshot.text))
    line = snapshot.line_at(offset)
    text = snapshot.text[snapshot.line_starts[line] : offset]
    if encoding == "utf-32" or text.isascii():
        return line, len(text)
    return line, sum(_width(char, encoding) for char in text)


def _width(char: str, encoding: Encoding) -> int:
    code = ord(char)
    if encoding == "utf-16":
        return 2 if code > 0xFFFF else 1
    return 1 if code < 0x80 else 2 if code < 0x800 else 3 if code < 0x10000 else 4
