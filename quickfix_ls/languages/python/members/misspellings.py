"""Misspelt members, arguments and modules that certainly do not exist. For plain names see `names.undefined`.

A reference is reported only if all existing names are known (of a module of the standard library, a builtin type, a
class or a function of this file without dynamic members) and one of them is so similar that it must be meant.
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
from quickfix_ls.languages.python.members.foreign_methods import translations
from quickfix_ls.languages.python.members.known_parameters import known_parameters
from quickfix_ls.languages.python.members.misspelling_rules import (
    Found,
    is_elsewhere,
    is_given,
    of_instance,
    of_parameters,
)
from quickfix_ls.languages.python.members.owner_confusions import class_for, home_of, member_called_like, module_for
from quickfix_ls.languages.python.members.references import Use
from quickfix_ls.languages.python.members.self_attributes import of_self
from quickfix_ls.languages.python.members.stdlib_members import PARAMETERS, module_members, type_members
from quickfix_ls.languages.python.members.suspicious_code import IN_PLACE
from quickfix_ls.languages.python.names.near_names import nearest
from quickfix_ls.languages.python.project.importable import has_member, misspelt_module
from quickfix_ls.languages.python.project.misspelt_modules import is_missing, meant_modules
from quickfix_ls.languages.python.project.packages import renamed
from quickfix_ls.languages.python.project.stdlib_history import existed, is_former_module, lifetime
from quickfix_ls.problems.kinds import NAME
from quickfix_ls.values import Problem, Span


class Misspelling(NamedTuple):
    """A problem with the candidates for its replacement: `members` of the same owner, in no order."""

    problem: Problem
    members: frozenset[str] = frozenset()


def misspellings(index: Index, first: int = 0, last: int | None = None) -> Iterator[Misspelling]:
    """Yield every misspelling in the units from `first` to `last` (inclusive; to the end if None). Needs the facts of
    all units, as undefined names do."""
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
            if not use.guarded and (found := of_self(file.class_table, unit, use)):
                yield _located(found, use, start)


def misspelling_problems(index: Index, first: int = 0, last: int | None = None) -> Iterator[Problem]:
    """Yield the problems of the misspellings."""
    return (misspelling.problem for misspelling in misspellings(index, first, last))


def misspelling_of(index: Index, problem: Problem) -> Misspelling | None:
    """Return the misspelling that a problem is about; None if there is none (any more)."""
    unit = index.unit_at(problem.span.start)
    return next(
        (misspelling for misspelling in misspellings(index, unit, unit) if misspelling.problem.span == problem.span),
        None,
    )


def _located(found: Found, use: Use, start: int) -> Misspelling:
    span = Span(start + use.span.start, start + use.span.end)
    return Misspelling(Problem(NAME, found.message, found.code, span, use.name, "analysis"), found.members)


class _File:
    """The misspellings of one file."""

    def __init__(self, index: Index) -> None:
        self.index = index
        self.class_table = ClassTable(index)

    def of_use(self, unit: int, use: Use) -> Found | None:
        """Return the error of a reference in a unit; None if it is right, or nothing is known."""
        if use.kind == "attribute":
            return self._of_attribute(use)
        if use.kind == "keyword":
            return self._of_call(use)
        if use.kind == "import":
            members = self._of_module(use.owner, use.name)
            message = f"cannot import name '{use.name}' from '{use.owner}'"
            return Found("ImportError", message, members) if members is not None else None
        if use.kind == "module":
            right = () if self._is_own(use.name) else self._intended_modules(use.name)
            message = f"No module named '{use.name}'"
            return Found("ModuleNotFoundError", message, frozenset(right)) if right else None
        if use.kind == "early":
            # The cells of a notebook may run in any order.
            bound, (_, last) = self.class_table.first_bound.get(use.name, unit), self.index.joined(unit)
            early = unit < bound <= last and use.name not in ALWAYS_BOUND
            return Found("NameError", f"name '{use.name}' is not defined yet") if early else None
        if use.kind == "called":
            return self._of_called_module(use)
        return self._of_lost(use) if use.kind == "lost" else self._of_suspicious_code(use)

    # -- references to a name, a literal or a module --------------------------------------------------------------

    def _of_attribute(self, use: Use) -> Found | None:
        text = self.index.snapshot.text
        binding, rest = self._binding(use)
        if binding is None or (rest and binding.kind != "module"):
            return None
        if binding.kind == "module":
            module = f"{binding.name}.{rest}" if rest else binding.name
            members = self._of_module(module, use.name)
            message = f"module '{module}' has no attribute '{use.name}'"
            return Found("AttributeError", message, members) if members is not None else None
        if binding.kind == "type" and not names_in(self.index).bound[binding.name]:
            members = type_members(binding.name)
            if members is None or use.name in members:
                return None
            if not (nearest(use.name, members) or translations(binding.name, use.name)):
                return None
            return Found("AttributeError", f"'{binding.name}' object has no attribute '{use.name}'", members)
        if binding.kind == "instance" and binding.name in self.class_table.headers:
            members = self.class_table.class_members(self.class_table.headers[binding.name])
            return of_instance(text, binding.name, use.name, members)
        return None

    def _of_called_module(self, use: Use) -> Found | None:
        """Return the error for a call of a module that has a member of its own name."""
        binding, _ = self._binding(use)
        if binding is None or binding.kind != "module" or not member_called_like(binding.name):
            return None
        return Found("TypeError", "'module' object is not callable")

    def _binding(self, use: Use) -> tuple[BindingKind | None, str]:
        """Return the binding of the owner's first name, and the names after it."""
        name, _, rest = use.owner.partition(".")
        return use.binding or self.class_table.bindings.get(name), rest

    def _intended_modules(self, name: str) -> list[str]:
        """Return the modules that a name is a typing error for, provided that the file uses at least one of its members
        and all that it uses exist in that module; none if there may be a module of that name."""
        if is_former_module(name):
            return []
        asked = list(self.class_table.asked_of(name))
        right = misspelt_module(name) if asked else ""
        if right and all(has_member(right, member) or member in (module_members(right) or ()) for member in asked):
            return [right]
        environment = environment_of(self.index)
        return meant_modules(environment, name, asked) if asked and is_missing(environment, name) else []

    def _of_suspicious_code(self, use: Use) -> Found | None:
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
        binding, rest = self._binding(use)
        if binding is None or rest or binding.kind != "type" or binding.name not in IN_PLACE[use.name]:
            return None
        return Found("Warning", f"'{use.name}' returns nothing, so that '{use.owner}' is lost")

    def _of_module(self, module: str, name: str) -> frozenset[str] | None:
        """Return the members of a module that lacks `name`, none if it resembles no member and is one of another owner;
        None if the module has the name, if that is unknown, if nothing could be meant, or if the name is another
        version's, another platform's, or one that is known to be confused (see `renamed_apis`)."""
        if environment_of(self.index).target > HERE or _differs(module, name):
            return None
        members = module_members(module)
        if members is None or name in members or is_given(self.index.snapshot.text, name):
            return None
        if existed(module, name) or renamed("members", f"{module}.{name}"):
            return None
        if nearest(name, members):
            return members
        return frozenset() if class_for(module, name) or module_for(module, name) or home_of(module, name) else None

    def _of_call(self, use: Use) -> Found | None:
        """Return the error for an argument that the function, class, builtin or method of a builtin type does not
        accept."""
        binding, rest = self._binding(use)
        called, parameters = use.owner, None
        if binding is not None and binding.kind == "function" and not rest:
            parameters = binding.names
        elif binding is not None and binding.kind == "class" and not rest:
            parameters, called = self._of_constructor(binding), f"{binding.name}.__init__"
        elif binding is not None and binding.kind == "type":
            called = f"{binding.name}.{rest}"
            parameters = PARAMETERS.get(called)
        elif binding is not None and binding.kind == "module" and environment_of(self.index).target <= HERE:
            called = f"{binding.name}.{rest}".rstrip(".")
            parameters = known_parameters(called)
            if parameters is not None and lifetime("parameters", called, use.name):
                return None
        elif binding is None and not names_in(self.index).bound[use.owner]:
            parameters = PARAMETERS.get(use.owner)
        return of_parameters(use, called, parameters)

    def _of_constructor(self, binding: BindingKind) -> tuple[str, ...] | None:
        if binding.names == UNKNOWN_BASES or binding.name not in self.class_table.headers:
            return None
        given = [
            facts_of(self.index, unit).uses.methods
            for unit in self.class_table.units(self.class_table.headers[binding.name], nested=False)
        ]
        makers = [methods["__init__"] for methods in given if "__init__" in methods]
        return makers[0] if len(makers) == 1 and not any("__new__" in methods for methods in given) else None

    def _is_own(self, module: str) -> bool:
        """Return whether the file also binds the name of a module in another way."""
        return names_in(self.index).bound[module] > 1


def _differs(module: str, name: str) -> bool:
    """Return whether a name may exist on other systems: constants of these modules depend on the platform, and private
    names vary between versions."""
    return name.startswith("_") or (name.isupper() and module in ("errno", "os", "signal", "socket"))
