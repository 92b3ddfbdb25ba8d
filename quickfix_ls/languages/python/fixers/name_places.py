"""All reads of an undefined name in a file, and what can be read at each of them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from quickfix_ls.context import Context
from quickfix_ls.index.index import Index, Region
from quickfix_ls.languages.python.facts import binds_certainly, facts_of, names_in
from quickfix_ls.languages.python.imports import import_block
from quickfix_ls.languages.python.members.binding_kinds import BindingKind
from quickfix_ls.languages.python.names.scope_bindings import LocalName, LocalScope, functions_at, locals_at
from quickfix_ls.languages.python.names.targets import Target, builtin_target, local_target, module_target
from quickfix_ls.languages.python.names.usage import Usage, usages_of
from quickfix_ls.values import Span

_MAX_PLACES = 200
_DEFINED = re.compile(r"^(?:async[ \t]+)?(?P<word>def|class)[ \t]+(?P<name>[^\W\d]\w*)", re.MULTILINE)


@dataclass(frozen=True)
class NamePlace:
    """A read of the undefined name: its `span` in the document, and its `unit`."""

    span: Span
    unit: int
    index: Index

    @cached_property
    def _region(self) -> Region:
        return self.index.region(self.unit)

    @property
    def _frame(self) -> tuple[str, str, str]:
        return self._region.text, self._region.prefix, self._region.suffix

    @property
    def offset(self) -> int:
        """The start of the read, relative to its unit."""
        return self.span.start - self._region.start

    @cached_property
    def usage(self) -> Usage | None:
        """How the code uses the name here; None inside of a string."""
        name = self.index.snapshot.text[self.span.start : self.span.end]
        start = self.offset
        return next((usage for usage in usages_of(*self._frame, name) if usage.span.start == start), None)

    @cached_property
    def locals(self) -> Mapping[str, LocalName]:
        """The local names that can be read here."""
        return locals_at(*self._frame, self.offset)

    @cached_property
    def functions(self) -> tuple[LocalScope, ...]:
        """The functions around the read, the innermost first."""
        return tuple(functions_at(*self._frame, self.offset))

    def binds(self, name: str) -> bool:
        """Return whether a name can be read here: it is a local that may be bound before, or defined for the file."""
        # A search of the text is much quicker than parsing all units that read the undefined name.
        local = self.locals.get(name) if name in self._region.text else None
        if local is not None:
            return local.is_bound_before(self.offset)
        return binds_certainly(self.index, name)


def places_of(context: Context) -> tuple[NamePlace, ...]:
    """Return all undefined reads of the problem's name in the file, in order; at least the problem's own."""
    return context.derived(_places)


def place_of(context: Context) -> NamePlace:
    """Return the read that the problem is about."""
    span = context.problem.span
    own = next((place for place in places_of(context) if place.span == span), None)
    return own or NamePlace(span, context.index.unit_at(span.start), context.index)


def target_of(context: Context, name: str) -> Target:
    """Return what is known of a name that could be read at the problem."""
    return context.derived(_targets)(name)


def _places(context: Context) -> tuple[NamePlace, ...]:
    index, name = context.index, context.problem.name
    found: list[NamePlace] = []
    for unit in range(len(index.cuts)):
        free = facts_of(index, unit).names.free
        if not free:
            continue
        start = index.cuts[unit].start
        for read in free:
            # A tool may know better than we do that no star import defines the name.
            if read.name == name and not binds_certainly(index, name, read.in_class):
                span = Span(start + read.span.start, start + read.span.end)
                if index.snapshot.text[span.start : span.end] == name:
                    found.append(NamePlace(span, unit, index))
    own = context.problem.span
    if all(place.span != own for place in found):
        return (NamePlace(own, index.unit_at(own.start), index),)
    return tuple(found) if len(found) <= _MAX_PLACES else tuple(place for place in found if place.span == own)


class _Targets:
    """What is known of names at the problem, each computed once."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self._locals = place_of(context).locals
        self._known: dict[str, Target] = {}

    def __call__(self, name: str) -> Target:
        if name not in self._known:
            self._known[name] = self._find(name)
        return self._known[name]

    def _find(self, name: str) -> Target:
        local = self._locals.get(name)
        if local is not None:
            return local_target(local)
        index = self._context.index
        if names_in(index).bound[name]:
            bindings = index.derived(_module_bindings)
            whole = index.derived(_whole_modules)
            return module_target(name, bindings.get(name), name in whole)
        return builtin_target(name)


def _targets(context: Context) -> _Targets:
    return _Targets(context)


def _module_bindings(index: Index) -> Mapping[str, BindingKind]:
    """Return the kinds of the names that the file binds exactly once."""
    bound = names_in(index).bound
    found = (facts_of(index, unit).uses.bindings for unit in range(len(index.cuts)))
    kinds = {name: binding for bindings in found for name, binding in bindings.items() if bound[name] == 1}
    text = index.snapshot.text
    for match in _DEFINED.finditer(text):
        name = match["name"]
        if bound[name] == 1 and name not in kinds:
            kinds[name] = BindingKind("function" if match["word"] == "def" else "class", name)
    return kinds


def _whole_modules(index: Index) -> frozenset[str]:
    """Return the names that stand for whole modules: those of `import a` and `import a as b`."""
    return frozenset(import_block(index.snapshot.text).modules)
