"""What follows the region still belongs where it did, or at least still parses."""

from __future__ import annotations

from quickfix_ls.languages.python.judge import judge
from quickfix_ls.languages.python.units import Cut, Cutter
from quickfix_ls.validation.change import Change, Refused

COST = 4
STEPWISE = False


def check(change: Change) -> str:
    analysis, region = change.analysis, change.before
    following = analysis.unit_at(region.end)
    if region.end >= len(analysis.snapshot.text) or analysis.cuts[following].start != region.end:
        return ""
    next_unit = analysis.region(following)
    text = change.after.text + next_unit.text
    stack = analysis.cuts[analysis.unit_at(region.start)].stack
    wanted = Cut(len(change.after.text), analysis.cuts[following].stack)
    if wanted in Cutter(text, 0, stack):
        return ""
    # The region now runs on into the next unit, as where a class's members are indented: then both are judged.
    if judge(text, region.prefix, next_unit.suffix, analysis.target) is not None:
        raise Refused("what follows would no longer parse")
    return ""
