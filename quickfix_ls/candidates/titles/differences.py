"""The differences that edits make in a text, as a person would name them: whole words and signs, lines, indentation."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Literal, NamedTuple

from quickfix_ls.documents.diff import common_ends
from quickfix_ls.values import Edit, Span

PIECE = re.compile(
    r"\w+|\"{3}|'{3}|===|!==|\*\*=|//=|>>=|<<=|\.\.\.|<=>"
    r"|[-+*/%&|^@=!<>:]=|=[<>!]|\*\*|//|>>|<<|<>|->|\+\+|--|&&|\|\||\S"
)
"""A word, a sign of any language, or any other character."""
_WORD = re.compile(r"\w+")


class Difference(NamedTuple):
    """A place where a text changes: `old`, which begins at `start` of the old text, becomes `new`.

    A difference is of `indent` if only the white space before a line's first word changes; of `lines` if whole lines
    go, come, or are replaced by another number of lines; else of `words` within one line.
    """

    kind: Literal["indent", "lines", "words"]
    start: int
    old: str
    new: str

    @property
    def end(self) -> int:
        return self.start + len(self.old)


def differences(text: str, edits: Sequence[Edit]) -> list[Difference]:
    """Return the differences that edits make in a text, in its order; empty if they change nothing."""
    found: list[Difference] = []
    for edit in _merged(text, sorted(edits)):
        old = text[edit.span.start : edit.span.end]
        is_wide = "\n" in old or "\n" in edit.text
        found += (_of_lines if is_wide else _of_words)(text, edit.span.start, old, edit.text)
    return found


def _merged(text: str, edits: Sequence[Edit]) -> list[Edit]:
    """Join edits of letters, or of the white space, within one word."""
    merged: list[Edit] = []
    for edit in edits:
        last = merged[-1] if merged else None
        between = text[last.span.end : edit.span.start] if last else ""
        if last and (not between or (between.isalnum() and _is_within_word(text, last, edit))):
            merged[-1] = Edit(Span(last.span.start, edit.span.end), last.text + between + edit.text)
        else:
            merged.append(edit)
    return merged


def _is_within_word(text: str, *edits: Edit) -> bool:
    parts = (text[edit.span.start : edit.span.end] + edit.text for edit in edits)
    return all(part.isalnum() or part.isspace() for part in parts)


def _of_lines(text: str, start: int, old: str, new: str) -> Iterator[Difference]:
    """Yield the differences of an edit over several lines: line by line, if it adds and removes none."""
    first = text.rfind("\n", 0, start) + 1
    end = start + len(old)
    last = end if end and text[end - 1] == "\n" and new[-1:] in ("\n", "") and first == start else _line_end(text, end)
    before = text[first:last].splitlines(keepends=True)
    after = (text[first:start] + new + text[end:last]).splitlines(keepends=True)
    head, tail = common_ends(before, after)
    first += sum(map(len, before[:head]))
    before, after = before[head : len(before) - tail], after[head : len(after) - tail]
    if len(before) == len(after):
        for was, now in zip(before, after, strict=True):
            yield from _of_words(text, first, was, now)
            first += len(was)
    elif before or after:
        yield Difference("lines", first, "".join(before), "".join(after))


def _of_words(text: str, start: int, old: str, new: str) -> Iterator[Difference]:
    """Yield the difference of an edit within a line, without what is equal at its ends."""
    head, tail = common_ends(old, new)
    old, new, start = old[head : len(old) - tail], new[head : len(new) - tail], start + head
    if not old and not new:
        return
    line = text.rfind("\n", 0, start) + 1
    if not (old + new).strip() and not text[line:start].strip():
        end = start + len(old)
        behind = text[end : _line_end(text, end)]
        rest = behind[: len(behind) - len(behind.lstrip(" \t"))]
        yield Difference("indent", line, text[line:end] + rest, text[line:start] + new + rest)
    else:
        yield Difference("words", *_widened(text, start, old, new))


def _widened(text: str, start: int, old: str, new: str) -> tuple[int, str, str]:
    """Extend a difference to the whole words and signs, of the old line and of the new one, that it changes."""
    line, line_end = text.rfind("\n", 0, start) + 1, _line_end(text, start + len(old))
    before = text[line:line_end]
    after = text[line:start] + new + text[start + len(old) : line_end]
    low, old_end, new_end = start - line, start - line + len(old), start - line + len(new)
    pieces = [[piece.span() for piece in PIECE.finditer(one)] for one in (before, after)]
    while True:
        left, grown = low, 0
        for spans, end in zip(pieces, (old_end, new_end), strict=True):
            for piece_start, piece_end in spans:
                if (piece_start < end and low < piece_end) or piece_start < low == end < piece_end:
                    left, grown = min(left, piece_start), max(grown, piece_end - end)
        if left == low and not grown:
            # A qualifier that goes or comes is named with what it qualifies.
            grown = _word_at(before, old_end) if (before[low:old_end] + after[low:new_end])[-1:] == "." else 0
        if left == low and not grown:
            return line + low, before[low:old_end], after[low:new_end]
        low, old_end, new_end = left, old_end + grown, new_end + grown


def _word_at(line: str, start: int) -> int:
    """Return the length of the word that begins at an offset; 0 if none does."""
    found = _WORD.match(line, start)
    return len(found.group()) if found else 0


def _line_end(text: str, offset: int) -> int:
    """Return the end of the line that holds an offset, line end included."""
    end = text.find("\n", offset)
    return end + 1 if end >= 0 else len(text)
