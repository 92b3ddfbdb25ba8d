"""Members of `self` that its class lacks: attributes, methods, arguments of methods."""

from __future__ import annotations

import builtins
import re

from quickfix_ls.languages.python.facts import facts_of, names_in
from quickfix_ls.languages.python.members.class_table import ClassTable
from quickfix_ls.languages.python.members.misspelling_rules import Found, is_given, lacking, of_instance, of_parameters
from quickfix_ls.languages.python.members.references import Use
from quickfix_ls.languages.python.names.near_names import is_foreign, is_mistyped

_FUNCTIONS = frozenset(name for name in dir(builtins) if name.islower() and not name.startswith("_"))


def of_self(class_table: ClassTable, unit: int, use: Use) -> Found | None:
    """Return the error of a reference to `self` in a unit; None if it is right, or if nothing is known."""
    index = class_table.index
    header = class_table.header_of(unit)
    opens = facts_of(index, header).uses.opens if header is not None else None
    if header is None or opens is None:
        return None
    if use.kind == "keyword":
        methods = [facts_of(index, member).uses.methods for member in class_table.units(header, nested=False)]
        known = [parameters[use.owner] for parameters in methods if use.owner in parameters]
        return of_parameters(use, f"{opens.name}.{use.owner}", known[0] if len(known) == 1 else None)
    if use.owner:
        return None
    text = index.snapshot.text
    members = class_table.class_members(header)
    if members is not None:
        near = of_instance(text, opens.name, use.name, members)
        is_foreign_here = _is_of_other_scope(class_table, unit, opens.name, use.name, members)
        return near or (lacking(opens.name, use.name) if is_foreign_here else None)
    own = class_table.own_members(header)
    if own is None or use.name in own or not any(is_mistyped(use.name, member) for member in own):
        return None
    return of_instance(text, opens.name, use.name, own)


def _is_of_other_scope(class_table: ClassTable, unit: int, owner: str, name: str, members: frozenset[str]) -> bool:
    """Return whether the class lacks a name that is a function's: one of the method itself, a builtin, or one of the
    module. The latter two count only if the name is used once, by a class that no other class is made of: a mixin class
    gets its missing members from the classes that it is mixed into."""
    index = class_table.index
    text = index.snapshot.text
    if name in members or is_given(text, name):
        return False
    if re.search(rf"^\s+def\s+{name}\b", index.region(unit).text, re.MULTILINE):
        return True
    if not (is_foreign(name, ("__len__",)) or name in _FUNCTIONS or names_in(index).bound[name]):
        return False
    return len(re.findall(rf"\bself\s*\.\s*{name}\b", text)) == 1 and not _is_part_of_others(text, owner)


def _is_part_of_others(text: str, owner: str) -> bool:
    """Return whether a class is used as a base class, or as an argument of a call that may create classes."""
    return re.search(rf"(?<![\w.]){owner}\s*[,)]", text) is not None
