"""One walk over a syntax tree: which scope binds which names, and which it reads. `scopes` resolves them.

It uses work lists in place of recursion, so that deep trees cost no stack. What no tree shows is `dynamic`'s.
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterable
from functools import cache
from typing import Any, Literal

from quickfix_ls.languages.python.names import dynamic

ScopeKind = Literal["module", "class", "function", "comprehension", "types"]


class Scope:
    """What one scope binds and reads. `types` is the scope of type parameters around a generic definition.

    `inner` is filled by whoever resolves: reads of nested functions that nothing between them and this scope
    binds.
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
        """Have the nodes directly below `node` walked as parts of this scope."""
        for field in _child_fields(node.__class__):  # type: ignore[arg-type]  # classes are hashable
            value = getattr(node, field, None)
            if value.__class__ is list:
                self.todo += value
            elif value is not None:
                self.todo.append(value)


class Collected:
    """All scopes of a tree, each after the one around it; `module` is the first.

    Classes that begin in the first `prefix_lines` lines stand for what surrounds the text and bind nothing.
    """

    def __init__(self, tree: ast.Module, prefix_lines: int = 0) -> None:
        self.prefix_lines = prefix_lines
        self.opaque = False
        self.module = Scope("module", None, tree, tree.body)
        self.scopes = [self.module]
        for scope in self.scopes:  # grows while it is walked
            self._walk(scope)
        for scope in self.scopes[1:]:
            if scope.globals:
                # Even one that is only read here: whoever declares it says that it exists.
                self.module.bound |= scope.globals
                scope.bound -= scope.globals
            scope.bound |= scope.nonlocals

    def open(self, kind: ScopeKind, parent: Scope, node: ast.AST, todo: Iterable[ast.AST | None]) -> Scope:
        scope = Scope(kind, parent, node, todo)
        self.scopes.append(scope)
        return scope

    def tolerate(self, nodes: Iterable[ast.AST]) -> None:
        """Take every name in `nodes` for bound: the code says that it expects a NameError there."""
        for node in nodes:
            self.module.bound.update(n.id for n in ast.walk(node) if isinstance(n, ast.Name))

    def _walk(self, scope: Scope) -> None:
        todo, reads, bound = scope.todo, scope.reads, scope.bound
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
            visit = _VISITS.get(kind)
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


# -- definitions -----------------------------------------------------------------------------------------


def _function(into: Collected, node: Any, scope: Scope) -> None:
    arguments = node.args
    outside = [*arguments.defaults, *arguments.kw_defaults]
    parameters = [*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs]
    parameters += [one for one in (arguments.vararg, arguments.kwarg) if one]
    if node.__class__ is ast.Lambda:
        inner = into.open("function", scope, node, (node.body,))
    else:
        scope.bound.add(node.name)
        around = _type_scope(into, node, scope)
        around.todo += [one.annotation for one in parameters]
        around.todo.append(node.returns)
        outside += node.decorator_list
        inner = into.open("function", around, node, node.body)
    scope.todo += outside
    inner.bound.update(one.arg for one in parameters)


def _class(into: Collected, node: ast.ClassDef, scope: Scope) -> None:
    if node.lineno > into.prefix_lines:
        scope.bound.add(node.name)
    around = _type_scope(into, node, scope)
    around.todo += node.bases
    around.todo += [one.value for one in node.keywords]
    scope.todo += node.decorator_list
    if any(getattr(one, "attr", getattr(one, "id", "")) == "global_enum" for one in node.decorator_list):
        into.opaque = True  # puts the members of the class into its module
    into.open("class", around, node, node.body)


def _type_alias(into: Collected, node: Any, scope: Scope) -> None:
    scope.bound.add(node.name.id)
    _type_scope(into, node, scope).todo.append(node.value)


def _type_scope(into: Collected, node: Any, scope: Scope) -> Scope:
    """The scope of a definition's type parameters, `scope` itself where it has none (or before 3.12)."""
    parameters = getattr(node, "type_params", None)
    if not parameters:
        return scope
    around = into.open("types", scope, node, ())
    for one in parameters:
        around.bound.add(one.name)
        around.todo += [getattr(one, "bound", None), getattr(one, "default_value", None)]
    return around


def _comprehension(into: Collected, node: Any, scope: Scope) -> None:
    first = node.generators[0]
    scope.todo.append(first.iter)
    inside = [node.key, node.value] if node.__class__ is ast.DictComp else [node.elt]
    inside += [first.target, *first.ifs]
    for other in node.generators[1:]:
        inside += [other.target, other.iter, *other.ifs]
    into.open("comprehension", scope, node, inside)


# -- bindings that are not names of the tree -------------------------------------------------------------


def _walrus(into: Collected, node: ast.NamedExpr, scope: Scope) -> None:
    scope.todo.append(node.value)
    outer = scope
    while outer.kind == "comprehension" and outer.parent is not None:
        outer = outer.parent
    outer.bound.add(node.target.id)


def _augmented(into: Collected, node: ast.AugAssign, scope: Scope) -> None:
    scope.todo.append(node.value)
    # `x += 1` needs an `x`, so it is a read and no binding.
    if isinstance(node.target, ast.Name):
        scope.reads.append(node.target)
    else:
        scope.todo.append(node.target)


def _import(into: Collected, node: ast.Import | ast.ImportFrom, scope: Scope) -> None:
    for one in node.names:
        if one.name == "*":
            into.opaque = True
        scope.bound.add(one.asname or one.name.partition(".")[0])


def _global(into: Collected, node: ast.Global, scope: Scope) -> None:
    scope.globals.update(node.names)


def _nonlocal(into: Collected, node: ast.Nonlocal, scope: Scope) -> None:
    scope.nonlocals.update(node.names)


def _named(into: Collected, node: Any, scope: Scope) -> None:
    """`except E as name`, and the captures of `match`."""
    name = node.rest if node.__class__ is ast.MatchMapping else node.name
    if name is not None:
        scope.bound.add(name)
    scope.push_children(node)


_VISITS: dict[type[ast.AST], Callable[[Collected, Any, Scope], None]] = {
    ast.FunctionDef: _function,
    ast.AsyncFunctionDef: _function,
    ast.Lambda: _function,
    ast.ClassDef: _class,
    ast.ListComp: _comprehension,
    ast.SetComp: _comprehension,
    ast.DictComp: _comprehension,
    ast.GeneratorExp: _comprehension,
    ast.NamedExpr: _walrus,
    ast.AugAssign: _augmented,
    ast.Import: _import,
    ast.ImportFrom: _import,
    ast.Global: _global,
    ast.Nonlocal: _nonlocal,
    ast.ExceptHandler: _named,
    ast.MatchAs: _named,
    ast.MatchStar: _named,
    ast.MatchMapping: _named,
}
if hasattr(ast, "TypeAlias"):
    _VISITS[ast.TypeAlias] = _type_alias
_VISITS.update(dynamic.VISITS)
