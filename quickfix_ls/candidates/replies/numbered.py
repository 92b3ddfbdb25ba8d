"""The form that was asked for: changed lines, each with its number and a bar.

Seen beside it: numbers that count from the first line shown, or are off by a few; the old line quoted before the new
one; all lines repeated; `-` and `+` before the numbers; a colon for the bar; lines that go on without a number.
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
"""How alike the lines must be under other numbers than those given, and by how much more so."""


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
        moved = [[one._replace(number=one.number + shift) for one in group] for group in groups]
        entries = _chosen(moved, place)
        yield ReplyReading(_hunks(entries, place), tuple(noted))
        fresh = _without_quotes(entries, place)
        if len(fresh) < len(entries):
            yield ReplyReading(_hunks(fresh, place), (*noted, "it quoted old lines before the new ones"))


def _groups(answer: ModelAnswer) -> list[list[_Entry]]:
    """Runs of numbered lines; prose ends a run, while within a fence an unnumbered line belongs to the one before."""
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
    # Without bars, numbers may be anything: then nothing else may stand in the answer.
    return kept if barred or (len(kept) == 1 and len(groups) == 1) else []


def _text(match: re.Match[str]) -> str:
    return match[5] if match[4] != ":" else match[5].removeprefix(" ")


def _signed(group: list[_Entry]) -> list[_Entry]:
    """Of a run with `+` lines, those with `-` are what goes; without, signs are bullets."""
    if any(one.sign == "+" for one in group):
        added = {one.number for one in group if one.sign == "+"}
        return [
            one._replace(text="") if one.sign == "-" else one
            for one in group
            if one.sign != "-" or one.number not in added
        ]
    return group


def _spaced(group: list[_Entry]) -> list[_Entry]:
    """Without the blank that some put after each bar: an odd number of blanks before every text."""
    texts = [one.text for one in group if one.text.strip()]
    odd = texts and all((len(text) - len(text.lstrip(" "))) % 2 for text in texts)
    return [one._replace(text=one.text[1:] if one.text.strip() else one.text) for one in group] if odd else group


def _shifts(groups: Sequence[Sequence[_Entry]], place: ReplyRegion) -> list[int]:
    """What to add to the numbers, the likeliest first. Numbers as given need only lie in the region; others need
    lines that are like the ones they replace, and much more so. Raises Unusable where no numbers will do."""
    entries = [one for group in groups for one in group]
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
    """How like the lines are to those of the same number, of [0, 1]; None where one lies outside of the region."""
    numbers = [one.number + shift - place.first for one in entries]
    if any(not -1 <= index < len(place.lines) for index in numbers):
        return None
    best: dict[int, float] = defaultdict(float)
    for one, index in zip(entries, numbers, strict=True):
        # A line that goes tells nothing.
        if index >= 0 and one.text.strip():
            best[index] = max(best[index], alike(one.text, place.lines[index]))
    return sum(best.values()) / len(best) if best else 0.0


def _chosen(groups: Sequence[Sequence[_Entry]], place: ReplyRegion) -> list[_Entry]:
    """The lines of the runs that change something: a run that only quotes is left out. Raises Unusable where two runs
    differ about a line."""
    changing = [group for group in groups if _hunks(group, place) and not _is_quote(group, place)] or groups[:1]
    by_number: dict[int, list[str]] = {}
    entries: list[_Entry] = []
    for group in changing:
        texts: dict[int, list[str]] = defaultdict(list)
        for one in group:
            texts[one.number].append(one.text)
        for number, lines in texts.items():
            if by_number.setdefault(number, lines) != lines:
                raise Unusable("ambiguous", f"it says two things of line {number}")
        entries += [one for one in group if one not in entries or group is changing[0]]
    return sorted(entries, key=lambda one: one.number)


def _is_quote(group: Sequence[_Entry], place: ReplyRegion) -> bool:
    return all(_old(one, place) == one.text for one in group)


def _without_quotes(entries: Sequence[_Entry], place: ReplyRegion) -> list[_Entry]:
    """The lines without those that repeat the old text and are followed by another of the same number."""
    return [
        one
        for index, one in enumerate(entries)
        if not (
            index + 1 < len(entries)
            and entries[index + 1].number == one.number
            and (_old(one, place) or "").strip() == one.text.strip()
        )
    ]


def _hunks(entries: Sequence[_Entry], place: ReplyRegion) -> tuple[Hunk, ...]:
    texts: dict[int, list[str]] = defaultdict(list)
    for one in entries:
        texts[one.number - place.first].append(one.text)
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
