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
from quickfix_ls.languages.python.members.binding_kinds import BindingKind, meaning_of
from quickfix_ls.languages.python.members.references import Parameters, UnitUses, Use, UseKind


class Where(NamedTuple):
    """What is around a node: the innermost function, the parameter that is `self` there, what kind of scope binds,
    and whether the code expects a failure."""

    function: ast.AST | None = None
    instance: str = ""
    level: Literal["module", "class", "function"] = "module"
    guarded: bool = False


Visitors = Mapping[type[ast.AST], "Callable[[Walk, Any, Where], None]"]
"""A function for each kind of syntax node that does more than contain other nodes."""


class Walk:
    """The facts of one tree, gathered without recursion."""

    def __init__(self, tree: ast.Module, visitors: Visitors, prefix_lines: int) -> None:
        self.prefix_lines = prefix_lines
        self.bound: Counter[str] = Counter()
        self.meanings: dict[str, tuple[BindingKind, Where]] = {}
        self.stored: set[str] = set()
        self.methods: dict[str, Parameters | None] = {}
        self.opens: BindingKind | None = None
        self.dynamic = False
        self.asked: list[tuple[UseKind, str, str, Any, Where, tuple[str, ...]]] = []
        self.around: dict[ast.AST, ast.AST | None] = {}
        self.todo: list[tuple[ast.AST, Where]] = [(node, Where()) for node in tree.body]
        while self.todo:
            node, where = self.todo.pop()
            visit = visitors.get(type(node))
            if visit is not None:
                visit(self, node, where)
            else:
                self.children(node, where)

    def result(self, places: Places, origin: int) -> UnitUses:
        uses: list[Use] = []
        own: list[Use] = []
        for kind, owner, name, node, where, given in self.asked:
            first, _, rest = owner.partition(".")
            meaning = None
            if kind == "early" and self.bound[name]:
                continue
            if kind in ("attribute", "keyword", "lost"):
                if first and first == where.instance:
                    if self.bound[first] == 1 and (span := places.of_word(node, name, origin)):
                        own.append(Use(kind, rest, name, span, None, given, where.guarded))
                    continue
                if not first:
                    meaning = meaning_of(node.value)
                elif self.bound[first]:
                    found = self.meanings.get(first)
                    if self.bound[first] > 1 or found is None or not self._reaches(found[1], where):
                        meaning = BindingKind("unknown", first)
                    else:
                        meaning = found[0] if found[1].level == "function" else None
            if span := places.of_word(node, name, origin):
                uses.append(Use(kind, owner, name, span, meaning, given, where.guarded))
        at_module = {
            name: meaning
            for name, (meaning, where) in self.meanings.items()
            if where.level == "module" and self.bound[name] == 1
        }
        # What is asked of `self` in a class that is nested in this one is asked of another class.
        of_self = () if self.opens is not None or not self.prefix_lines else tuple(own)
        stored = frozenset(self.stored)
        return UnitUses(tuple(uses), at_module, of_self, stored, self.methods, self.opens, self.dynamic)

    def _reaches(self, bound: Where, read: Where) -> bool:
        """Whether what is bound at the one place is what is read at the other."""
        if bound.level != "function":
            return bound.level == "module"
        function = read.function
        while function is not None and function is not bound.function:
            function = self.around.get(function)
        return function is not None

    def children(self, node: ast.AST, where: Where) -> None:
        self.todo += [(child, where) for child in ast.iter_child_nodes(node)]

    def binds(self, name: str, meaning: BindingKind | None, where: Where) -> None:
        self.bound[name] += 1
        if meaning is not None and not where.guarded:
            self.meanings[name] = meaning, where

    def asks(
        self, kind: UseKind, owner: str, name: str, node: ast.AST, where: Where, given: tuple[str, ...] = ()
    ) -> None:
        if not where.guarded or kind in ("attribute", "keyword", "import"):
            self.asked.append((kind, owner, name, node, where, given))
