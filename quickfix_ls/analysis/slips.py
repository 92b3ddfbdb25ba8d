"""Members, arguments and modules that exist nowhere and are clearly misspelt. Plain names are for `scopes`.

One is reported only where all that exists is known (a module of the standard library, a builtin type, a class or a
function of this file that hides nothing) and something that exists is so near that it must be meant.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from quickfix_ls.analysis.importable import has_member, misspelt_module
from quickfix_ls.analysis.index import ALWAYS_BOUND, Analysis
from quickfix_ls.analysis.known import PARAMETERS, module_members, type_members
from quickfix_ls.analysis.meanings import Meaning
from quickfix_ls.analysis.near import is_foreign, is_mistyped, nearest, nearest_method
from quickfix_ls.analysis.owners import Owners
from quickfix_ls.analysis.uses import Use
from quickfix_ls.languages.python.judge import HERE
from quickfix_ls.languages.python.renamed import MEMBERS, MODULES
from quickfix_ls.languages.python.special import METHODS
from quickfix_ls.values import Problem, Span


class Slip(NamedTuple):
    """A problem with all that could stand in its place: `members` of the same owner, in no order."""

    problem: Problem
    members: frozenset[str] = frozenset()


def slips(analysis: Analysis, first: int = 0, last: int | None = None) -> Iterator[Slip]:
    """Every slip in the units from `first` to `last` (inclusive; to the end where None). Like undefined names, they
    need the facts of all units."""
    if analysis.opaque:
        return
    file = _File(analysis)
    for unit in range(first, len(analysis.cuts) if last is None else last + 1):
        uses = analysis.facts(unit).uses
        start = analysis.cuts[unit].start
        for use in uses.uses:
            if found := file.of_use(unit, use):
                yield _located(found, use, start)
        for use in uses.own:
            if found := file.of_self(unit, use):
                yield _located(found, use, start)


def misspelt(analysis: Analysis, first: int = 0, last: int | None = None) -> Iterator[Problem]:
    """The problems of the slips."""
    return (slip.problem for slip in slips(analysis, first, last))


def slip_of(analysis: Analysis, problem: Problem) -> Slip | None:
    """The slip that a problem is; None where it is none (any more)."""
    unit = analysis.unit_at(problem.span.start)
    return next((slip for slip in slips(analysis, unit, unit) if slip.problem.span == problem.span), None)


class _Found(NamedTuple):
    error_type: str
    message: str
    members: frozenset[str] = frozenset()


def _located(found: _Found, use: Use, start: int) -> Slip:
    span = Span(start + use.span.start, start + use.span.end)
    return Slip(Problem("name", found.message, found.error_type, span, use.name, "analysis"), found.members)


class _File:
    """The slips of one file."""

    def __init__(self, analysis: Analysis) -> None:
        self.analysis = analysis
        self.owners = Owners(analysis)

    def of_use(self, unit: int, use: Use) -> _Found | None:
        if use.kind == "attribute":
            return self._of_attribute(use)
        if use.kind == "keyword":
            return self._of_call(use)
        if use.kind == "import":
            members = self._of_module(use.owner, use.name)
            message = f"cannot import name '{use.name}' from '{use.owner}'"
            return _Found("ImportError", message, members) if members is not None else None
        if use.kind == "module":
            right = "" if self._is_own(use.name) else MODULES.get(use.name) or self._meant_module(use.name)
            message = f"No module named '{use.name}'"
            return _Found("ModuleNotFoundError", message, frozenset({right})) if right else None
        if use.kind == "early":
            early = self.owners.first_bound.get(use.name, unit) > unit and use.name not in ALWAYS_BOUND
            return _Found("NameError", f"name '{use.name}' is not defined yet") if early else None
        return self._of_oddity(use)

    # -- what is asked of a name, a literal or a module -----------------------------------------------------------

    def _of_attribute(self, use: Use) -> _Found | None:
        meaning, rest = self._meaning(use)
        if meaning is None or (rest and meaning.kind != "module"):
            return None
        if meaning.kind == "module":
            module = f"{meaning.name}.{rest}" if rest else meaning.name
            members = self._of_module(module, use.name)
            message = f"module '{module}' has no attribute '{use.name}'"
            return _Found("AttributeError", message, members) if members is not None else None
        if meaning.kind == "type" and not self.analysis.times_bound(meaning.name):
            members = type_members(meaning.name)
            if members is None or use.name in members:
                return None
            if not nearest_method(use.name, members) and not is_foreign(use.name, members):
                return None
            return _Found("AttributeError", f"'{meaning.name}' object has no attribute '{use.name}'", members)
        if meaning.kind == "instance" and meaning.name in self.owners.headers:
            members = self.owners.class_members(self.owners.headers[meaning.name])
            return self._of_instance(meaning.name, use.name, members)
        return None

    def _meaning(self, use: Use) -> tuple[Meaning | None, str]:
        """What the first name of the owner stands for, and the names behind it."""
        name, _, rest = use.owner.partition(".")
        return use.meaning or self.owners.meanings.get(name), rest

    def _meant_module(self, name: str) -> str:
        """The module that a name is mistyped for: all that the file asks of it, at least one thing, is known there."""
        right = misspelt_module(name)
        asked = list(self.owners.asked_of(name)) if right else []
        known = all(one in (module_members(right) or ()) or has_member(right, one) for one in asked)
        return right if asked and known else ""

    def _of_oddity(self, use: Use) -> _Found | None:
        text = self.analysis.snapshot.text
        if use.kind == "guard":
            return _Found("Warning", f"'{use.name}' is never the value of `__name__`", frozenset({"__main__"}))
        if use.kind == "redirected" and not self.analysis.times_bound("print"):
            message = "unsupported operand type(s) for >>: 'builtin_function_or_method' and a file"
            return _Found("TypeError", message)
        if use.kind == "selfless" and re.search(rf"(?<!\w)self\.{use.name}\s*\(", text):
            return _Found("TypeError", f"{use.name}() takes 0 positional arguments but 1 was given")
        if use.kind == "special" and (use.name in METHODS or not self._is_elsewhere(use.name)):
            message = f"'{use.name}' is no special method that fits, '{use.owner}' is"
            return _Found("AttributeError", message, METHODS - {use.name})
        return None

    def _of_module(self, module: str, name: str) -> frozenset[str] | None:
        """The members of a module that lacks `name`; None where it has it, or where we can't tell."""
        if self.analysis.target > HERE or _differs(module, name):
            return None
        members = module_members(module)
        if members is None or name in members or self._is_given(name):
            return None
        return members if f"{module}.{name}" in MEMBERS or nearest(name, members) else None

    def _of_call(self, use: Use) -> _Found | None:
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
        elif meaning is None and not self.analysis.times_bound(use.owner):
            parameters = PARAMETERS.get(use.owner)
        return _of_parameters(use, called, parameters)

    def _of_constructor(self, meaning: Meaning) -> tuple[str, ...] | None:
        if meaning.names not in ((), ("object",)) or meaning.name not in self.owners.headers:
            return None
        given = [
            self.analysis.facts(unit).uses.methods
            for unit in self.owners.units(self.owners.headers[meaning.name], nested=False)
        ]
        makers = [methods["__init__"] for methods in given if "__init__" in methods]
        return makers[0] if len(makers) == 1 and not any("__new__" in methods for methods in given) else None

    # -- what is asked of `self` -----------------------------------------------------------------------------------

    def of_self(self, unit: int, use: Use) -> _Found | None:
        header = self.owners.header_of(unit)
        opens = self.analysis.facts(header).uses.opens if header is not None else None
        if header is None or opens is None:
            return None
        if use.kind == "keyword":
            methods = [self.analysis.facts(one).uses.methods for one in self.owners.units(header, nested=False)]
            known = [one[use.owner] for one in methods if use.owner in one]
            return _of_parameters(use, f"{opens.name}.{use.owner}", known[0] if len(known) == 1 else None)
        if use.owner:
            return None
        members = self.owners.class_members(header)
        if members is not None:
            return self._of_instance(opens.name, use.name, members)
        own = self.owners.own_members(header)
        if own is None or use.name in own or not any(is_mistyped(use.name, one) for one in own):
            return None
        return self._of_instance(opens.name, use.name, own)

    def _of_instance(self, owner: str, name: str, members: frozenset[str] | None) -> _Found | None:
        if members is None or name in members or not nearest(name, members) or self._is_elsewhere(name):
            return None
        return _Found("AttributeError", f"'{owner}' object has no attribute '{name}'", members)

    # -- what the text says besides ---------------------------------------------------------------------------------

    def _is_given(self, name: str) -> bool:
        """Whether the file gives some object an attribute of this name, or speaks of the name in a string."""
        pattern = rf"\.\s*{name}\s*(?:=(?!=)|:[^\n=]*=)|[\"']{name}[\"']"
        return re.search(pattern, self.analysis.snapshot.text) is not None

    def _is_elsewhere(self, name: str) -> bool:
        """Whether the word stands at any other place of the file."""
        found = re.finditer(rf"(?<!\w){name}(?!\w)", self.analysis.snapshot.text)
        return next(found, None) is not None and next(found, None) is not None

    def _is_own(self, module: str) -> bool:
        """Whether the file binds the name of a module in another way too."""
        return self.analysis.times_bound(module) > 1


def _differs(module: str, name: str) -> bool:
    """Whether a name may exist elsewhere: the constants of these modules are the platform's, and what begins with an
    underscore comes and goes."""
    return name.startswith("_") or (name.isupper() and module in ("errno", "os", "signal", "socket"))


def _of_parameters(use: Use, called: str, parameters: tuple[str, ...] | None) -> _Found | None:
    if parameters is None or use.name in parameters:
        return None
    free = frozenset(parameters) - frozenset(use.given)
    if not nearest(use.name, free):
        return None
    return _Found("TypeError", f"{called}() got an unexpected keyword argument '{use.name}'", free)
