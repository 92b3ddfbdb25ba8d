"""Code without line numbers: the whole region or some of its lines, in a code block or bare.

Its place is found by its first and last line, which must be similar to two lines of the region.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from quickfix_ls.candidates.replies.alike import MIN_SIMILARITY, alike
from quickfix_ls.candidates.replies.answer import Hunk, ModelAnswer, ReplyReading, ReplyRegion, Unusable

_SURE = 0.75
_MAX_GROWTH = 6
"""The number of lines by which rewritten code may be longer or shorter than the lines that it replaces."""

_TIE = 0.02


def read(answer: ModelAnswer, place: ReplyRegion) -> Iterator[ReplyReading]:
    if not answer.complete and (answer.open_fence or not answer.fenced):
        raise Unusable("cut off")
    block = _trimmed(_code_of(answer, place))
    if not block:
        return
    first, last = _place_of(block, place)
    note = f"taken for lines {place.first + first}-{place.first + last - 1}"
    yield ReplyReading((Hunk(first, last, tuple(block)),), (note,))


def _code_of(answer: ModelAnswer, place: ReplyRegion) -> Sequence[str]:
    """Return the only piece of code in an answer, apart from pieces that only quote the region.

    Raises Unusable if there are several.
    """
    blocks = [block for _, block in answer.fenced if any(line.strip() for line in block)]
    if not blocks:
        return _code_within(answer.lines, place)
    changing = [block for block in blocks if not _is_quote(block, place)] or blocks[:1]
    if len({tuple(line.rstrip() for line in block) for block in changing}) > 1:
        raise Unusable("ambiguous", f"it holds {len(changing)} different pieces of code")
    return changing[0]


def _place_of(block: Sequence[str], place: ReplyRegion) -> tuple[int, int]:
    """Return the lines [first, last) of the region that the block replaces.

    Raises Unusable if no lines are similar enough, or if several places are about equally similar.
    """
    filled = [index for index, line in enumerate(place.lines) if line.strip()]
    heads = {index: alike(block[0], place.lines[index]) for index in filled}
    tails = {index: alike(block[-1], place.lines[index]) for index in filled}
    pairs = [
        (_quality(heads[i] + tails[j], block, i, j, place), i, j + 1)
        for i in filled
        if heads[i] >= MIN_SIMILARITY
        for j in filled
        if j >= i and tails[j] >= MIN_SIMILARITY and abs((j - i + 1) - len(block)) <= _MAX_GROWTH
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
    """Score the lines first..last as the place of the block: by the similarity `ends` of the first and last lines, the
    difference in the number of lines, and whether they hold the error."""
    holds_error = first <= place.error <= last
    return ends - abs((last - first + 1) - len(block)) * 0.1 + 0.3 * holds_error


def _code_within(lines: Sequence[str], place: ReplyRegion) -> Sequence[str]:
    """Return the lines from the first to the last that are clearly code of the region, without prose around them."""
    known = [index for index, line in enumerate(lines) if line.strip() and _best(line, place) >= _SURE]
    return lines[known[0] : known[-1] + 1] if known else ()


def _best(line: str, place: ReplyRegion) -> float:
    return max((alike(line, old) for old in place.lines if old.strip()), default=0.0)


def _is_quote(block: Sequence[str], place: ReplyRegion) -> bool:
    """Return whether the block only repeats lines of the region."""
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
