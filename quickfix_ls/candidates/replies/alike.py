"""The similarity of two lines of code, and the place in the region of lines that an answer quotes."""

from __future__ import annotations

from collections.abc import Sequence

from rapidfuzz.distance import Indel

from quickfix_ls.candidates.replies.answer import ReplyRegion, Unusable

MIN_SIMILARITY = 0.6
"""The similarity from which on a line counts as a changed version of another."""


def alike(line: str, other: str) -> float:
    """Return the Indel ratio of two lines, in [0, 1], without their indentation; 1 if both are blank."""
    line, other = line.strip(), other.strip()
    return Indel.normalized_similarity(line, other)


def located(quoted: Sequence[str], place: ReplyRegion, hint: int | None = None) -> tuple[int, int]:
    """Find quoted lines in the region, exactly or else ignoring white space; return their indices [first, last).

    Of several places, the one at `hint` is returned, or else the only one that holds the error. Raises Unusable if the
    lines are not in the region, or if several places remain.
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
