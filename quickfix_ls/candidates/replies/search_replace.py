"""The SEARCH/REPLACE format of several coding assistants: blocks of old and new lines between marks."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from quickfix_ls.candidates.replies.alike import located
from quickfix_ls.candidates.replies.answer import Hunk, ModelAnswer, ReplyReading, ReplyRegion, Unusable

_SEARCH = re.compile(r"\s*<{3,}\s*(?:SEARCH|ORIGINAL|OLD|BEFORE)\b.*", re.IGNORECASE)
_MIDDLE = re.compile(r"\s*={3,}\s*")
_REPLACE = re.compile(r"\s*>{3,}\s*(?:REPLACE|UPDATED|NEW|AFTER)?\b.*", re.IGNORECASE)
_NUMBER = re.compile(r"\s*\d+\|")


def read(answer: ModelAnswer, place: ReplyRegion) -> Iterator[ReplyReading]:
    if not any(_SEARCH.fullmatch(line) for line in answer.lines):
        return
    blocks, is_cut = _blocks(answer.lines)
    if not blocks:
        raise Unusable("cut off", "no block of old and new lines is whole")
    hunks = []
    for old, new in blocks:
        old, new = _bare(old), _bare(new)
        if not any(line.strip() for line in old):
            raise Unusable("ambiguous", "a block does not say which lines it replaces")
        first, last = located(old, place)
        hunks.append(Hunk(first, last, tuple(new)))
    notes = ("the answer was cut off: only its whole blocks were taken",) if is_cut else ()
    yield ReplyReading(apart(hunks), notes)


def apart(hunks: Sequence[Hunk]) -> tuple[Hunk, ...]:
    """Return the hunks in order, without duplicates. Raises Unusable if two overlap."""
    ordered = sorted(dict.fromkeys(hunks), key=lambda hunk: (hunk.first, hunk.last))
    for earlier, later in pairwise(ordered):
        if later.first < earlier.last or (earlier.first, earlier.last) == (later.first, later.last):
            raise Unusable("ambiguous", f"it changes line {later.first + 1} of the region twice")
    return tuple(ordered)


def _blocks(lines: Sequence[str]) -> tuple[list[tuple[list[str], list[str]]], bool]:
    """Return the pairs of old and new lines, and whether the last block is incomplete."""
    blocks: list[tuple[list[str], list[str]]] = []
    old: list[str] = []
    new: list[str] = []
    part = ""
    for line in lines:
        if _SEARCH.fullmatch(line):
            old, new, part = [], [], "old"
        elif part == "old" and _MIDDLE.fullmatch(line):
            part = "new"
        elif part == "new" and _REPLACE.fullmatch(line):
            blocks.append((old, new))
            part = ""
        elif part:
            (old if part == "old" else new).append(line)
    return blocks, bool(part)


def _bare(lines: list[str]) -> list[str]:
    """Remove the line numbers that the prompt shows, if every line has one."""
    if lines and all(_NUMBER.match(line) for line in lines):
        return [_NUMBER.sub("", line, count=1) for line in lines]
    return lines
