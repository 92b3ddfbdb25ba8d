"""Check that the change introduces no new undefined or misspelt name."""

from __future__ import annotations

from collections import Counter

from quickfix_ls.languages.python.checks.changed_code import free_after, misspellings_after, misspellings_before
from quickfix_ls.languages.python.checks.names_read import is_read_elsewhere, names_read
from quickfix_ls.languages.python.facts import ALWAYS_BOUND, binds, facts_of, names_in
from quickfix_ls.languages.python.names.scopes import FreeName
from quickfix_ls.problems.kinds import kind_of
from quickfix_ls.validation.change import Change, Refused

COST = 3
STAGE = "repair"

_SHOWN = 3


def check(change: Change) -> str:
    """Return what was shown, and which names are undefined as they were before. Raises Refused if a name would be
    undefined that the code did not read before, or if a member would be wrong."""
    read = change.derived(_read)
    left: list[str] = []
    for free in free_after(change):
        if free.name == change.problem.name or _is_bound(change, free):
            continue
        if free.name not in read and not is_read_elsewhere(change.index, free.name):
            raise Refused(f"`{free.name}` would be undefined")
        left.append(free.name)
    if kind_of(change.problem).proof == "analysis" and change.problem.code != "NameError":
        added = misspellings_after(change) - misspellings_before(change)
        if added:
            raise Refused(f"`{next(iter(added))[1]}` would be wrong")
    return f"nothing new is undefined{_still(left)}"


def _is_bound(change: Change, free: FreeName) -> bool:
    """Return whether a name is defined for the file, by other code than the region's broken units: any identifier of
    these counts as bound while they don't parse. A name that the change itself imports elsewhere is defined."""
    if change.outside and binds(change.index_after, free.name, free.in_class):
        return True
    if not binds(change.index, free.name, free.in_class):
        return False
    seeming = change.derived(_bound_by_broken_units)[free.name]
    summary = names_in(change.index)
    return not seeming or summary.bound[free.name] > seeming or free.name in ALWAYS_BOUND or summary.is_opaque


def _bound_by_broken_units(change: Change) -> Counter[str]:
    index, region = change.index, change.before
    first, last = index.unit_at(region.start), index.unit_at(max(region.start, region.end - 1))
    broken = (facts_of(index, unit) for unit in range(first, last + 1))
    return Counter(name for facts in broken if facts.fault is not None for name in facts.names.bound)


def _read(change: Change) -> frozenset[str]:
    return names_read(change.before.text, change.tokens)


def _still(names: list[str]) -> str:
    """Return the end of the phrase that names what is still undefined."""
    found = list(dict.fromkeys(names))
    if not found:
        return ""
    more = f" and {len(found) - _SHOWN} more" if len(found) > _SHOWN else ""
    return f" ({', '.join(f'`{name}`' for name in found[:_SHOWN])}{more} still {'is' if len(found) == 1 else 'are'})"
