"""The change brings no new undefined name into the file."""

from __future__ import annotations

from quickfix_ls.validation.change import Change, Refused

COST = 3
STAGE = "repair"


def check(change: Change) -> str:
    known = {token.text for token in change.tokens if token.kind == "name"} - {change.problem.name}
    for free in change.free_after:
        if free.name in known or free.name == change.problem.name or change.analysis.binds(free.name, free.in_class):
            continue
        if not any(free.name in token.text for token in change.tokens if token.kind in ("string", "badstring")):
            raise Refused(f"`{free.name}` would be undefined")
    if change.problem.kind == "name" and change.problem.error_type != "NameError":
        added = change.slips_after - change.slips_before
        if added:
            raise Refused(f"`{next(iter(added))[1]}` would be wrong")
    return "nothing new is undefined"
