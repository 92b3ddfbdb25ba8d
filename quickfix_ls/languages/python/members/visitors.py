"""Visitors for each kind of syntax node: they record the bindings and references of a unit, see `references`."""

from __future__ import annotations

import ast
import builtins
import sys
from collections.abc import Callable
from typing import Any, Literal

from quickfix_ls.languages.python.members import suspicious_code
from quickfix_ls.languages.python.members.binding_kinds import (
    UNKNOWN_BASES,
    UNNAMED,
    BindingKind,
    annotated_binding,
    binding_of,
    class_binding,
    parameters_of,
)
from quickfix_ls.languages.python.members.expected_errors import is_guarded
from quickfix_ls.languages.python.members.reference_walk import Enclosing, Walk


def dotted(node: ast.expr) -> str:
    """Return `a.b.c` for nested attributes of a name; empty for any other expression."""
    parts: list[str] = []
    while isinstance(node, ast.Attribute):
        parts.append(node.attr)
        node = node.value
    return ".".join([node.id, *reversed(parts)]) if isinstance(node, ast.Name) else ""


# -- definitions -------------------------------------------------------------------------------------------------


def _function(walk: Walk, node: Any, enclosing: Enclosing) -> None:
    parameters = parameters_of(node)
    known = parameters if parameters is not None and not node.decorator_list else None
    walk.add_binding(node.name, None if known is None else BindingKind("function", node.name, known), enclosing)
    positional = [*node.args.posonlyargs, *node.args.args]
    instance = enclosing.instance
    if enclosing.level == "class":
        static = any(getattr(item, "id", "") == "staticmethod" for item in node.decorator_list)
        instance = positional[0].arg if positional and not static else ""
        walk.methods[node.name] = known[1:] if known is not None and node.args.args else None
        walk.dynamic |= node.name in _DYNAMIC_NAMES
        suspicious_code.method(walk, node, enclosing)
    walk.outer_functions[node] = enclosing.function
    walk.todo += [(decorator, enclosing) for decorator in node.decorator_list]
    inner = enclosing._replace(function=node, instance=instance, level="function")
    _arguments(walk, node.args, enclosing, inner)
    _annotation(walk, node.returns, enclosing)
    walk.todo += [(statement, inner) for statement in node.body]


def _lambda(walk: Walk, node: ast.Lambda, enclosing: Enclosing) -> None:
    inner = enclosing._replace(function=node, level="function")
    _arguments(walk, node.args, enclosing, inner)
    walk.outer_functions[node] = enclosing.function
    walk.todo.append((node.body, inner))


def _arguments(walk: Walk, node: ast.arguments, enclosing: Enclosing, inner: Enclosing) -> None:
    for parameter in (*node.posonlyargs, *node.args, *node.kwonlyargs):
        walk.add_binding(parameter.arg, annotated_binding(parameter.annotation), inner)
        _annotation(walk, parameter.annotation, enclosing)
    for rest, kind in ((node.vararg, "tuple"), (node.kwarg, "dict")):
        if rest is not None:
            walk.add_binding(rest.arg, BindingKind("type", kind), inner)
            _annotation(walk, rest.annotation, enclosing)
    walk.todo += [(parameter, enclosing) for parameter in (*node.defaults, *node.kw_defaults) if parameter is not None]


def _annotation(walk: Walk, node: ast.expr | None, enclosing: Enclosing) -> None:
    """Visit an annotation. It may be evaluated late, or never, so names in it are never read too early."""
    if node is not None:
        walk.todo.append((node, enclosing._replace(level="function") if enclosing.level == "module" else enclosing))


def _class(walk: Walk, node: ast.ClassDef, enclosing: Enclosing) -> None:
    if node.lineno > walk.prefix_lines:
        binding = class_binding(node)
        walk.add_binding(node.name, binding, enclosing)
        if enclosing.function is None:
            walk.opens = binding or BindingKind("class", node.name, UNKNOWN_BASES)
    walk.todo += [(child, enclosing) for child in (*node.decorator_list, *node.bases)]
    level: Literal["class", "function"] = "class" if enclosing.function is None else "function"
    inner = enclosing._replace(level=level, instance="")
    walk.todo += [(child, inner) for child in node.body]


# -- bindings ----------------------------------------------------------------------------------------------------


def _assign(walk: Walk, node: ast.Assign | ast.AnnAssign, enclosing: Enclosing) -> None:
    targets = node.targets if isinstance(node, ast.Assign) else [node.target]
    _annotation(walk, getattr(node, "annotation", None), enclosing)
    if suspicious_code.is_lost(walk, targets, node.value, enclosing):
        pass
    elif len(targets) == 1 and isinstance(targets[0], ast.Name):
        walk.add_binding(targets[0].id, binding_of(node.value), enclosing)
    else:
        walk.todo += [(target, enclosing) for target in targets]
    if node.value is not None:
        walk.todo.append((node.value, enclosing))


def _augmented(walk: Walk, node: ast.AugAssign, enclosing: Enclosing) -> None:
    # `x.n += 1` reads `n`, so it is a reference; a name keeps its kind if that is a container or a string.
    if isinstance(node.target, ast.Attribute):
        _asked_attribute(walk, node.target, enclosing)
    elif not isinstance(node.target, ast.Name):
        walk.todo.append((node.target, enclosing))
    walk.todo.append((node.value, enclosing))


def _name(walk: Walk, node: ast.Name, enclosing: Enclosing) -> None:
    if not isinstance(node.ctx, ast.Load):
        walk.bound[node.id] += 1
    elif enclosing.level == "module" and node.id not in _BUILTINS:
        walk.add_reference("early", "", node.id, node, enclosing)


def _declared(walk: Walk, node: ast.Global | ast.Nonlocal, enclosing: Enclosing) -> None:
    walk.bound.update(dict.fromkeys(node.names, 2))


def _named(walk: Walk, node: Any, enclosing: Enclosing) -> None:
    name = node.rest if isinstance(node, ast.MatchMapping) else node.name
    if name:
        walk.bound[name] += 1
    walk.children(node, enclosing)


def _import(walk: Walk, node: ast.Import, enclosing: Enclosing) -> None:
    for alias in node.names:
        first = alias.name.partition(".")[0]
        walk.add_binding(alias.asname or first, BindingKind("module", alias.name if alias.asname else first), enclosing)
        walk.add_reference("module", "", first, alias, enclosing)


def _import_from(walk: Walk, node: ast.ImportFrom, enclosing: Enclosing) -> None:
    module = "" if node.level else node.module or ""
    if module:
        walk.add_reference("module", "", module.partition(".")[0], node, enclosing)
    for alias in node.names:
        walk.add_binding(
            alias.asname or alias.name, BindingKind("module", f"{module}.{alias.name}") if module else None, enclosing
        )
        if alias.name != "*":
            walk.add_reference("import", "." * node.level + (node.module or ""), alias.name, alias, enclosing)


def _guard(walk: Walk, node: ast.AST, enclosing: Enclosing) -> None:
    walk.children(node, enclosing._replace(guarded=enclosing.guarded or is_guarded(node)))


# -- references --------------------------------------------------------------------------------------------------------


def _attribute(walk: Walk, node: ast.Attribute, enclosing: Enclosing) -> None:
    if isinstance(node.ctx, ast.Load):
        _asked_attribute(walk, node, enclosing)
        return
    if isinstance(node.value, ast.Name) and node.value.id == enclosing.instance:
        walk.stored.add(node.attr)
    walk.todo.append((node.value, enclosing))


def _asked_attribute(walk: Walk, node: ast.Attribute, enclosing: Enclosing) -> None:
    walk.dynamic |= node.attr in _DYNAMIC_NAMES
    owner = dotted(node.value)
    walk.add_reference("attribute", owner or ("" if _is_literal(node.value) else UNNAMED), node.attr, node, enclosing)
    walk.todo.append((node.value, enclosing))


def _is_literal(node: ast.expr) -> bool:
    found = binding_of(node)
    return found is not None and found.kind == "type" and not isinstance(node, ast.Call)


def _call(walk: Walk, node: ast.Call, enclosing: Enclosing) -> None:
    walk.dynamic |= isinstance(node.func, ast.Name) and node.func.id in _DYNAMIC_CALLS
    owner = dotted(node.func) or UNNAMED
    if owner in sys.stdlib_module_names:
        walk.add_reference("called", owner, owner, node.func, enclosing)
    names = tuple(keyword.arg for keyword in node.keywords if keyword.arg)
    for keyword in node.keywords:
        if keyword.arg:
            walk.add_reference("keyword", owner, keyword.arg, keyword, enclosing, names)
    walk.children(node, enclosing)


_BUILTINS = frozenset(dir(builtins))
_DYNAMIC_CALLS = frozenset({"setattr", "vars", "exec", "eval", "locals"})
_DYNAMIC_NAMES = frozenset({"__dict__", "__getattr__", "__getattribute__", "__setattr__", "__slots__", "__class__"})
VISITORS: dict[type[ast.AST], Callable[[Walk, Any, Enclosing], None]] = {
    ast.FunctionDef: _function,
    ast.AsyncFunctionDef: _function,
    ast.Lambda: _lambda,
    ast.ClassDef: _class,
    ast.Assign: _assign,
    ast.AnnAssign: _assign,
    ast.AugAssign: _augmented,
    ast.Name: _name,
    ast.Global: _declared,
    ast.Nonlocal: _declared,
    ast.ExceptHandler: _named,
    ast.MatchAs: _named,
    ast.MatchStar: _named,
    ast.MatchMapping: _named,
    ast.Import: _import,
    ast.ImportFrom: _import_from,
    ast.Try: _guard,
    ast.If: _guard,
    ast.IfExp: _guard,
    ast.While: _guard,
    ast.With: _guard,
    ast.AsyncWith: _guard,
    ast.Attribute: _attribute,
    ast.Call: _call,
}
if hasattr(ast, "TryStar"):
    VISITORS[ast.TryStar] = _guard
VISITORS.update(suspicious_code.VISITORS)
