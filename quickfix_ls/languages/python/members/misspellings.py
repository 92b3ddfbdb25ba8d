"""Members, arguments and modules that exist nowhere and are clearly misspelt. Plain names are for `scopes`.

One is reported only where all that exists is known (a module of the standard library, a builtin type, a class or a
function of this file that hides nothing) and something that exists is so near that it must be meant.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from quickfix_ls.index.index import Index
from quickfix_ls.languages.python.compile_check import HERE
from quickfix_ls.languages.python.dunder_methods import METHODS
from quickfix_ls.languages.python.facts import ALWAYS_BOUND, environment_of, facts_of, names_in
from quickfix_ls.languages.python.members.binding_kinds import UNKNOWN_BASES, BindingKind
from quickfix_ls.languages.python.members.class_table import ClassTable
from quickfix_ls.languages.python.members.misspelling_rules import (
    Found,
    is_elsewhere,
    is_given,
    of_instance,
    of_parameters,
)
from quickfix_ls.languages.python.members.references import Use
from quickfix_ls.languages.python.members.self_attributes import of_self
from quickfix_ls.languages.python.members.stdlib_members import PARAMETERS, module_members, type_members
from quickfix_ls.languages.python.members.suspicious_code import IN_PLACE
from quickfix_ls.languages.python.names.near_names import is_foreign, nearest, nearest_method
from quickfix_ls.languages.python.project.importable import has_member, misspelt_module
from quickfix_ls.languages.python.project.moved_stdlib import MEMBERS, MODULES
from quickfix_ls.problems.kinds import NAME
from quickfix_ls.values import Problem, Span


class Misspelling(NamedTuple):
    """A problem with all that could stand in its place: `members` of the same owner, in no order."""

    problem: Problem
    members: frozenset[str] = frozenset()


def misspellings(index: Index, first: int = 0, last: int | None = None) -> Iterator[Misspelling]:
    """Every slip in the units from `first` to `last` (inclusive; to the end where None). Like undefined names, they
    need the facts of all units."""
    if names_in(index).is_opaque:
        return
    file = _File(index)
    for unit in range(first, len(index.cuts) if last is None else last + 1):
        uses = facts_of(index, unit).uses
        start = index.cuts[unit].start
        for use in uses.uses:
            if not use.guarded and (found := file.of_use(unit, use)):
                yield _located(found, use, start)
        for use in uses.own:
            if not use.guarded and (found := of_self(file.owners, unit, use)):
                yield _located(found, use, start)


def misspelling_problems(index: Index, first: int = 0, last: int | None = None) -> Iterator[Problem]:
    """The problems of the slips."""
    return (slip.problem for slip in misspellings(index, first, last))


def misspelling_of(index: Index, problem: Problem) -> Misspelling | None:
    """The slip that a problem is; None where it is none (any more)."""
    unit = index.unit_at(problem.span.start)
    return next((slip for slip in misspellings(index, unit, unit) if slip.problem.span == problem.span), None)


def _located(found: Found, use: Use, start: int) -> Misspelling:
    span = Span(start + use.span.start, start + use.span.end)
    return Misspelling(Problem(NAME, found.message, found.code, span, use.name, "analysis"), found.members)


class _File:
    """The slips of one file."""

    def __init__(self, index: Index) -> None:
        self.index = index
        self.owners = ClassTable(index)

    def of_use(self, unit: int, use: Use) -> Found | None:
        if use.kind == "attribute":
            return self._of_attribute(use)
        if use.kind == "keyword":
            return self._of_call(use)
        if use.kind == "import":
            members = self._of_module(use.owner, use.name)
            message = f"cannot import name '{use.name}' from '{use.owner}'"
            return Found("ImportError", message, members) if members is not None else None
        if use.kind == "module":
            right = "" if self._is_own(use.name) else MODULES.get(use.name) or self._meant_module(use.name)
            message = f"No module named '{use.name}'"
            return Found("ModuleNotFoundError", message, frozenset({right})) if right else None
        if use.kind == "early":
            # The cells of a notebook may run in any order.
            bound, (_, last) = self.owners.first_bound.get(use.name, unit), self.index.joined(unit)
            early = unit < bound <= last and use.name not in ALWAYS_BOUND
            return Found("NameError", f"name '{use.name}' is not defined yet") if early else None
        return self._of_lost(use) if use.kind == "lost" else self._of_oddity(use)

    # -- what is asked of a name, a literal or a module -----------------------------------------------------------

    def _of_attribute(self, use: Use) -> Found | None:
        text = self.index.snapshot.text
        meaning, rest = self._meaning(use)
        if meaning is None or (rest and meaning.kind != "module"):
            return None
        if meaning.kind == "module":
            module = f"{meaning.name}.{rest}" if rest else meaning.name
            members = self._of_module(module, use.name)
            message = f"module '{module}' has no attribute '{use.name}'"
            return Found("AttributeError", message, members) if members is not None else None
        if meaning.kind == "type" and not names_in(self.index).bound[meaning.name]:
            members = type_members(meaning.name)
            if members is None or use.name in members:
                return None
            if not nearest_method(use.name, members) and not is_foreign(use.name, members):
                return None
            return Found("AttributeError", f"'{meaning.name}' object has no attribute '{use.name}'", members)
        if meaning.kind == "instance" and meaning.name in self.owners.headers:
            members = self.owners.class_members(self.owners.headers[meaning.name])
            return of_instance(text, meaning.name, use.name, members)
        return None

    def _meaning(self, use: Use) -> tuple[BindingKind | None, str]:
        """What the first name of the owner stands for, and the names behind it."""
        name, _, rest = use.owner.partition(".")
        return use.meaning or self.owners.meanings.get(name), rest

    def _meant_module(self, name: str) -> str:
        """The module that a name is mistyped for: all that the file asks of it, at least one thing, is known there."""
        right = misspelt_module(name)
        asked = list(self.owners.asked_of(name)) if right else []
        known = all(one in (module_members(right) or ()) or has_member(right, one) for one in asked)
        return right if asked and known else ""

    def _of_oddity(self, use: Use) -> Found | None:
        text = self.index.snapshot.text
        if use.kind == "guard":
            return Found("Warning", f"'{use.name}' is never the value of `__name__`", frozenset({"__main__"}))
        if use.kind == "redirected" and not names_in(self.index).bound["print"]:
            message = "unsupported operand type(s) for >>: 'builtin_function_or_method' and a file"
            return Found("TypeError", message)
        if use.kind == "selfless" and re.search(rf"(?<!\w)self\.{use.name}\s*\(", text):
            return Found("TypeError", f"{use.name}() takes 0 positional arguments but 1 was given")
        if use.kind == "special" and (use.name in METHODS or not is_elsewhere(text, use.name)):
            message = f"'{use.name}' is no special method that fits, '{use.owner}' is"
            return Found("AttributeError", message, METHODS - {use.name})
        return None

    def _of_lost(self, use: Use) -> Found | None:
        meaning, rest = self._meaning(use)
        if meaning is None or rest or meaning.kind != "type" or meaning.name not in IN_PLACE[use.name]:
            return None
        return Found("Warning", f"'{use.name}' returns nothing, so that '{use.owner}' is lost")

    def _of_module(self, module: str, name: str) -> frozenset[str] | None:
        """The members of a module that lacks `name`; None where it has it, or where we can't tell."""
        if environment_of(self.index).target > HERE or _differs(module, name):
            return None
        members = module_members(module)
        if members is None or name in members or is_given(self.index.snapshot.text, name):
            return None
        return members if f"{module}.{name}" in MEMBERS or nearest(name, members) else None

    def _of_call(self, use: Use) -> Found | None:
        """An argument that the function, class, builtin or method of a builtin type does not take."""
        meaning, rest = self._meaning(use)
        called, parameters = use.owner, None
        if meaning is not None and meaning.kind == "function" and not rest:
            parameters = meaning.names
        elif meaning is not None and meaning.kind == "class" and not rest:
            parameters, called = self._of_constructor(meaning), f"{meaning.name}.__init__"
        elif meaning is not None and meaning.kind == "type":
            called = f"{meaning.name}.{rest}"
            parameters = PARAMETERS.get(called)
        elif meaning is None and not names_in(self.index).bound[use.owner]:
            parameters = PARAMETERS.get(use.owner)
        return of_parameters(use, called, parameters)

    def _of_constructor(self, meaning: BindingKind) -> tuple[str, ...] | None:
        if meaning.names == UNKNOWN_BASES or meaning.name not in self.owners.headers:
            return None
        given = [
            facts_of(self.index, unit).uses.methods
            for unit in self.owners.units(self.owners.headers[meaning.name], nested=False)
        ]
        makers = [methods["__init__"] for methods in given if "__init__" in methods]
        return makers[0] if len(makers) == 1 and not any("__new__" in methods for methods in given) else None

    def _is_own(self, module: str) -> bool:
        """Whether the file binds the name of a module in another way too."""
        return names_in(self.index).bound[module] > 1


def _differs(module: str, name: str) -> bool:
    """Whether a name may exist elsewhere: the constants of these modules are the platform's, and what begins with an
    underscore comes and goes."""
    return name.startswith("_") or (name.isupper() and module in ("errno", "os", "signal", "socket"))
