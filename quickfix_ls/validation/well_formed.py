"""Require that the region has no syntax error after the change, and that edits outside of it break nothing."""

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
    """Return whether the unit that an edit outside of the region changes has a syntax error after the change.

    The edit's text need not parse by itself: it may add a name to an import.
    """
    shift = sum(earlier.growth for earlier in change.candidate.edits if earlier < edit)
    after = change.index_after
    return after.unit_fault(after.unit_at(edit.span.start + shift)) is not None
