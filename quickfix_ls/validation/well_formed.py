"""The text around the problem compiles, by CPython's own compiler."""

from __future__ import annotations

from quickfix_ls.languages.python.judge import judge
from quickfix_ls.validation.change import Change, Refused

COST = 1
STEPWISE = False


def check(change: Change) -> str:
    if change.fault is not None:
        raise Refused(f"does not parse: {change.fault.message}")
    for edit in change.outside:
        if judge(edit.text) is not None:
            raise Refused("the line that it adds does not parse")
    return "parses"
