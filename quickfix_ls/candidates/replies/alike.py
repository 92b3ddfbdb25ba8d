"""How like two lines of code are, and where lines that an answer quotes stand in the region."""

from __future__ import annotations

from collections.abc import Sequence

from rapidfuzz import fuzz

from quickfix_ls.candidates.replies.answer import ReplyRegion, Unusable

LIKE = 0.6
"""From which likeness on one line is taken for another form of the other."""


def alike(one: str, other: str) -> float:
    """The Indel ratio of two lines, of [0, 1], indentation aside; 1 for two blank ones."""
    one, other = one.strip(), other.strip()
    return fuzz.ratio(one, other) / 100 if one or other else 1.0


def located(quoted: Sequence[str], place: ReplyRegion, hint: int | None = None) -> tuple[int, int]:
    """Where lines stand in the region, as indices [first, last): exactly, or else but for their indentation. Of
    several places, the one at `hint`, or the only one that holds the error.

    Raises Unusable where they stand nowhere, or nobody can tell which place is meant.
    """
    for same in (_exactly, _indentation_aside):
        wanted = [same(line) for line in quoted]
        lines = [same(line) for line in place.lines]
        size = len(wanted)
        found = [first for first in range(len(lines) - size + 1) if lines[first : first + size] == wanted]
        if len(found) > 1 and hint in found:
            found = [index for index in found if index == hint]
        if len(found) > 1:
            found = [first for first in found if first <= place.error < first + size] or found
        if len(found) > 1:
            raise Unusable("ambiguous", f"{len(found)} places hold the lines that it quotes")
        if found:
            return found[0], found[0] + size
    raise Unusable("elsewhere", "the lines that it quotes are not in the region")


def _exactly(line: str) -> str:
    return line.rstrip()


def _indentation_aside(line: str) -> str:
    return " ".join(line.split())
