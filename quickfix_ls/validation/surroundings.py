"""Require that the region still fits the units around it: the unit before must match its indentation, and the unit
behind it must begin where it did in the same scope, or at least parse together with the region."""

from __future__ import annotations

from quickfix_ls.index.index import Region
from quickfix_ls.index.syntax import Syntax, UnitStart
from quickfix_ls.lexing.lexis import Lexis
from quickfix_ls.lexing.tokens import indent_of
from quickfix_ls.validation.change import Change, Refused

COST = 4
STAGE = "repair"


def check(change: Change) -> str:
    _check_before(change)
    _check_after(change)
    return ""


def _check_before(change: Change) -> None:
    """Refuse a changed indentation that does not parse together with the unit before the region.

    A region inside of a class is parsed by itself at any indentation, so its own syntax check does not find this.
    """
    index, region = change.index, change.before
    unit = index.unit_at(region.start)
    if not unit or region.start in index.seams or index.unit_fault(unit - 1) is not None:
        return
    if _indent(change, region.text) == _indent(change, change.after.text):
        return
    before = index.region(unit - 1)
    joined = Region(before.text + change.after.text, before.start, before.prefix, region.suffix)
    if index.fault(joined) is not None:
        raise Refused("it would no longer line up with what stands before it")


def _indent(change: Change, text: str) -> str:
    """Return the indentation of the first line of code."""
    comment = change.index.language.part(Lexis).comment
    lines = (line for line in text.splitlines() if line.strip() and not line.lstrip().startswith(comment))
    return indent_of(next(lines, ""))


def _check_after(change: Change) -> None:
    index, region = change.index, change.before
    following = index.unit_at(region.end)
    is_last = region.end in index.seams or region.end >= len(index.snapshot.text)
    if is_last or index.cuts[following].start != region.end:
        return
    next_unit = index.region(following)
    text = change.after.text + next_unit.text
    stack = index.cuts[index.unit_at(region.start)].stack
    wanted = UnitStart(len(change.after.text), index.cuts[following].stack)
    if wanted in index.language.part(Syntax).split(text, 0, stack, ()):
        return
    # The region now continues into the next unit, for example if a class's members were indented: parse both.
    if index.fault(Region(text, region.start, region.prefix, next_unit.suffix)) is not None:
        raise Refused("what follows would no longer parse")
