"""The bindings of the names in one file, and the attributes of its classes; computed when first needed."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property

from quickfix_ls.index.index import Index
from quickfix_ls.languages.python.facts import facts_of, names_in
from quickfix_ls.languages.python.members.binding_kinds import BindingKind
from quickfix_ls.languages.python.members.stdlib_members import exception_members


class ClassTable:
    """The names and classes of one snapshot. A class is identified by the unit in which it begins, its header."""

    def __init__(self, index: Index) -> None:
        self.index = index
        self._members: dict[int, frozenset[str] | None] = {}

    @cached_property
    def bindings(self) -> dict[str, BindingKind]:
        """The kind of each name that the file binds exactly once."""
        found = {}
        for unit in range(len(self.index.cuts)):
            for name, binding in facts_of(self.index, unit).uses.bindings.items():
                if names_in(self.index).bound[name] == 1:
                    found[name] = binding
        return found

    @cached_property
    def first_bound(self) -> dict[str, int]:
        """The first unit that binds each name at module level."""
        found: dict[str, int] = {}
        for unit in reversed(range(len(self.index.cuts))):
            found.update(dict.fromkeys(facts_of(self.index, unit).names.bound, unit))
        return found

    @cached_property
    def headers(self) -> dict[str, int]:
        """The unit in which each class that is bound exactly once begins."""
        found = {}
        for unit in range(len(self.index.cuts)):
            opens = facts_of(self.index, unit).uses.opens
            if opens is not None and self.bindings.get(opens.name) == opens:
                found[opens.name] = unit
        return found

    def asked_of(self, module: str) -> Iterator[str]:
        """Yield the members that the file imports from a module or reads from it directly."""
        aliases = {name for name, binding in self.bindings.items() if binding == BindingKind("module", module)}
        for unit in range(len(self.index.cuts)):
            for use in facts_of(self.index, unit).uses.uses:
                if (use.kind == "import" and use.owner == module) or (
                    use.kind == "attribute" and use.owner in aliases and not use.guarded
                ):
                    yield use.name

    def class_members(self, header: int) -> frozenset[str] | None:
        """Return all attributes of the class that begins in a unit; None if they cannot be known."""
        if header not in self._members:
            self._members[header] = None  # stops the recursion for a class that inherits from itself
            self._members[header] = self._class_members(header)
        return self._members[header]

    def _class_members(self, header: int) -> frozenset[str] | None:
        opens = facts_of(self.index, header).uses.opens
        assert opens is not None
        found = set(dir(object)) | {"__dict__", "__module__", "__annotations__"}
        for base in opens.names:
            inherited = (
                self.class_members(self.headers[base])
                if base in self.headers
                else exception_members(base)
                if not names_in(self.index).bound[base]
                else None
            )
            if base != "object" and inherited is None:
                return None
            found |= inherited or set()
        own = self.own_members(header)
        return own | found if own is not None else None

    def own_members(self, header: int) -> frozenset[str] | None:
        """Return the attributes that a class's own source defines; None if it may define others dynamically."""
        found: set[str] = set()
        for unit in self.units(header):
            facts = facts_of(self.index, unit)
            if facts.fault or facts.uses.dynamic:
                return None
            found |= facts.names.members | facts.uses.stored
        return frozenset(found)

    def header_of(self, unit: int) -> int | None:
        """Return the unit in which the class that contains a unit begins; None if no class contains it."""
        stack = self.index.cuts[unit].stack
        while unit > 0 and self.index.cuts[unit].stack[: len(stack)] == stack:
            unit -= 1
        return unit if stack and self.index.cuts[unit].stack == stack[:-1] else None

    def units(self, header: int, nested: bool = True) -> Iterator[int]:
        """Yield the units of a class, including those of nested classes if `nested`."""
        cuts = self.index.cuts
        yield header
        if header + 1 >= len(cuts) or len(cuts[header + 1].stack) <= len(cuts[header].stack):
            return
        stack = cuts[header + 1].stack
        unit = header + 1
        while unit < len(cuts) and cuts[unit].stack[: len(stack)] == stack:
            if nested or cuts[unit].stack == stack:
                yield unit
            unit += 1
