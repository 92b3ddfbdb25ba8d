"""The lines that a change takes out and puts in, with the words of each that differ."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator, Sequence
from typing import Literal, NamedTuple

from quickfix_ls.documents.diff import changed_lines, common_ends
from quickfix_ls.documents.snapshot import Snapshot
from quickfix_ls.values import Edit

Sign = Literal[" ", "-", "+"]
Mark = Literal["+", "-", "~", "^"]

_CONTEXT = 1
_MAX_TOKENS = 2000
_TOKEN = re.compile(r"\w+|[ \t]+|[^\w \t]", re.DOTALL)


class Marked(NamedTuple):
    """Columns of a line, in code points; `mark` is `+` for what is put in, `-` for what is taken out, `~` for what is
    replaced, and `^` for an error."""

    start: int
    end: int
    mark: Mark


class ChangedLine(NamedTuple):
    """A line with its 1-based `number`, in the text before the change if it is taken out (`-`), else in the text after
    it. A line that is new or gone as a whole has nothing `marked`."""

    sign: Sign
    number: int
    text: str
    marked: tuple[Marked, ...] = ()


def changed_words(snapshot: Snapshot, edits: Sequence[Edit]) -> list[list[ChangedLine]]:
    """Return the lines of each place that edits change, with a line of context around it."""
    places: list[list[ChangedLine]] = []
    shift = end = 0
    for first, before, after in changed_lines(snapshot, edits):
        head, tail = common_ends(before, after)
        if len(before) == len(after) == head:
            continue
        start, last = first + head, first + len(before) - tail
        if not places or start - _CONTEXT > end:
            places.append([])
            end = max(0, start - _CONTEXT)
        lines = places[-1]
        while lines and lines[-1].sign == " " and lines[-1].number > start + shift:
            lines.pop()
        lines += (_context(snapshot, line, shift) for line in range(end, start))
        lines += _compared(before[head : len(before) - tail], after[head : len(after) - tail], start, start + shift)
        shift += len(after) - len(before)
        end = min(last + _CONTEXT, snapshot.line_count)
        lines += (_context(snapshot, line, shift) for line in range(last, end))
    return [_without_blank_ends(lines) for lines in places]


def _without_blank_ends(lines: list[ChangedLine]) -> list[ChangedLine]:
    while lines and _is_blank(lines[-1]):
        lines.pop()
    return lines[1:] if lines and _is_blank(lines[0]) else lines


def _is_blank(line: ChangedLine) -> bool:
    return line.sign == " " and not line.text.strip()


def _context(snapshot: Snapshot, line: int, shift: int) -> ChangedLine:
    return ChangedLine(" ", line + shift + 1, snapshot.line_text(line))


def _compared(before: list[str], after: list[str], first: int, first_after: int) -> Iterator[ChangedLine]:
    """Yield the lines of a run, those taken out before those put in their place; `first` and `first_after` are the
    0-based numbers of its first line in both texts."""
    matcher = difflib.SequenceMatcher(None, before, after, autojunk=False)
    for kind, start, end, start_after, end_after in matcher.get_opcodes():
        if kind == "equal":
            yield from (ChangedLine(" ", first_after + line + 1, after[line]) for line in range(start_after, end_after))
            continue
        old, new = before[start:end], after[start_after:end_after]
        marks_old, marks_new = _marks(old, new) if old and new else ({}, {})
        for number, text in enumerate(old):
            yield ChangedLine("-", first + start + number + 1, text, tuple(marks_old.get(number, ())))
        for number, text in enumerate(new):
            yield ChangedLine("+", first_after + start_after + number + 1, text, tuple(marks_new.get(number, ())))


Marks = dict[int, list[Marked]]


def _marks(old: list[str], new: list[str]) -> tuple[Marks, Marks]:
    """Return what differs between lines and the lines in their place, by the number of the line."""
    old_text, new_text = "\n".join(old), "\n".join(new)
    old_tokens, new_tokens = _TOKEN.findall(old_text), _TOKEN.findall(new_text)
    head, tail = common_ends(old_tokens, new_tokens)
    old_middle, new_middle = old_tokens[head : len(old_tokens) - tail], new_tokens[head : len(new_tokens) - tail]
    start = sum(map(len, old_tokens[:head]))
    old_starts, new_starts = _starts(old_middle, start), _starts(new_middle, start)
    marks_old: Marks = {}
    marks_new: Marks = {}
    for a, b, c, d in _differing(old_middle, new_middle):
        if a < b:
            _mark(marks_old, old_text, old_starts[a], old_starts[b], "~" if c < d else "-")
        if c < d:
            _mark(marks_new, new_text, new_starts[c], new_starts[d], "~" if a < b else "+")
    return marks_old, marks_new


def _differing(old: Sequence[str], new: Sequence[str]) -> list[tuple[int, int, int, int]]:
    """Return the ranges of tokens that differ: from, to in `old`, and from, to in `new`."""
    if len(old) + len(new) > _MAX_TOKENS:
        return [(0, len(old), 0, len(new))]
    codes = difflib.SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
    found = [tuple_ for kind, *tuple_ in codes if kind != "equal"]
    return [(a, b, c, d) for a, b, c, d in found]


def _starts(tokens: Sequence[str], start: int) -> list[int]:
    """Return the offset of each token, and of the end."""
    starts = [start]
    for token in tokens:
        starts.append(starts[-1] + len(token))
    return starts


def _mark(marks: Marks, text: str, start: int, end: int, mark: Mark) -> None:
    """Mark a range of a text, which may go over several lines."""
    line = text.count("\n", 0, start)
    while start < end:
        begin = text.rfind("\n", 0, start) + 1
        stop = text.find("\n", start, end)
        stop = end if stop < 0 else stop
        if start < stop:
            marks.setdefault(line, []).append(Marked(start - begin, stop - begin, mark))
        start, line = stop + 1, line + 1
