"""The types that the readers of answers share: the answer without its wrapping, its region, and the readings."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from quickfix_ls.lexing.lexis import Lexis
from quickfix_ls.prompts import EDIT, END

Reason = Literal["empty", "no lines", "ambiguous", "elsewhere", "cut off", "too long", "changes nothing"]
"""The reasons why an answer can't be used: it is empty; it holds no lines of code; it has several interpretations; its
lines are not in the region; it ended too early; it exceeds the size limit; it changes nothing."""

LINE_END = re.compile(r"\r\n|\r|\n")
_THOUGHT = re.compile(r"<(think|thinking|reasoning)>.*?(?:</\1>|\Z)", re.DOTALL | re.IGNORECASE)
_INVISIBLE = re.compile("[\ufeff\u200b\u200e\u200f\x00]")
_MARK = re.compile(rf"[\s*#`]*(?:{EDIT})[\s*:`]*")
_END = re.compile(rf"[\s*`]*{END}[\s*.`]*")
_FENCE = re.compile(r"[ \t]*(`{3,}|~{3,})[ \t]*([\w+.-]*)[ \t]*")


class Unusable(Exception):
    """An answer has a known format but can't be used, for a `reason` with an optional `detail`."""

    def __init__(self, reason: Reason, detail: str = "") -> None:
        super().__init__(reason)
        self.reason, self.detail = reason, detail


@dataclass(frozen=True, slots=True)
class Hunk:
    """Replace the lines [first, last) of the region, counted from 0, by `lines`."""

    first: int
    last: int
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ReplyReading:
    """An interpretation of an answer: hunks in order that don't overlap, and notes on the corrections made."""

    hunks: tuple[Hunk, ...]
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class ReplyRegion:
    """The region that an answer refers to.

    `start` is its offset in the document; `first` and `line` are the line numbers, from 1, of its first line and of the
    error; `lexis` holds the lexical rules of its language.
    """

    text: str
    start: int
    first: int
    line: int
    lexis: Lexis

    @cached_property
    def lines(self) -> list[str]:
        """The lines without their ends; the text behind the last line end is a line only if it is not empty."""
        lines = LINE_END.split(self.text)
        return lines if lines[-1] else lines[:-1]

    @cached_property
    def ends(self) -> list[str]:
        ends = LINE_END.findall(self.text)
        return [*ends, *[""] * (len(self.lines) - len(ends))]

    @property
    def error(self) -> int:
        """The index of the error's line, clamped to the region."""
        return min(max(self.line - self.first, 0), max(len(self.lines) - 1, 0))

    def after(self, hunks: Sequence[Hunk]) -> str:
        """Return the region's text after the hunks; old lines keep their line ends, new ones get the first line's."""
        usual = next(filter(None, self.ends), "\n")
        pieces: list[tuple[str, str]] = []
        position = 0
        for hunk in sorted(hunks, key=lambda hunk: (hunk.first, hunk.last)):
            pieces += zip(self.lines[position : hunk.first], self.ends[position : hunk.first], strict=True)
            ends = self.ends[hunk.first : hunk.last]
            pieces += ((line, (ends[i] if i < len(ends) else "") or usual) for i, line in enumerate(hunk.lines))
            position = max(position, hunk.last)
        pieces += zip(self.lines[position:], self.ends[position:], strict=True)
        text = "".join(line + (end or usual) for line, end in pieces)
        ends_open = bool(self.lines) and not self.ends[-1]
        return text[: len(text) - len(LINE_END.findall(text)[-1])] if ends_open and pieces else text


@dataclass(frozen=True, slots=True)
class ModelAnswer:
    """The lines of an answer, without reasoning sections and marks.

    `fenced` are its code blocks, each with its language; `open_fence` is true if the last block is not closed;
    `complete` is false if the answer was cut off.
    """

    lines: tuple[str, ...]
    fenced: tuple[tuple[str, tuple[str, ...]], ...]
    open_fence: bool
    complete: bool

    @property
    def whole_lines(self) -> tuple[str, ...]:
        """The lines that are certainly complete."""
        return self.lines if self.complete else self.lines[:-1]


def answer_of(text: str, complete: bool) -> ModelAnswer:
    """Strip reasoning sections, marks and blank ends from an answer's text; find its code blocks. Never raises."""
    text = _INVISIBLE.sub("", _THOUGHT.sub("", text))
    lines = LINE_END.split(text)
    marks = [index for index, line in enumerate(lines) if _MARK.fullmatch(line)]
    if marks:
        lines = lines[marks[-1] + 1 :]
    ends = [index for index, line in enumerate(lines) if _END.fullmatch(line)]
    if ends:
        lines, complete = lines[: ends[0]], True
    while lines and not lines[0].strip():
        lines.pop(0)
    while lines and not lines[-1].strip():
        lines.pop()
    fenced, is_open = _fenced(lines)
    return ModelAnswer(tuple(lines), fenced, is_open, complete)


def is_fence(line: str) -> bool:
    return _FENCE.fullmatch(line) is not None


def _fenced(lines: Sequence[str]) -> tuple[tuple[tuple[str, tuple[str, ...]], ...], bool]:
    blocks: list[tuple[str, tuple[str, ...]]] = []
    opened: tuple[str, str, int] | None = None
    for index, line in enumerate(lines):
        fence = _FENCE.fullmatch(line)
        if fence is None:
            continue
        if opened is None:
            opened = fence[1][0], fence[2].lower(), index
        elif fence[1][0] == opened[0] and not fence[2]:
            blocks.append((opened[1], tuple(lines[opened[2] + 1 : index])))
            opened = None
    if opened is not None:
        blocks.append((opened[1], tuple(lines[opened[2] + 1 :])))
    return tuple(blocks), opened is not None
