"""Whether a name can stand in place of the undefined one: by what the code does with it, and by when it is bound."""

from __future__ import annotations

import re

from quickfix_ls.context import Context
from quickfix_ls.languages.python.facts import facts_of
from quickfix_ls.languages.python.fixers.name_places import NamePlace, place_of, target_of
from quickfix_ls.languages.python.names.scope_bindings import module_names_at
from quickfix_ls.languages.python.names.targets import fit
from quickfix_ls.languages.python.names.usage import usages


def fit_of(context: Context, name: str) -> int:
    """Return -1 if a name certainly cannot replace the undefined one, 1 if it is known to be of the right kind, and 0
    if nothing is known (see `targets.fit`)."""
    place = place_of(context)
    if not is_bound_at(place, name):
        return -1
    usage = place.usage
    return 0 if usage is None else fit(usage, target_of(context, name), is_called(place, name))


def is_bound_at(place: NamePlace, name: str) -> bool:
    """Return whether a name may have a value when a place is reached. `for item in items` can't mean `item`."""
    local = place.locals.get(name)
    if local is not None:
        return local.is_bound_before(place.offset)
    index, unit = place.index, place.unit
    if place.functions or name not in facts_of(index, unit).names.bound:
        return True
    # At module level, another unit may bind it, or this one does before.
    if any(name in facts_of(index, other).names.bound for other in range(unit)):
        return True
    region = index.region(unit)
    known = module_names_at(region.text, region.prefix, region.suffix).get(name)
    return known is None or known.is_bound_before(place.offset)


def is_called(place: NamePlace, name: str) -> bool:
    """Return whether the unit of a place calls a name."""
    region = place.index.region(place.unit)
    return any(
        usage.name == name and usage.done == "call" for usage in usages(region.text, region.prefix, region.suffix)
    )


def readers_of(text: str, attribute: str) -> frozenset[str]:
    """Return the names from which a text reads an attribute."""
    if f".{attribute}" not in text:
        return frozenset()
    return frozenset(re.findall(rf"(?<![\w.])([^\W\d]\w*)\.{re.escape(attribute)}\b", text))
