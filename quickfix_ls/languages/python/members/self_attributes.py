"""What is asked of `self` and what its class lacks: an attribute, a method, an argument of one."""

from __future__ import annotations

import builtins
import re

from quickfix_ls.languages.python.facts import facts_of, names_in
from quickfix_ls.languages.python.members.class_table import ClassTable
from quickfix_ls.languages.python.members.misspelling_rules import Found, is_given, lacking, of_instance, of_parameters
from quickfix_ls.languages.python.members.references import Use
from quickfix_ls.languages.python.names.near_names import is_foreign, is_mistyped

_FUNCTIONS = frozenset(name for name in dir(builtins) if name.islower() and not name.startswith("_"))


def of_self(owners: ClassTable, unit: int, use: Use) -> Found | None:
    """The slip that a use of `self` in a unit is; None where it is none, or where we can't tell."""
    index = owners.index
    header = owners.header_of(unit)
    opens = facts_of(index, header).uses.opens if header is not None else None
    if header is None or opens is None:
        return None
    if use.kind == "keyword":
        methods = [facts_of(index, one).uses.methods for one in owners.units(header, nested=False)]
        known = [one[use.owner] for one in methods if use.owner in one]
        return of_parameters(use, f"{opens.name}.{use.owner}", known[0] if len(known) == 1 else None)
    if use.owner:
        return None
    text = index.snapshot.text
    members = owners.class_members(header)
    if members is not None:
        near = of_instance(text, opens.name, use.name, members)
        is_foreign_here = _is_of_other_scope(owners, unit, opens.name, use.name, members)
        return near or (lacking(opens.name, use.name) if is_foreign_here else None)
    own = owners.own_members(header)
    if own is None or use.name in own or not any(is_mistyped(use.name, one) for one in own):
        return None
    return of_instance(text, opens.name, use.name, own)


def _is_of_other_scope(owners: ClassTable, unit: int, owner: str, name: str, members: frozenset[str]) -> bool:
    """Whether the class lacks a name that a function has: one of the method itself, a builtin one, or one of the
    module. Of the latter two only where it is asked for once, by a class that nothing else is made of: a class that is
    mixed into others is given what it lacks."""
    index = owners.index
    text = index.snapshot.text
    if name in members or is_given(text, name):
        return False
    if re.search(rf"^\s+def\s+{name}\b", index.region(unit).text, re.MULTILINE):
        return True
    if not (is_foreign(name, ("__len__",)) or name in _FUNCTIONS or names_in(index).bound[name]):
        return False
    return len(re.findall(rf"\bself\s*\.\s*{name}\b", text)) == 1 and not _is_part_of_others(text, owner)


def _is_part_of_others(text: str, owner: str) -> bool:
    """Whether a class is spoken of as such: as a base, or as an argument of what makes classes."""
    return re.search(rf"(?<![\w.]){owner}\s*[,)]", text) is not None
