"""Read a model's answer: turn it into edits, or into a refusal with a reason. Models seldom keep exactly to the format.

Each format is one module with one function `read(answer, place)`, which yields readings: possible interpretations of
the answer, the most literal one first. It yields nothing if the answer has another format, and raises `Unusable` if it
has this format but can't be used. The first reading that `fits`, as written or with its indentation corrected, is used;
corrections are listed in the notes. `read_reply` itself raises nothing, whatever the answer.
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

_MAX_CHARACTERS = 100_000
"""In characters; valid answers have some forty lines, so a longer one is not a valid answer."""

_MAX_READINGS = 6
_FORMATS = (structured.read, search_replace.read, unified.read, numbered.read, whole.read)
"""The formats with unmistakable marks come first: an answer that has them is not read in another format."""


@dataclass(frozen=True, slots=True)
class Reply:
    """The result of reading an answer: `edits` within the region, or else `refusal`, one of `Reason`.

    `notes` state in plain words what was corrected, or the details of the refusal.
    """

    edits: tuple[Edit, ...] = ()
    refusal: Reason | None = None
    notes: tuple[str, ...] = ()


def read_reply(
    text: str, place: ReplyRegion, fits: Callable[[tuple[Edit, ...]], bool], *, complete: bool = True
) -> Reply:
    """Return the edits of an answer, or the reason why it can't be used.

    `fits` returns whether edits repair the problem. If no reading does, the most literal one is returned, so that
    validation can state what is wrong with it. `complete` is false for an answer that was cut off. Raises nothing
    unless `fits` does.
    """
    if len(text) > _MAX_CHARACTERS:
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
    """Return the first reading that fits, and of its indentations that fit, the one that changes the fewest characters.

    Models are careless with indentation, and seldom intend to change it if the code is valid without the change.
    """
    literal: Reply | None = None
    changes_nothing = False
    for ways in islice(readings, _MAX_READINGS):
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
    """Yield the readings of the first format that the answer has, each as written and then with other indentations."""
    for read in _FORMATS:
        found = False
        for reading in read(answer, place):
            found = True
            indentations = indented(reading.hunks, place)
            yield [reading, *(ReplyReading(hunks, (*reading.notes, note)) for note, hunks in indentations)]
        if found:
            return
    if not answer.complete:
        raise Unusable("cut off")


def _size(edits: tuple[Edit, ...]) -> int:
    return sum(edit.span.end - edit.span.start + len(edit.text) for edit in edits)
