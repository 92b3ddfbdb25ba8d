"""The reach of an offer: its title says which other functions it changes than the one that the problem is in."""

from __future__ import annotations

from dataclasses import replace

from quickfix_ls.index.index import Index
from quickfix_ls.index.syntax import Syntax
from quickfix_ls.values import Edit, Offer

_MAX_NAMES = 2


def with_reach(index: Index, offer: Offer) -> Offer:
    """Return the offer; if it changes functions that the problem is not in, with a title that names them."""
    others = _other_functions(index, offer)
    if not others:
        return offer
    also = "also " if _changes_own(index, offer) else ""
    title = f"{offer.candidate.title} ({also}in {_listed(others)})"
    return replace(offer, candidate=replace(offer.candidate, title=title))


def _other_functions(index: Index, offer: Offer) -> list[str]:
    """Return the names of the functions that an offer changes, without the problem's own, in the order of the text."""
    own, name_of = index.unit_at(offer.problem.span.start), index.language.part(Syntax).function_name
    units = sorted({unit for unit in _units(index, offer) if unit != own})
    return [name for name in dict.fromkeys(name_of(index.region(unit).text) for unit in units) if name]


def _changes_own(index: Index, offer: Offer) -> bool:
    return index.unit_at(offer.problem.span.start) in _units(index, offer)


def _units(index: Index, offer: Offer) -> set[int]:
    """Return the units that an offer changes. What is put in at the end of a unit belongs to that unit, unless it is
    the beginning of the line that follows."""
    return {index.unit_at(_changed_at(index, edit)) for edit in offer.candidate.edits}


def _changed_at(index: Index, edit: Edit) -> int:
    start = edit.span.start
    begins_line = index.snapshot.text[start - 1 : start] in ("\n", "\r") and not edit.text.endswith(("\n", "\r"))
    return start if start < edit.span.end or begins_line else max(start - 1, 0)


def _listed(names: list[str]) -> str:
    shown = names[:_MAX_NAMES]
    rest = len(names) - len(shown)
    listed = f"{', '.join(shown)} and {rest} more" if rest else " and ".join(shown)
    return f"the function{'s' if len(names) > 1 else ''} {listed}"
