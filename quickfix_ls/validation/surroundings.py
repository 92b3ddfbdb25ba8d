"""What stands around the region still goes with it: what follows belongs where it did, or at least still parses, and
what stands before is indented alike."""

from __future__ import annotations

from quickfix_ls.languages.python.judge import judge
from quickfix_ls.languages.python.tokens import indent_of
from quickfix_ls.languages.python.units import Cut, Cutter
from quickfix_ls.validation.change import Change, Refused

COST = 4
STEPWISE = False


def check(change: Change) -> str:
    _check_before(change)
    _check_after(change)
    return ""


def _check_before(change: Change) -> None:
    """A region inside of a class is compiled by itself, at whatever indentation; the members before it have theirs."""
    analysis, region = change.analysis, change.before
    unit = analysis.unit_at(region.start)
    if region.start in analysis.seams:
        return
    if not unit or _indent(region.text) == _indent(change.after.text) or analysis.facts(unit - 1).fault is not None:
        return
    before = analysis.region(unit - 1)
    if (
        judge(before.text + change.after.text, before.prefix, region.suffix, analysis.target, analysis.notebook)
        is not None
    ):
        raise Refused("it would no longer line up with what stands before it")


def _indent(text: str) -> str:
    """The indentation of the first line of code."""
    lines = (line for line in text.splitlines() if line.strip() and not line.lstrip().startswith("#"))
    return indent_of(next(lines, ""))


def _check_after(change: Change) -> None:
    analysis, region = change.analysis, change.before
    following = analysis.unit_at(region.end)
    if (
        region.end in analysis.seams
        or region.end >= len(analysis.snapshot.text)
        or analysis.cuts[following].start != region.end
    ):
        return
    next_unit = analysis.region(following)
    text = change.after.text + next_unit.text
    stack = analysis.cuts[analysis.unit_at(region.start)].stack
    wanted = Cut(len(change.after.text), analysis.cuts[following].stack)
    if wanted in Cutter(text, 0, stack):
        return
    # The region now runs on into the next unit, as where a class's members are indented: then both are judged.
    if judge(text, region.prefix, next_unit.suffix, analysis.target, analysis.notebook) is not None:
        raise Refused("what follows would no longer parse")
