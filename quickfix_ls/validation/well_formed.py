"""The text around the problem is well formed, by the language's judge."""

from __future__ import annotations

from quickfix_ls.index.index import Region
from quickfix_ls.validation.change import Change, Refused
from quickfix_ls.values import Edit

COST = 0
STAGE = "repair"


def check(change: Change) -> str:
    if change.fault is not None:
        raise Refused(f"does not parse: {change.fault.message}")
    for edit in change.outside:
        if change.index.fault(Region(edit.text, 0)) is not None and _breaks(change, edit):
            raise Refused("what it changes elsewhere does not parse")
    return "parses"


def _breaks(change: Change, edit: Edit) -> bool:
    """Whether what an edit outside of the region changes is no longer well formed: a name that is added to an import
    is no statement by itself."""
    shift = sum(one.growth for one in change.candidate.edits if one < edit)
    after = change.index_after
    return after.facts(after.unit_at(edit.span.start + shift)).fault is not None
