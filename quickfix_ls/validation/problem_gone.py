"""The reported problem is no longer there."""

from __future__ import annotations

from quickfix_ls.analysis.scopes import names_of
from quickfix_ls.validation.change import Change, Refused

COST = 2
STAGE = "repair"


def check(change: Change) -> str:
    if change.problem.kind == "syntax":
        return "the error is gone"
    if change.problem.kind == "type":
        # Only the checker that reported it can tell.
        return ""
    name = change.problem.name
    if change.problem.error_type != "NameError":
        slip = change.problem.error_type, name
        if change.slips_after[slip] >= max(1, change.slips_before[slip]):
            raise Refused(f"`{name}` is still wrong")
        return f"`{name}` is no longer wrong"
    is_bound = bool(change.outside) and name in change.analysis_after.bound
    if not is_bound and _reads(change, name) >= _reads_before(change, name):
        raise Refused(f"`{name}` is still undefined")
    return f"`{name}` is no longer undefined"


def _reads(change: Change, name: str) -> int:
    return sum(free.name == name for free in change.free_after)


def _reads_before(change: Change, name: str) -> int:
    before = names_of(change.before.text, change.before.prefix, change.before.suffix)
    return sum(free.name == name for free in before.free) or 1
