"""The requested format: changed lines, each with its number and a bar.

Also read: numbers that count from the first line shown, or are off by one or two; the old line quoted before the new
one; all lines repeated; `-` and `+` before the numbers; a colon for the bar; continued lines without a number.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from quickfix_ls.candidates.replies.alike import alike
from quickfix_ls.candidates.replies.answer import Hunk, ModelAnswer, ReplyReading, ReplyRegion, Unusable, is_fence

_LINE = re.compile(r"[ \t]*([-+*>]?)[ \t]*(?:[Ll]ine[ \t]+|L)?(\d{1,7})([ \t]?)(\||│|:(?!=))(.*)")
_NEAR = (1, -1, 2, -2)
_SURE, _BETTER = 0.75, 0.2
"""The similarity that lines must have under shifted numbers, and the lead they must have over the given numbers."""


class _Entry(NamedTuple):
    sign: str
    number: int
    text: str


def read(answer: ModelAnswer, place: ReplyRegion) -> Iterator[ReplyReading]:
    groups = _groups(answer)
    if not groups:
        return
    notes = [] if answer.complete else ["the answer was cut off: only its whole lines were taken"]
    for shift in _shifts(groups, place):
        noted = [*notes, f"its line numbers were off by {abs(shift)}"] if shift else notes
        moved = [[entry._replace(number=entry.number + shift) for entry in group] for group in groups]
        entries = _chosen(moved, place)
        yield ReplyReading(_hunks(entries, place), tuple(noted))
        fresh = _without_quotes(entries, place)
        if len(fresh) < len(entries):
            yield ReplyReading(_hunks(fresh, place), (*noted, "it quoted old lines before the new ones"))


def _groups(answer: ModelAnswer) -> list[list[_Entry]]:
    """Return the runs of numbered lines; prose ends a run, but in a code block an unnumbered line continues the one
    before."""
    groups: list[list[_Entry]] = [[]]
    fenced = {line for _, block in answer.fenced for line in block}
    found = [(line, _LINE.fullmatch(line)) for line in answer.whole_lines]
    barred = any(match and match[4] != ":" for _, match in found)
    for line, match in found:
        if match and (not barred or match[4] != ":"):
            groups[-1].append(_Entry(match[1], int(match[2]), _text(match)))
        elif groups[-1] and line in fenced and not is_fence(line) and line.strip():
            groups[-1].append(_Entry("", groups[-1][-1].number, line))
        elif line.strip() and not is_fence(line):
            groups.append([])
    kept = [_spaced(_signed(group)) for group in groups if group]
    # Without bars, a number need not be a line number: then the answer may hold nothing but one run.
    return kept if barred or (len(kept) == 1 and len(groups) == 1) else []


def _text(match: re.Match[str]) -> str:
    return match[5] if match[4] != ":" else match[5].removeprefix(" ")


def _signed(group: list[_Entry]) -> list[_Entry]:
    """Apply the signs of a run that has `+` lines: its `-` lines are deleted. Without `+` lines, signs are bullets."""
    if any(entry.sign == "+" for entry in group):
        added = {entry.number for entry in group if entry.sign == "+"}
        return [
            entry._replace(text="") if entry.sign == "-" else entry
            for entry in group
            if entry.sign != "-" or entry.number not in added
        ]
    return group


def _spaced(group: list[_Entry]) -> list[_Entry]:
    """Remove the blank that some models put after each bar, known by an odd number of blanks before every text."""
    texts = [entry.text for entry in group if entry.text.strip()]
    odd = texts and all((len(text) - len(text.lstrip(" "))) % 2 for text in texts)
    if not odd:
        return group
    return [entry._replace(text=entry.text[1:] if entry.text.strip() else entry.text) for entry in group]


def _shifts(groups: Sequence[Sequence[_Entry]], place: ReplyRegion) -> list[int]:
    """Return the shifts to add to the line numbers, the likeliest first.

    The numbers as given need only lie in the region; a shift must make the lines similar to those that they replace,
    and clearly more similar than without it. Raises Unusable if neither holds.
    """
    entries = [entry for group in groups for entry in group]
    given = _likeness(entries, 0, place)
    others = {shift: _likeness(entries, shift, place) for shift in (place.first - 1, *_NEAR) if shift}
    like = {shift: value for shift, value in others.items() if value is not None and value >= _SURE}
    better = [shift for shift, value in like.items() if given is None or value > given + _BETTER]
    best = sorted(better, key=lambda shift: -like[shift])
    if len(best) > 1 and like[best[0]] == like[best[1]]:
        best = []
    if given is None:
        if not best:
            raise Unusable("elsewhere", f"lines {min(e.number for e in entries)} to {max(e.number for e in entries)}")
        return best[:1]
    return [*best[:1], 0]


def _likeness(entries: Sequence[_Entry], shift: int, place: ReplyRegion) -> float | None:
    """Return the mean similarity of the lines to the old ones of the same number, in [0, 1]; None if a number lies
    outside of the region."""
    numbers = [entry.number + shift - place.first for entry in entries]
    if any(not -1 <= index < len(place.lines) for index in numbers):
        return None
    best: dict[int, float] = defaultdict(float)
    for entry, index in zip(entries, numbers, strict=True):
        # A deleted line has no text to compare.
        if index >= 0 and entry.text.strip():
            best[index] = max(best[index], alike(entry.text, place.lines[index]))
    return sum(best.values()) / len(best) if best else 0.0


def _chosen(groups: Sequence[Sequence[_Entry]], place: ReplyRegion) -> list[_Entry]:
    """Return the lines of the runs that change something; a run that only quotes old lines is left out.

    Raises Unusable if two runs have different text for a line.
    """
    changing = [group for group in groups if _hunks(group, place) and not _is_quote(group, place)] or groups[:1]
    by_number: dict[int, list[str]] = {}
    entries: list[_Entry] = []
    for group in changing:
        texts: dict[int, list[str]] = defaultdict(list)
        for entry in group:
            texts[entry.number].append(entry.text)
        for number, lines in texts.items():
            if by_number.setdefault(number, lines) != lines:
                raise Unusable("ambiguous", f"it says two things of line {number}")
        entries += [entry for entry in group if entry not in entries or group is changing[0]]
    return sorted(entries, key=lambda entry: entry.number)


def _is_quote(group: Sequence[_Entry], place: ReplyRegion) -> bool:
    return all(_old(entry, place) == entry.text for entry in group)


def _without_quotes(entries: Sequence[_Entry], place: ReplyRegion) -> list[_Entry]:
    """Return the lines without those that repeat the old text and are followed by another line of the same number."""
    return [
        entry
        for index, entry in enumerate(entries)
        if not (
            index + 1 < len(entries)
            and entries[index + 1].number == entry.number
            and (_old(entry, place) or "").strip() == entry.text.strip()
        )
    ]


def _hunks(entries: Sequence[_Entry], place: ReplyRegion) -> tuple[Hunk, ...]:
    texts: dict[int, list[str]] = defaultdict(list)
    for entry in entries:
        texts[entry.number - place.first].append(entry.text)
    hunks = []
    for index, lines in sorted(texts.items()):
        if index < 0:
            hunks.append(Hunk(0, 0, tuple(lines)))
        elif lines == [""] or (len(lines) == 1 and not lines[0].strip()):
            hunks.append(Hunk(index, index + 1, () if place.lines[index].strip() else (place.lines[index],)))
        else:
            hunks.append(Hunk(index, index + 1, tuple(lines)))
    return tuple(hunks)


def _old(entry: _Entry, place: ReplyRegion) -> str | None:
    index = entry.number - place.first
    return place.lines[index] if 0 <= index < len(place.lines) else None
