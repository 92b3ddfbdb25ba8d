"""The units of the class around a unit."""

from __future__ import annotations

from quickfix_ls.index.index import Index

_MAX_UNITS = 400  # to either side: a class larger than that is not searched to its end


def class_units(index: Index, unit: int) -> tuple[int, int]:
    """Return the first and last unit of the body of the class that contains a unit; the unit itself, twice, if it is in
    no class."""
    stack = index.cuts[unit].stack
    if not stack:
        return unit, unit
    first = last = unit
    while first > 0 and unit - first < _MAX_UNITS and index.cuts[first - 1].stack[: len(stack)] == stack:
        first -= 1
    while last + 1 < len(index.cuts) and last - unit < _MAX_UNITS and index.cuts[last + 1].stack[: len(stack)] == stack:
        last += 1
    return first, last
