"""Check that, if the problem was shown by types, the name that a change inserts exists in its owner."""

from __future__ import annotations

from quickfix_ls.validation.change import Change, Refused
from quickfix_ls.values import TYPES

COST = 0
STAGE = "repair"

_KINDS = {"AttributeError": "an attribute", "ImportError": "a name in the module", "TypeError": "a parameter"}


def check(change: Change) -> str:
    """Return what is known of the inserted name, or an empty string. Raises Refused if its owner lacks it."""
    if change.problem.origin != TYPES or [edit.span for edit in change.candidate.edits] != [change.problem.span]:
        return ""
    name = change.candidate.edits[0].text
    if not name.isidentifier():
        return ""
    if name not in change.problem.hints:
        raise Refused(f"by its type, `{name}` would not exist either")
    return f"`{name}` is {_KINDS[change.problem.code]}, by its type"
