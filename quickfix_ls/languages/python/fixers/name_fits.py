"""Whether a name can stand in place of the undefined one: by what the code does with it, and by when it is bound."""

from __future__ import annotations

import re
from functools import lru_cache

from quickfix_ls.context import Context
from quickfix_ls.languages.python.facts import facts_of
from quickfix_ls.languages.python.fixers.name_changes import token_at
from quickfix_ls.languages.python.fixers.name_context import importable_of
from quickfix_ls.languages.python.fixers.name_places import NamePlace, place_of, target_of
from quickfix_ls.languages.python.members.stdlib_members import module_members
from quickfix_ls.languages.python.names.scope_bindings import module_names_at
from quickfix_ls.languages.python.names.targets import VARIABLES, fit
from quickfix_ls.languages.python.names.usage import usages
from quickfix_ls.languages.python.project.stdlib_history import existed

_LONGEST = 60
_NAME_BEFORE = re.compile(r"(?<![\w.])([^\W\d]\w*)\Z")
_COMPARES = frozenset({"==", "!=", "<", ">", "<=", ">=", "is", "in"})
_USUAL = 20
"""How many files of the corpus have to import a module by a name, so that the name is a usual one for it."""


def fit_of(context: Context, name: str) -> int:
    """Return -1 if a name certainly cannot replace the undefined one, 1 if it is known to be of the right kind, and 0
    if nothing is known (see `targets.fit`)."""
    place = place_of(context)
    if not is_bound_at(place, name):
        return -1
    usage = place.usage
    return 0 if usage is None else fit(usage, target_of(context, name), is_called(place, name))


def is_improbable(context: Context, name: str) -> bool:
    """Return whether an unlike name is improbable for how the code uses the undefined one: a variable that nothing else
    calls is not called here, least of all with itself, and no expression statement consists of a variable."""
    usage = place_of(context).usage
    if usage is None:
        return False
    if usage.done == "read" and (usage.place == "statement" or _is_compared_with(context, name)):
        return True
    is_variable = target_of(context, name).by in VARIABLES
    return is_variable and usage.done == "call" and not is_called(place_of(context), name)


def _is_compared_with(context: Context, name: str) -> bool:
    """Return whether the undefined name is compared with the other one itself."""
    at, tokens = token_at(context), context.tokens
    if at is None:
        return False
    before = [token.text for token in tokens[max(0, at - 3) : at]]
    after = [token.text for token in tokens[at + 1 : at + 4]]
    if before[-2:-1] == [name] and before[-1] in _COMPARES and before[:-2] not in (["."], [")"]):
        return True
    return len(after) > 1 and after[0] in _COMPARES and after[1] == name and after[2:] not in (["."], ["("], ["["])


def is_known_import(context: Context) -> bool:
    """Return whether the undefined name is that of a well-known module, or its usual alias, which has the attribute
    that the code reads (`time.sleep`, `np.array`), or a name of `typing` in an annotation. It is not misspelt."""
    usage = place_of(context).usage
    if usage is not None and usage.place == "annotation" and usage.name in (module_members("typing") or ()):
        return True
    if usage is None or not usage.attribute:
        return False
    members = module_members(usage.name)
    if members is not None and (usage.attribute in members or existed(usage.name, usage.attribute)):
        return True
    usual = [way.module for way in importable_of(context) if not way.member and way.popularity >= _USUAL]
    known = [module_members(module) for module in usual]
    return any(members is None or usage.attribute in members for members in known)


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


@lru_cache(maxsize=8)
def readers_of(text: str, attribute: str) -> frozenset[str]:
    """Return the names from which a text reads an attribute."""
    found = set()
    for match in re.finditer(rf"\.{re.escape(attribute)}\b", text):
        before = _NAME_BEFORE.search(text, max(0, match.start() - _LONGEST), match.start())
        if before is not None:
            found.add(before[1])
    return frozenset(found)
