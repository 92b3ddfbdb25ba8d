"""From a model's answer to edits, or to a refusal that says why: models seldom answer quite as they were asked.

Each form of an answer is one file with one function `read(answer, place)`, which yields readings: ways to take the
answer, the most literal one first. It yields nothing where the answer has another form, and raises `Unusable` where it
has this one and can't be used. The first reading that `fits`, as it stands or indented anew, is taken; whatever was
done to it besides reading is said in the notes. Nothing here raises, whatever the answer.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import islice

from quickfix_ls.candidates.replies import numbered, search_replace, structured, unified, whole
from quickfix_ls.candidates.replies.answer import ModelAnswer, Reason, ReplyReading, ReplyRegion, Unusable, answer_of
from quickfix_ls.candidates.replies.indentation import indented
from quickfix_ls.candidates.replies.text_diff import edits_between
from quickfix_ls.values import Edit

__all__ = ["Reason", "Reply", "ReplyReading", "ReplyRegion", "read_reply"]

_LONGEST = 100_000
"""Characters; an answer may be some forty lines, so a longer one went wrong."""

_MOST_READINGS = 6
_FORMS = (structured.read, search_replace.read, unified.read, numbered.read, whole.read)
"""The unmistakable forms first: what has the marks of one is not read as another."""


@dataclass(frozen=True, slots=True)
class Reply:
    """What an answer comes to: `edits` within the region, or else `refusal`, one of `Reason`. `notes` say in plain
    words what was put right, or what exactly was wrong."""

    edits: tuple[Edit, ...] = ()
    refusal: Reason | None = None
    notes: tuple[str, ...] = ()


def read_reply(
    text: str, place: ReplyRegion, fits: Callable[[tuple[Edit, ...]], bool], *, complete: bool = True
) -> Reply:
    """The edits that an answer stands for. `fits` tells whether edits mend the problem; where no reading does, the
    most literal one is returned, for validation to say what is wrong with it. `complete` is false for an answer that
    was cut off. Pure if `fits` is; never raises of itself.
    """
    if len(text) > _LONGEST:
        return Reply(refusal="too long", notes=(f"{len(text):,} characters",))
    answer = answer_of(text, complete)
    if not answer.lines:
        return Reply(refusal="cut off" if not complete else "empty")
    try:
        return _taken(_readings(answer, place), place, fits)
    except Unusable as unusable:
        return Reply(refusal=unusable.reason, notes=(unusable.detail,) if unusable.detail else ())


def _taken(
    readings: Iterator[list[ReplyReading]], place: ReplyRegion, fits: Callable[[tuple[Edit, ...]], bool]
) -> Reply:
    """The first reading that fits; of the ways to indent it that do, the one that changes least: models are careless
    with indentation, and seldom mean to change it where the code is right without."""
    literal: Reply | None = None
    changes_nothing = False
    for ways in islice(readings, _MOST_READINGS):
        fitting: list[tuple[int, Reply]] = []
        for reading in ways:
            edits = edits_between(place.text, place.after(reading.hunks), place.lexis, place.start)
            reply = Reply(edits, notes=reading.notes)
            if not edits:
                changes_nothing = True
            elif fits(edits):
                fitting.append((_size(edits), reply))
            elif literal is None:
                literal = reply
        if fitting:
            return min(fitting, key=lambda pair: pair[0])[1]
    if literal is None:
        raise Unusable("changes nothing" if changes_nothing else "no lines")
    return literal


def _readings(answer: ModelAnswer, place: ReplyRegion) -> Iterator[list[ReplyReading]]:
    """The readings of the first form that the answer has, each as it stands and then with its indentation mended."""
    for read in _FORMS:
        found = False
        for reading in read(answer, place):
            found = True
            mended = indented(reading.hunks, place)
            yield [reading, *(ReplyReading(hunks, (*reading.notes, note)) for note, hunks in mended)]
        if found:
            return
    if not answer.complete:
        raise Unusable("cut off")


def _size(edits: tuple[Edit, ...]) -> int:
    return sum(edit.span.end - edit.span.start + len(edit.text) for edit in edits)
