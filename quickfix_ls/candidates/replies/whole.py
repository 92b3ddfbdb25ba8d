"""Code without numbers: the whole region written anew, or some of its lines, within a fence or bare.

Where it belongs is told by its first and last line, which must be like two of the region's.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from quickfix_ls.candidates.replies.alike import LIKE, alike
from quickfix_ls.candidates.replies.answer import Hunk, ModelAnswer, ReplyReading, ReplyRegion, Unusable

_SURE = 0.75
_MOST_GROWTH = 6
"""Lines that a rewritten part may be longer or shorter than what it replaces."""

_TIE = 0.02


def read(answer: ModelAnswer, place: ReplyRegion) -> Iterator[ReplyReading]:
    if not answer.complete and (answer.open_fence or not answer.fenced):
        raise Unusable("cut off")
    block = _trimmed(_code_of(answer, place))
    if not block:
        return
    first, last = _where(block, place)
    note = f"taken for lines {place.first + first}-{place.first + last - 1}"
    yield ReplyReading((Hunk(first, last, tuple(block)),), (note,))


def _code_of(answer: ModelAnswer, place: ReplyRegion) -> Sequence[str]:
    """The one piece of code in an answer, pieces that only quote the region left out. Raises Unusable where there are
    several."""
    blocks = [block for _, block in answer.fenced if any(line.strip() for line in block)]
    if not blocks:
        return _code_within(answer.lines, place)
    changing = [one for one in blocks if not _is_quote(one, place)] or blocks[:1]
    if len({tuple(line.rstrip() for line in one) for one in changing}) > 1:
        raise Unusable("ambiguous", f"it holds {len(changing)} different pieces of code")
    return changing[0]


def _where(block: Sequence[str], place: ReplyRegion) -> tuple[int, int]:
    """The lines [first, last) of the region that the block is another form of. Raises Unusable where none is, or where
    several are as good."""
    filled = [index for index, line in enumerate(place.lines) if line.strip()]
    heads = {index: alike(block[0], place.lines[index]) for index in filled}
    tails = {index: alike(block[-1], place.lines[index]) for index in filled}
    pairs = [
        (_quality(heads[i] + tails[j], block, i, j, place), i, j + 1)
        for i in filled
        if heads[i] >= LIKE
        for j in filled
        if j >= i and tails[j] >= LIKE and abs((j - i + 1) - len(block)) <= _MOST_GROWTH
        if len(block) > 1 or i == j
    ]
    if not pairs:
        raise Unusable("elsewhere", "its code is not like any lines of the region")
    pairs.sort(reverse=True)
    best = pairs[0]
    if len(pairs) > 1 and pairs[1][0] > best[0] - _TIE:
        raise Unusable("ambiguous", "its code may stand for several lines")
    return best[1], best[2]


def _quality(ends: float, block: Sequence[str], first: int, last: int, place: ReplyRegion) -> float:
    """How well the block stands for the lines: its ends are like theirs, it has as many lines, it holds the error."""
    holds_error = first <= place.error <= last
    return ends - abs((last - first + 1) - len(block)) * 0.1 + 0.3 * holds_error


def _code_within(lines: Sequence[str], place: ReplyRegion) -> Sequence[str]:
    """What lies between the first and the last line that are surely code of the region, prose around it left out."""
    known = [index for index, line in enumerate(lines) if line.strip() and _best(line, place) >= _SURE]
    return lines[known[0] : known[-1] + 1] if known else ()


def _best(line: str, place: ReplyRegion) -> float:
    return max((alike(line, old) for old in place.lines if old.strip()), default=0.0)


def _is_quote(block: Sequence[str], place: ReplyRegion) -> bool:
    """Whether the block only repeats lines of the region."""
    wanted = [line.rstrip() for line in _trimmed(block)]
    lines = [line.rstrip() for line in place.lines]
    return any(lines[i : i + len(wanted)] == wanted for i in range(len(lines) - len(wanted) + 1))


def _trimmed(block: Sequence[str]) -> list[str]:
    lines = list(block)
    while lines and not lines[0].strip():
        lines.pop(0)
    while lines and not lines[-1].strip():
        lines.pop()
    return lines
