"""Unified diffs, as `diff -u` and `git diff` write them. Models get the line numbers wrong, so old lines are found by
their text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from quickfix_ls.candidates.replies.alike import located
from quickfix_ls.candidates.replies.answer import Hunk, ModelAnswer, ReplyReading, ReplyRegion, Unusable, is_fence
from quickfix_ls.candidates.replies.search_replace import apart

_HEADER = re.compile(r"@@+(?:\s+-(\d{1,7})(?:,\d+)?\s+\+\d+(?:,\d+)?\s+@@+)?.*")
_FILE = re.compile(r"(?:---|\+\+\+) \S.*|diff --git .*|index [0-9a-f]+\.\..*|\\ No newline.*")
_NUMBER = re.compile(r"([-+ ]?)\s*\d+\|")


def read(answer: ModelAnswer, place: ReplyRegion) -> Iterator[ReplyReading]:
    lines = _diff_of(answer)
    if lines is None:
        return
    if not answer.complete:
        raise Unusable("cut off")
    hunks = [hunk for number, body in _hunks_of(lines) for hunk in _changes(number, body, place)]
    if not hunks:
        raise Unusable("no lines")
    yield ReplyReading(apart(hunks))


def _diff_of(answer: ModelAnswer) -> list[str] | None:
    """Return the lines of the diff; None if the answer is not marked as a diff by its code block or its headers."""
    for language, block in answer.fenced:
        if language in ("diff", "patch") and any(line[:1] in "+-" for line in block if line):
            return list(block)
    lines = next((list(block) for _, block in answer.fenced), list(answer.lines))
    starts = [index for index, line in enumerate(lines) if _HEADER.fullmatch(line) or line.startswith("--- ")]
    if starts and any(line[:1] in "+-" and not _FILE.fullmatch(line) for line in lines[starts[0] :] if line):
        return lines[starts[0] :]
    return None


def _hunks_of(lines: Sequence[str]) -> Iterator[tuple[int | None, list[str]]]:
    """Yield each hunk's first old line number (None if its header has none) and its lines."""
    number: int | None = None
    body: list[str] = []
    for line in lines:
        header = _HEADER.fullmatch(line)
        if header:
            if body:
                yield number, body
            number, body = int(header[1]) if header[1] else None, []
        elif not _FILE.fullmatch(line) and not is_fence(line):
            body.append(_NUMBER.sub(lambda found: found[1] or " ", line, count=1))
    if body:
        yield number, body


def _changes(number: int | None, body: Sequence[str], place: ReplyRegion) -> Iterator[Hunk]:
    """Yield the changes of one hunk without its context lines. Raises Unusable if its old lines are not found."""
    while body and not body[-1].strip():
        body = body[:-1]
    if not any(line[:1] in "+-" for line in body if line):
        return
    old = [_without_sign(line) for line in body if line[:1] != "+"]
    hint = None if number is None else number - place.first
    if not any(line.strip() for line in old):
        raise Unusable("ambiguous", "the diff does not say where its new lines go")
    position, _ = located(old, place, hint)
    first, new = position, []
    for line in (*body, " "):
        if line[:1] == "+":
            new.append(line[1:])
        elif line[:1] == "-":
            position += 1
        else:
            if new or position > first:
                yield Hunk(first, position, tuple(new))
            position += 1
            first, new = position, []


def _without_sign(line: str) -> str:
    return line[1:] if line[:1] in ("-", " ") else line
