"""A walk over a syntax tree that collects its scopes: the names that each binds, and those that it reads.

Visitors decide how each kind of node is handled; `binding` and `dynamic` define them, `scopes` resolves the names.
The walk uses work lists in place of recursion, so that deep trees cost no stack.
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterable, Mapping
from functools import cache
from typing import Any, Literal

ScopeKind = Literal["module", "class", "function", "comprehension", "types"]
Visitors = Mapping[type[ast.AST], "Callable[[CollectedScopes, Any, Scope], None]"]
"""A function for each kind of syntax node that does more than contain other nodes: it records what the node binds and
reads, and schedules the nodes below it."""


class Scope:
    """The names that one scope binds and reads. `types` is the scope of type parameters around a generic definition.

    `inner` is filled when names are resolved: reads in nested functions that no scope between them and this one binds.
    """

    __slots__ = (
        "bound",
        "globals",
        "inner",
        "kind",
        "node",
        "nonlocals",
        "parent",
        "reads",
        "todo",
    )

    def __init__(self, kind: ScopeKind, parent: Scope | None, node: ast.AST, todo: Iterable[ast.AST | None]) -> None:
        self.kind = kind
        self.parent = parent
        self.node = node
        self.todo = list(todo)
        self.bound: set[str] = set()
        self.globals: set[str] = set()
        self.nonlocals: set[str] = set()
        self.reads: list[ast.Name] = []
        self.inner: list[ast.Name] = []

    def push_children(self, node: ast.AST) -> None:
        """Schedule the nodes directly below `node` to be visited as parts of this scope."""
        for field in _child_fields(node.__class__):  # type: ignore[arg-type]  # classes are hashable
            value = getattr(node, field, None)
            if value.__class__ is list:
                self.todo += value
            elif value is not None:
                self.todo.append(value)


class CollectedScopes:
    """All scopes of a tree, each after the one that contains it; `module` is the first.

    Classes that begin in the first `prefix_lines` lines represent the code around a unit and bind nothing. `opaque` is
    True if the code may bind names that the tree does not show.
    """

    def __init__(self, tree: ast.Module, visitors: Visitors, prefix_lines: int = 0) -> None:
        self.visitors = visitors
        self.prefix_lines = prefix_lines
        self.opaque = False
        self.module = Scope("module", None, tree, tree.body)
        self.scopes = [self.module]
        for scope in self.scopes:  # grows while it is walked
            self._walk(scope)
        for scope in self.scopes[1:]:
            if scope.globals:
                # Even if it is only read here: a `global` declaration implies that the name exists.
                self.module.bound |= scope.globals
                scope.bound -= scope.globals
            scope.bound |= scope.nonlocals

    def open(self, kind: ScopeKind, parent: Scope, node: ast.AST, todo: Iterable[ast.AST | None]) -> Scope:
        """Add a scope of a kind below `parent`, with the nodes `todo` to visit in it, and return it."""
        scope = Scope(kind, parent, node, todo)
        self.scopes.append(scope)
        return scope

    def tolerate(self, nodes: Iterable[ast.AST]) -> None:
        """Count every name in `nodes` as bound: the code expects a NameError there."""
        for node in nodes:
            self.module.bound.update(child.id for child in ast.walk(node) if isinstance(child, ast.Name))

    def _walk(self, scope: Scope) -> None:
        todo, reads, bound, visitors = scope.todo, scope.reads, scope.bound, self.visitors
        while todo:
            node = todo.pop()
            if node is None:
                continue
            kind = node.__class__
            if kind is ast.Name:
                if node.ctx.__class__ is ast.Load:  # type: ignore[attr-defined]  # compared by class for speed
                    reads.append(node)  # type: ignore[arg-type]
                else:
                    bound.add(node.id)  # type: ignore[attr-defined]
                continue
            visit = visitors.get(kind)
            if visit is not None:
                visit(self, node, scope)
            else:
                scope.push_children(node)


_LEAVES = frozenset({"Constant", "MatchSingleton", "Pass", "Break", "Continue"})
_NOT_NODES = frozenset(
    {"arg", "asname", "attr", "conversion", "ctx", "id", "is_async", "kind", "kwd_attrs", "level", "module",
     "name", "op", "ops", "rest", "simple", "str", "tag", "type_comment"}
)  # fmt: skip


@cache
def _child_fields(kind: Any) -> tuple[str, ...]:
    return () if kind.__name__ in _LEAVES else tuple(f for f in kind._fields if f not in _NOT_NODES)
