"""Imports of which little else can be meant by a name: a well-known module whose members the code reads, and a member
that nearly all code imports from one module."""

from __future__ import annotations

import re
import sys
from typing import Literal

from quickfix_ls.context import Context
from quickfix_ls.languages.python.fixers.file_imports import imports_of
from quickfix_ls.languages.python.fixers.name_context import importable_of
from quickfix_ls.languages.python.fixers.name_places import place_of, places_of
from quickfix_ls.languages.python.members.stdlib_members import module_members
from quickfix_ls.languages.python.project.importable import Importable

Certainty = Literal["used module", "usual member", "possible"]

_USUAL_MODULE, _USUAL_MEMBER = 20, 50
"""How many files of the corpus have to contain an import, so that it is a usual one."""
_SHARE = 0.8
"""The share of a usual import among all known imports of its name, by the files that contain them."""
_CALLED = frozenset({"NamedTuple", "NewType", "ParamSpec", "TypeVar", "TypeVarTuple", "TypedDict", "cast"})
_SHORTEST = 4
"""The least length of a usual member in lower case: shorter ones are variables' names."""


def certainty(context: Context, way: Importable) -> Certainty:
    """Return how certain an import of the problem's name is.

    - "used module": the name is that of a well-known module, or its usual alias, the code takes attributes from it at
      all places, a module of the standard library has all of them, and the file imports neither the module by another
      name nor what is taken from it, which might be meant as well.
    - "usual member": the module is of the standard library, and nearly all code that imports the name imports it from
      there, or the file imports other names from it. What `typing` has for annotations is not called.
    """
    if is_variable(context):
        return "possible"
    if not way.member:
        return "used module" if _is_used_module(context, way) else "possible"
    return "usual member" if _is_usual_member(context, way) else "possible"


def is_variable(context: Context) -> bool:
    """Return whether the file binds the name somewhere, so that it may be a variable's name here too."""
    name = re.escape(context.problem.name)
    assigned = rf"^[ \t]*(?:[^\W\d][\w, \t]*,[ \t]*)?{name}(?:[ \t]*,[ \t]*\w+)*[ \t]*(?::[^=\n]+)?=(?!=)"
    looped = rf"\bfor\b[^\n:]*?(?<!\w){name}\b[^\n:]*?\bin\b"
    passed = rf"\b(?:def[ \t]+\w+[ \t]*\(|lambda\b)[^\n:)]*?(?<![\w.=]){name}\b"
    named = rf"\bas[ \t]+{name}\b"
    pattern = f"{assigned}|{looped}|{passed}|{named}"
    return re.search(pattern, context.snapshot.text, re.MULTILINE) is not None


def _is_used_module(context: Context, way: Importable) -> bool:
    usages = [place.usage for place in places_of(context)]
    attributes = {usage.attribute for usage in usages if usage is not None}
    if not attributes or "" in attributes or _is_imported_otherwise(context, way.module, attributes):
        return False
    if way.name.partition(".")[0] in sys.stdlib_module_names and way.module.startswith(way.name):
        return attributes <= (module_members(way.name) or frozenset())
    members = module_members(way.module)
    return way.popularity >= _USUAL_MODULE and (members is None or attributes <= members) and _leads(context, way)


def _is_imported_otherwise(context: Context, module: str, attributes: set[str]) -> bool:
    """Return whether the file imports a module by another name, or one of its attributes."""
    name = context.problem.name
    return any(
        (not one.module and member == module and alias != name) or (one.module == module and member in attributes)
        for one in imports_of(context.snapshot.text)
        for member, alias in one.names
    )


def _is_usual_member(context: Context, way: Importable) -> bool:
    members = module_members(way.module)
    if members is None or way.member not in members or (way.name.islower() and len(way.name) < _SHORTEST):
        return False
    usage = place_of(context).usage
    if way.module == "typing" and usage is not None and usage.done == "call" and way.name not in _CALLED:
        return False
    if any(one.module == way.module and one.at_top for one in imports_of(context.snapshot.text)):
        return way.popularity >= _USUAL_MODULE
    return way.popularity >= _USUAL_MEMBER and _leads(context, way)


def _leads(context: Context, way: Importable) -> bool:
    """Return whether nearly all code that imports the name does it this way."""
    known = {other.statement: other.popularity for other in importable_of(context)}
    return way.popularity >= _SHARE * sum({**known, way.statement: way.popularity}.values())
