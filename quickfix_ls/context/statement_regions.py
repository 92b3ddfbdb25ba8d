"""Regions smaller than a unit: a few statements of a long block, or of a block with many errors."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Sequence
from itertools import accumulate, takewhile
from typing import NamedTuple

from quickfix_ls.index.index import Index, Region
from quickfix_ls.values import Problem

_NEAR_LINES = 24
_WIDE_LINES = 100
_LONG_LINES = 60

Statements = Callable[[Region], Sequence[Region]]
"""Returns the header of a region that is one block, and each statement of its body, as regions that are parsed apart;
an empty list if it is no block that can be cut."""


class Narrowed(NamedTuple):
    """A part of a unit around a problem. If it `is_alone`, the other errors of the unit are too many to be repaired
    with it; otherwise the errors around it are part of the region. `is_long`: the whole unit is long."""

    region: Region
    is_alone: bool
    is_long: bool


def narrowed(index: Index, unit: Region, problem: Problem, statements: Statements, limit: int) -> Narrowed | None:
    """Return the statements around a problem if its unit is long, or more than `limit` statements around it are broken;
    None if the unit is better repaired as a whole."""
    is_long = _line_count(unit) > _LONG_LINES
    block, others, found = unit, 0, None
    while _line_count(block) > limit and (parts := statements(block)):
        own = _own(index, parts, problem)
        broken = _broken_around(index, parts, own)
        others += len(broken)
        if others >= limit and (broken or found is None or not found.is_alone):
            found = Narrowed(_grown(parts, own, own, own, broken), True, is_long)
        elif is_long and found is None and _line_count(parts[own]) <= _NEAR_LINES:
            found = Narrowed(_grown(parts, own, min({own, *broken}), max({own, *broken}), broken), False, is_long)
        if own == 0:
            break
        block = parts[own]
    return found if found is not None and index.fault(found.region) is not None else None


def _own(index: Index, parts: Sequence[Region], problem: Problem) -> int:
    """Return which of the parts of a block a problem is in: an error at the end of one is reported in the next."""
    own = max(0, bisect_right(parts, problem.span.start, key=lambda part: part.start) - 1)
    return own - 1 if own and index.fault(parts[own]) is None and index.fault(parts[own - 1]) is not None else own


def _broken_around(index: Index, parts: Sequence[Region], own: int) -> set[int]:
    """Return the broken statements above and below the part `own`, as far as they are near."""
    above, below = _near(parts, range(own - 1, 0, -1)), _near(parts, range(max(own, 0) + 1, len(parts)))
    return {*_broken(index, parts, above), *_broken(index, parts, below)}


def _near(parts: Sequence[Region], numbers: range) -> list[int]:
    """Return the first of the numbered parts, up to a number of lines."""
    lines = accumulate(_line_count(parts[number]) for number in numbers)
    return [number for number, _ in takewhile(lambda pair: pair[1] <= _WIDE_LINES, zip(numbers, lines, strict=True))]


def _broken(index: Index, parts: Sequence[Region], numbers: list[int]) -> list[int]:
    """Return those of the numbered parts, which are adjacent, that have a syntax error."""
    if not numbers or index.fault(_joined(parts[min(numbers) : max(numbers) + 1])) is None:
        return []
    return [number for number in numbers if index.fault(parts[number]) is not None]


def _grown(parts: Sequence[Region], own: int, first: int, last: int, broken: set[int]) -> Region:
    """Return the parts from `first` to `last` with statements below and above in turn that are not broken, up to a
    number of lines; the header of a block alone."""
    has_grown = own > 0
    while has_grown:
        has_grown = False
        for other in (last + 1, first - 1):
            low, high = min(first, other), max(last, other)
            is_open = 0 < other < len(parts) and other not in broken
            if is_open and _line_count(*parts[low : high + 1]) <= _NEAR_LINES:
                first, last, has_grown = low, high, True
    return _joined(parts[first : last + 1])


def _joined(parts: Sequence[Region]) -> Region:
    """Return adjacent statements of one block as a region."""
    first, last = parts[0], parts[-1]
    return Region("".join(part.text for part in parts), first.start, first.prefix, last.suffix)


def _line_count(*parts: Region) -> int:
    return sum(part.text.count("\n") for part in parts)
