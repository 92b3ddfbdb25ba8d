"""Facts about a unit of Python and, summed up, about a file: syntax errors, names, references; typed access to an
index."""

from __future__ import annotations

import builtins
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from quickfix_ls.index.index import Index
from quickfix_ls.index.syntax import SyntaxFault, UnitFacts
from quickfix_ls.languages.python.compile_check import Version, compile_check
from quickfix_ls.languages.python.environment import PythonEnvironment
from quickfix_ls.languages.python.members.find_references import uses_of
from quickfix_ls.languages.python.members.references import NOTHING, UnitUses
from quickfix_ls.languages.python.names.scopes import UnitNames, names_of, names_of_broken
from quickfix_ls.languages.python.notebook_names import is_given

_MODULE_NAMES = frozenset(
    {"__file__", "__name__", "__doc__", "__path__", "__package__", "__spec__", "__loader__", "__builtins__",
     "__annotations__", "__dict__", "__debug__", "__class__", "__module__", "__qualname__", "__cached__"}
)  # fmt: skip
_SOMETIMES_BOUND = frozenset({"WindowsError", "reveal_type", "reveal_locals", "get_ipython", "_"})
"""Names that a platform, a type checker, a kernel or `gettext` may define."""
_CERTAINLY_BOUND = frozenset(dir(builtins)) | _MODULE_NAMES
ALWAYS_BOUND = _CERTAINLY_BOUND | _SOMETIMES_BOUND


@dataclass(frozen=True, slots=True)
class PythonFacts:
    """The facts about a unit's source text: its syntax error, its names, and the members and arguments that it refers
    to."""

    fault: SyntaxFault | None
    names: UnitNames
    uses: UnitUses = NOTHING

    @property
    def defines(self) -> frozenset[str]:
        """The names that the unit binds at module level."""
        return self.names.bound


@dataclass(frozen=True, slots=True)
class NameSummary:
    """The number of units that bind each name at module level (`bound`) and at class level (`members`), and the number
    of units that may bind any name (`opaque`), as a star import does."""

    bound: Counter[str] = field(default_factory=Counter)
    members: Counter[str] = field(default_factory=Counter)
    opaque: int = 0

    @property
    def defined(self) -> Counter[str]:
        """Every name that some unit binds at module level."""
        return self.bound

    @property
    def is_opaque(self) -> bool:
        """True if some unit may bind any name."""
        return self.opaque > 0

    def binds(self, name: str, in_class: bool = False) -> bool:
        """Return whether a name is defined for the whole file: by some unit, by Python itself, or possibly by a star
        import. Members of classes count only if the name is read by a class body itself (`in_class`)."""
        if name in self.bound or name in ALWAYS_BOUND or self.opaque > 0:
            return True
        return in_class and name in self.members

    def binds_certainly(self, name: str, in_class: bool = False) -> bool:
        """Return the same, without what only a star import or other surroundings might define."""
        return name in self.bound or name in _CERTAINLY_BOUND or (in_class and name in self.members)

    def changed(self, removed: Sequence[UnitFacts], added: Sequence[UnitFacts]) -> NameSummary:
        """Return the summary after the units `removed` were replaced by the units `added`."""
        bound, members, opaque = self.bound.copy(), self.members.copy(), self.opaque
        for names in map(_names, removed):
            bound.subtract(names.bound)
            members.subtract(names.members)
            opaque -= names.opaque
        for names in map(_names, added):
            bound.update(names.bound)
            members.update(names.members)
            opaque += names.opaque
        return NameSummary(+bound if removed else bound, +members if removed else members, opaque)


def facts(text: str, prefix: str, suffix: str, environment: object) -> PythonFacts:
    """Return the facts about a unit, given the lines `prefix` and `suffix` that represent the code around it. Never
    raises."""
    return _facts(text, prefix, suffix, target_of(environment), is_notebook(environment))


def facts_of(index: Index, unit: int) -> PythonFacts:
    """Return the facts about a unit of a Python file."""
    found = index.facts(unit)
    assert isinstance(found, PythonFacts)
    return found


def names_in(index: Index) -> NameSummary:
    """Return the names of a whole Python file."""
    found = index.summary
    assert isinstance(found, NameSummary)
    return found


def environment_of(index: Index) -> PythonEnvironment:
    """Return the environment of a Python file."""
    assert isinstance(index.environment, PythonEnvironment)
    return index.environment


def target_of(environment: object) -> Version:
    """Return the Python version that an environment is for."""
    assert isinstance(environment, PythonEnvironment)
    return environment.target


def is_notebook(environment: object) -> bool:
    """Return whether an environment is that of a notebook."""
    assert isinstance(environment, PythonEnvironment)
    return environment.notebook


def binds(index: Index, name: str, in_class: bool = False) -> bool:
    """Return whether a name is defined for the whole file, see `NameSummary.binds`, or defined by the kernel of a
    notebook."""
    return names_in(index).binds(name, in_class) or (is_notebook(index.environment) and is_given(name))


def binds_certainly(index: Index, name: str, in_class: bool = False) -> bool:
    """Return the same, without what only a star import or other surroundings might define."""
    return names_in(index).binds_certainly(name, in_class) or (is_notebook(index.environment) and is_given(name))


def imported_modules(index: Index) -> dict[str, str]:
    """Return the modules, or members of modules, that names of the file refer to, by name."""
    return index.derived(_imported_modules)


def _imported_modules(index: Index) -> dict[str, str]:
    bindings = (facts_of(index, unit).uses.bindings for unit in range(len(index.cuts)))
    return {name: binding.name for found in bindings for name, binding in found.items() if binding.kind == "module"}


def _names(facts: UnitFacts) -> UnitNames:
    assert isinstance(facts, PythonFacts)
    return facts.names


@lru_cache(maxsize=4096)
def _facts(text: str, prefix: str, suffix: str, target: Version, notebook: bool) -> PythonFacts:
    fault = compile_check(text, prefix, suffix, target, notebook)
    if fault:
        return PythonFacts(fault, names_of_broken(text))
    return PythonFacts(None, names_of(text, prefix, suffix), uses_of(text, prefix, suffix))
