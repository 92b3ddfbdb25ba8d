"""Bindings of names in a syntax tree: the visitors for definitions, imports and other statements that bind names."""

from __future__ import annotations

import ast
from collections.abc import Callable
from typing import Any

from quickfix_ls.languages.python.names import dynamic
from quickfix_ls.languages.python.names.collected_scopes import CollectedScopes, Scope


def collect(tree: ast.Module, prefix_lines: int = 0) -> CollectedScopes:
    """Return the scopes of a syntax tree, each with the names that it binds and reads. Classes that begin in the first
    `prefix_lines` lines bind nothing. Raises RecursionError or MemoryError for trees that are nested too deep."""
    return CollectedScopes(tree, _VISITORS, prefix_lines)


# -- definitions -----------------------------------------------------------------------------------------


def _function(into: CollectedScopes, node: Any, scope: Scope) -> None:
    arguments = node.args
    outside = [*arguments.defaults, *arguments.kw_defaults]
    parameters = [*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs]
    parameters += [parameter for parameter in (arguments.vararg, arguments.kwarg) if parameter]
    if node.__class__ is ast.Lambda:
        inner = into.open("function", scope, node, (node.body,))
    else:
        scope.bound.add(node.name)
        around = _type_scope(into, node, scope)
        around.todo += [parameter.annotation for parameter in parameters]
        around.todo.append(node.returns)
        outside += node.decorator_list
        inner = into.open("function", around, node, node.body)
    scope.todo += outside
    inner.bound.update(parameter.arg for parameter in parameters)


def _class(into: CollectedScopes, node: ast.ClassDef, scope: Scope) -> None:
    if node.lineno > into.prefix_lines:
        scope.bound.add(node.name)
    around = _type_scope(into, node, scope)
    around.todo += node.bases
    around.todo += [keyword.value for keyword in node.keywords]
    scope.todo += node.decorator_list
    if any(getattr(item, "attr", getattr(item, "id", "")) == "global_enum" for item in node.decorator_list):
        into.opaque = True  # puts the members of the class into its module
    into.open("class", around, node, node.body)


def _type_alias(into: CollectedScopes, node: Any, scope: Scope) -> None:
    scope.bound.add(node.name.id)
    _type_scope(into, node, scope).todo.append(node.value)


def _type_scope(into: CollectedScopes, node: Any, scope: Scope) -> Scope:
    """Return the scope of a definition's type parameters; `scope` itself if it has none (or before 3.12)."""
    parameters = getattr(node, "type_params", None)
    if not parameters:
        return scope
    around = into.open("types", scope, node, ())
    for parameter in parameters:
        around.bound.add(parameter.name)
        around.todo += [getattr(parameter, "bound", None), getattr(parameter, "default_value", None)]
    return around


def _comprehension(into: CollectedScopes, node: Any, scope: Scope) -> None:
    first = node.generators[0]
    scope.todo.append(first.iter)
    inside = [node.key, node.value] if node.__class__ is ast.DictComp else [node.elt]
    inside += [first.target, *first.ifs]
    for other in node.generators[1:]:
        inside += [other.target, other.iter, *other.ifs]
    into.open("comprehension", scope, node, inside)


# -- bindings that are not names of the tree -------------------------------------------------------------


def _walrus(into: CollectedScopes, node: ast.NamedExpr, scope: Scope) -> None:
    scope.todo.append(node.value)
    outer = scope
    while outer.kind == "comprehension" and outer.parent is not None:
        outer = outer.parent
    outer.bound.add(node.target.id)


def _augmented(into: CollectedScopes, node: ast.AugAssign, scope: Scope) -> None:
    scope.todo.append(node.value)
    # `x += 1` requires an `x`, so it counts as a read, not as a binding.
    if isinstance(node.target, ast.Name):
        scope.reads.append(node.target)
    else:
        scope.todo.append(node.target)


def _import(into: CollectedScopes, node: ast.Import | ast.ImportFrom, scope: Scope) -> None:
    for alias in node.names:
        if alias.name == "*":
            into.opaque = True
        scope.bound.add(alias.asname or alias.name.partition(".")[0])


def _global(into: CollectedScopes, node: ast.Global, scope: Scope) -> None:
    scope.globals.update(node.names)


def _nonlocal(into: CollectedScopes, node: ast.Nonlocal, scope: Scope) -> None:
    scope.nonlocals.update(node.names)


def _named(into: CollectedScopes, node: Any, scope: Scope) -> None:
    """Bind the name in `except E as name`, and the captures of `match`."""
    name = node.rest if node.__class__ is ast.MatchMapping else node.name
    if name is not None:
        scope.bound.add(name)
    scope.push_children(node)


_VISITORS: dict[type[ast.AST], Callable[[CollectedScopes, Any, Scope], None]] = {
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
    _VISITORS[ast.TypeAlias] = _type_alias
_VISITORS.update(dynamic.VISITORS)
