"""Why a first offer was not the human's fix: ours to mend, or out of reach of anybody who sees the text and its error.

The human's fix is cut into hunks of tokens. What the error tells of is what it takes to make it go away; what it does
not tell of shows in hunks that could be left out, in words that stand nowhere in the text, and in how far from the
error and in how many places the human had to change something.
"""

from __future__ import annotations

import builtins
import keyword
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from statistics import median
from typing import Any

from quickfix_ls.languages.python.lexer import lex
from quickfix_ls.training.exactness import is_well_formed
from quickfix_ls.training.rows import Row
from research.quality_report.records import Record
from research.quality_report.tables import share

REASONS = {
    "ranked_lower": "The human's fix is offered, but not first",
    "too_unlikely": "It is among the candidates, but thought too unlikely",
    "more_than_needed": "The human changed more: a part of the change could be left out, and the error would be gone",
    "new_words": "The human wrote a name, number or text that stands nowhere in the file",
    "far_away": "The human changed something more than ten lines from the stated error",
    "many_places": "The human had to change three or more places at once",
    "smaller_change": "A smaller change than the human's mends the error, too, and is offered",
    "not_proposed": "None of these: it is in reach, and nobody proposed it",
}
"""Why a row was missed, in this order: the first that applies counts."""

SHAPES = {
    "places": {"one place": (0, 1), "two places": (2, 2), "three or more": (3, 10**9)},
    "distance": {"on the line": (0, 0), "1 to 3 lines away": (1, 3), "4 to 10": (4, 10), "more than 10": (11, 10**9)},
}
"""What a human's fix looks like, as (first, last) of each class: in how many places it changes the text, and how many
lines the farthest of them is from the line of the stated error."""

_FAR = 10
_MANY = 3
_MOST_HUNKS = 40
_KNOWN = frozenset(dir(builtins)) | frozenset(keyword.kwlist) | {"self", "0", "1"}
_WORD = re.compile(r"\w+")
_QUOTED = re.compile(r"'(\w+)'")


def reasons(records: Sequence[Record], rows: Mapping[str, Row]) -> dict[str, Any]:
    """How many misses each reason explains, as {reason: {count, tokens}}, `tokens` the median of what humans changed;
    `of` counts the misses, `rows` all rows. Those whose text is not in `rows` are left out."""
    known = [one for one in records if one.id in rows]
    missed = [one for one in known if not one.is_right]
    found: dict[str, list[int]] = {reason: [] for reason in REASONS}
    for one in missed:
        found[reason_of(one, rows[one.id])].append(one.edit_tokens)
    counted = {reason: {"count": len(sizes), "tokens": median(sizes)} for reason, sizes in found.items() if sizes}
    return {"rows": len(known), "of": len(missed), "reasons": counted}


def by_shape(records: Sequence[Record], rows: Mapping[str, Row]) -> dict[str, dict[str, Any]]:
    """How often the first offer is the human's fix, by the shape of that: {shape: {class: share}}, see `SHAPES`."""
    shaped = [(one.is_right, _shape(rows[one.id])) for one in records if one.id in rows]
    return {
        name: {
            title: share(sum(right for right, _ in theirs), len(theirs))
            for title, (first, last) in classes.items()
            for theirs in [[one for one in shaped if first <= one[1][name] <= last]]
        }
        for name, classes in SHAPES.items()
    }


def reason_of(record: Record, row: Row) -> str:
    """The first of `REASONS` that applies to a miss."""
    if record.rank is not None:
        return "ranked_lower"
    if record.reached:
        return "too_unlikely"
    broken, fixed = pieces(row.broken), pieces(row.fixed)
    hunks = hunks_of(broken, fixed)
    if any(_could_be_left_out(hunk, hunks, broken, fixed, row) for hunk in hunks):
        return "more_than_needed"
    if _has_new_words(hunks, fixed, row.broken):
        return "new_words"
    if _distance(hunks, broken, row) > _FAR:
        return "far_away"
    if len(hunks) >= _MANY:
        return "many_places"
    if record.offers and record.well_formed and _changed(row.broken, record.offers[0].fixed) < _size(hunks):
        return "smaller_change"
    return "not_proposed"


@dataclass(frozen=True, slots=True)
class Piece:
    """A token with all that stands before it since the one before; joined, the pieces are the text. Pieces are the
    same where their `key` is: the token, or the indentation that a line of code begins with."""

    key: str
    text: str


@dataclass(frozen=True, slots=True)
class Hunk:
    """The pieces [start, end) of the broken text that became [new_start, new_end) of the fixed one."""

    start: int
    end: int
    new_start: int
    new_end: int


def pieces(text: str) -> list[Piece]:
    """The text in pieces; comments and blank lines are no pieces of their own."""
    return list(_pieces(text))


def _pieces(text: str) -> Iterator[Piece]:
    done, at_start = 0, True
    for token in lex(text):
        if token.kind == "newline":
            at_start = True
        elif token.kind != "comment":
            if at_start:
                line_start = text.rfind("\n", 0, token.start) + 1
                yield Piece("\n" + text[line_start : token.start], text[done : token.start])
                done, at_start = token.start, False
            yield Piece(token.text, text[done : token.end])
            done = token.end
    yield Piece("", text[done:])


def hunks_of(broken: Sequence[Piece], fixed: Sequence[Piece]) -> list[Hunk]:
    """What changed, from the start of the text on."""
    matcher = SequenceMatcher(None, [one.key for one in broken], [one.key for one in fixed], autojunk=False)
    return [Hunk(a, b, c, d) for tag, a, b, c, d in matcher.get_opcodes() if tag != "equal"]


def _shape(row: Row) -> dict[str, int]:
    broken = pieces(row.broken)
    hunks = hunks_of(broken, pieces(row.fixed))
    return {"places": len(hunks), "distance": _distance(hunks, broken, row)}


def _distance(hunks: Sequence[Hunk], broken: Sequence[Piece], row: Row) -> int:
    """How many lines the farthest hunk is from the stated error."""
    return max((abs(_line(hunk, broken) - row.line) for hunk in hunks), default=0)


def _could_be_left_out(
    hunk: Hunk, hunks: Sequence[Hunk], broken: Sequence[Piece], fixed: Sequence[Piece], row: Row
) -> bool:
    """Whether the error is gone without this hunk. A text of very many hunks is not tried: it would take too long."""
    if len(hunks) > _MOST_HUNKS:
        return False
    if row.kind == "name":
        name = _QUOTED.search(row.error)
        parts = (*broken[hunk.start : hunk.end], *fixed[hunk.new_start : hunk.new_end])
        return name is not None and all(part.key != name.group(1) for part in parts)
    return len(hunks) > 1 and is_well_formed(_mixed([one for one in hunks if one is not hunk], broken, fixed))


def _mixed(hunks: Sequence[Hunk], broken: Sequence[Piece], fixed: Sequence[Piece]) -> str:
    """The broken text with some of the hunks taken over."""
    parts: list[Piece] = []
    done = 0
    for hunk in hunks:
        parts += [*broken[done : hunk.start], *fixed[hunk.new_start : hunk.new_end]]
        done = hunk.end
    return "".join(part.text for part in (*parts, *broken[done:]))


def _has_new_words(hunks: Sequence[Hunk], fixed: Sequence[Piece], broken: str) -> bool:
    """Whether something was written that can't be put together from the words of the file and of the language."""
    written = "\n".join(one.key for hunk in hunks for one in fixed[hunk.new_start : hunk.new_end])
    return not set(_WORD.findall(written)) <= _KNOWN | set(_WORD.findall(broken))


def _line(hunk: Hunk, broken: Sequence[Piece]) -> int:
    """The 1-based line of a hunk's first token."""
    return 1 + sum(piece.text.count("\n") for piece in broken[: hunk.start + 1])


def _changed(before: str, after: str) -> int:
    return _size(hunks_of(pieces(before), pieces(after)))


def _size(hunks: Sequence[Hunk]) -> int:
    return sum(max(hunk.end - hunk.start, hunk.new_end - hunk.new_start) for hunk in hunks)
