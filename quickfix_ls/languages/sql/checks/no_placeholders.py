"""Refuse a change that writes, moves or removes the placeholder for what a program or a template puts into a query."""

from __future__ import annotations

from quickfix_ls.languages.sql.placeholders import placeholders_in
from quickfix_ls.validation.change import Change, Refused

COST = 1
STAGE = "step"


def check(change: Change) -> str:
    if placeholders_in(change.before.text) != placeholders_in(change.after.text):
        raise Refused("it would change what the program puts into the query")
    return ""
