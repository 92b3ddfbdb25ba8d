"""A walk over a unit's syntax tree that collects its references. `visitors` decides how each kind of node is handled.

A reference that the code itself is unsure of (see `expected_errors`) is marked, and one whose owner may be several
things has an unknown binding: a missed error costs less than a false alarm.
"""

from __future__ import annotations

import ast
from collections import Counter
from collections.abc import Callable, Mapping
from typing import Any, Literal, NamedTuple

from quickfix_ls.languages.python.ast_spans import Places
from quickfix_ls.languages.python.members.binding_kinds import BindingKind, binding_of
from quickfix_ls.languages.python.members.references import Parameters, UnitUses, Use, UseKind


class Enclosing(NamedTuple):
    """The context of a node: the innermost `function`, the parameter that is the `instance` (`self`) there, the `level`
    of the scope in which names are bound, and whether the code is `guarded`, that is, expects a failure."""

    function: ast.AST | None = None
    instance: str = ""
    level: Literal["module", "class", "function"] = "module"
    guarded: bool = False


Visitors = Mapping[type[ast.AST], "Callable[[Walk, Any, Enclosing], None]"]
"""A function for each kind of syntax node that does more than contain other nodes."""


class Walk:
    """The facts of one tree, collected without recursion."""

    def __init__(self, tree: ast.Module, visitors: Visitors, prefix_lines: int) -> None:
        self.prefix_lines = prefix_lines
        self.bound: Counter[str] = Counter()
        self.bindings: dict[str, tuple[BindingKind, Enclosing]] = {}
        self.stored: set[str] = set()
        self.methods: dict[str, Parameters | None] = {}
        self.opens: BindingKind | None = None
        self.dynamic = False
        self.asked: list[tuple[UseKind, str, str, Any, Enclosing, tuple[str, ...]]] = []
        self.outer_functions: dict[ast.AST, ast.AST | None] = {}
        self.todo: list[tuple[ast.AST, Enclosing]] = [(node, Enclosing()) for node in tree.body]
        while self.todo:
            node, enclosing = self.todo.pop()
            visit = visitors.get(type(node))
            if visit is not None:
                visit(self, node, enclosing)
            else:
                self.children(node, enclosing)

    def result(self, places: Places, origin: int) -> UnitUses:
        """Return the references with spans relative to `origin`, the offset of the unit in the source of `places`."""
        uses: list[Use] = []
        own: list[Use] = []
        for kind, owner, name, node, enclosing, given in self.asked:
            first, _, rest = owner.partition(".")
            binding = None
            if kind == "early" and self.bound[name]:
                continue
            if kind in ("attribute", "called", "keyword", "lost"):
                if first and first == enclosing.instance:
                    if self.bound[first] == 1 and (span := places.of_word(node, name, origin)):
                        own.append(Use(kind, rest, name, span, None, given, enclosing.guarded))
                    continue
                if not first:
                    binding = binding_of(node.value)
                elif self.bound[first]:
                    found = self.bindings.get(first)
                    if self.bound[first] > 1 or found is None or not self._reaches(found[1], enclosing):
                        binding = BindingKind("unknown", first)
                    else:
                        binding = found[0] if found[1].level == "function" else None
            if span := places.of_word(node, name, origin):
                uses.append(Use(kind, owner, name, span, binding, given, enclosing.guarded))
        at_module = {
            name: binding
            for name, (binding, enclosing) in self.bindings.items()
            if enclosing.level == "module" and self.bound[name] == 1
        }
        # In a nested class, `self` is an instance of that class, not of this one.
        of_self = () if self.opens is not None or not self.prefix_lines else tuple(own)
        stored = frozenset(self.stored)
        return UnitUses(tuple(uses), at_module, of_self, stored, self.methods, self.opens, self.dynamic)

    def _reaches(self, bound: Enclosing, read: Enclosing) -> bool:
        """Return whether a binding in the context `bound` is visible in the context `read`."""
        if bound.level != "function":
            return bound.level == "module"
        function = read.function
        while function is not None and function is not bound.function:
            function = self.outer_functions.get(function)
        return function is not None

    def children(self, node: ast.AST, enclosing: Enclosing) -> None:
        """Schedule the nodes directly below `node`."""
        self.todo += [(child, enclosing) for child in ast.iter_child_nodes(node)]

    def add_binding(self, name: str, binding: BindingKind | None, enclosing: Enclosing) -> None:
        """Record that a name is bound, with its kind where known."""
        self.bound[name] += 1
        if binding is not None and not enclosing.guarded:
            self.bindings[name] = binding, enclosing

    def add_reference(
        self, kind: UseKind, owner: str, name: str, node: ast.AST, enclosing: Enclosing, given: tuple[str, ...] = ()
    ) -> None:
        """Record a reference, unless it is of a kind that is not reported in code that expects a failure."""
        if not enclosing.guarded or kind in ("attribute", "keyword", "import"):
            self.asked.append((kind, owner, name, node, enclosing, given))
