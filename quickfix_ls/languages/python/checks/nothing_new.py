"""Check that the change introduces no new undefined or misspelt name."""

from __future__ import annotations

from quickfix_ls.languages.python.checks.changed_code import free_after, misspellings_after, misspellings_before
from quickfix_ls.languages.python.facts import binds
from quickfix_ls.problems.kinds import kind_of
from quickfix_ls.validation.change import Change, Refused

COST = 3
STAGE = "repair"


def check(change: Change) -> str:
    """Return what was shown. Raises Refused if a name would be undefined or wrong."""
    known = {token.text for token in change.tokens if token.kind == "name"} - {change.problem.name}
    for free in free_after(change):
        if free.name in known or free.name == change.problem.name or binds(change.index, free.name, free.in_class):
            continue
        if change.outside and binds(change.index_after, free.name, free.in_class):
            continue
        if not any(free.name in token.text for token in change.tokens if token.kind in ("string", "badstring")):
            raise Refused(f"`{free.name}` would be undefined")
    if kind_of(change.problem).proof == "analysis" and change.problem.code != "NameError":
        added = misspellings_after(change) - misspellings_before(change)
        if added:
            raise Refused(f"`{next(iter(added))[1]}` would be wrong")
    return "nothing new is undefined"
