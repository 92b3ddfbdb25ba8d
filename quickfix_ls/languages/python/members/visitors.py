"""What each kind of syntax node adds to the facts of a unit: see `uses`."""

from __future__ import annotations

import ast
import builtins
from collections.abc import Callable
from typing import Any, Literal

from quickfix_ls.languages.python.members import suspicious_code
from quickfix_ls.languages.python.members.binding_kinds import (
    UNKNOWN_BASES,
    UNNAMED,
    BindingKind,
    annotated_meaning,
    class_meaning,
    meaning_of,
    parameters_of,
)
from quickfix_ls.languages.python.members.expected_errors import is_guarded
from quickfix_ls.languages.python.members.reference_walk import Walk, Where


def dotted(node: ast.expr) -> str:
    """`a.b.c` of nested attributes of a name; empty for anything else."""
    parts: list[str] = []
    while isinstance(node, ast.Attribute):
        parts.append(node.attr)
        node = node.value
    return ".".join([node.id, *reversed(parts)]) if isinstance(node, ast.Name) else ""


# -- definitions -------------------------------------------------------------------------------------------------


def _function(walk: Walk, node: Any, where: Where) -> None:
    parameters = parameters_of(node)
    known = parameters if parameters is not None and not node.decorator_list else None
    walk.binds(node.name, None if known is None else BindingKind("function", node.name, known), where)
    positional = [*node.args.posonlyargs, *node.args.args]
    instance = where.instance
    if where.level == "class":
        static = any(getattr(one, "id", "") == "staticmethod" for one in node.decorator_list)
        instance = positional[0].arg if positional and not static else ""
        walk.methods[node.name] = known[1:] if known is not None and node.args.args else None
        walk.dynamic |= node.name in _DYNAMIC_NAMES
        suspicious_code.method(walk, node, where)
    walk.around[node] = where.function
    walk.todo += [(one, where) for one in node.decorator_list]
    inner = where._replace(function=node, instance=instance, level="function")
    _arguments(walk, node.args, where, inner)
    _annotation(walk, node.returns, where)
    walk.todo += [(one, inner) for one in node.body]


def _lambda(walk: Walk, node: ast.Lambda, where: Where) -> None:
    inner = where._replace(function=node, level="function")
    _arguments(walk, node.args, where, inner)
    walk.around[node] = where.function
    walk.todo.append((node.body, inner))


def _arguments(walk: Walk, node: ast.arguments, where: Where, inner: Where) -> None:
    for one in (*node.posonlyargs, *node.args, *node.kwonlyargs):
        walk.binds(one.arg, annotated_meaning(one.annotation), inner)
        _annotation(walk, one.annotation, where)
    for rest, kind in ((node.vararg, "tuple"), (node.kwarg, "dict")):
        if rest is not None:
            walk.binds(rest.arg, BindingKind("type", kind), inner)
            _annotation(walk, rest.annotation, where)
    walk.todo += [(one, where) for one in (*node.defaults, *node.kw_defaults) if one is not None]


def _annotation(walk: Walk, node: ast.expr | None, where: Where) -> None:
    """Annotations may be evaluated late, or never, so that a name in them is never read too early."""
    if node is not None:
        walk.todo.append((node, where._replace(level="function") if where.level == "module" else where))


def _class(walk: Walk, node: ast.ClassDef, where: Where) -> None:
    if node.lineno > walk.prefix_lines:
        meaning = class_meaning(node)
        walk.binds(node.name, meaning, where)
        if where.function is None:
            walk.opens = meaning or BindingKind("class", node.name, UNKNOWN_BASES)
    walk.todo += [(one, where) for one in (*node.decorator_list, *node.bases)]
    level: Literal["class", "function"] = "class" if where.function is None else "function"
    inner = where._replace(level=level, instance="")
    walk.todo += [(one, inner) for one in node.body]


# -- bindings ----------------------------------------------------------------------------------------------------


def _assign(walk: Walk, node: ast.Assign | ast.AnnAssign, where: Where) -> None:
    targets = node.targets if isinstance(node, ast.Assign) else [node.target]
    _annotation(walk, getattr(node, "annotation", None), where)
    if suspicious_code.is_lost(walk, targets, node.value, where):
        pass
    elif len(targets) == 1 and isinstance(targets[0], ast.Name):
        walk.binds(targets[0].id, meaning_of(node.value), where)
    else:
        walk.todo += [(one, where) for one in targets]
    if node.value is not None:
        walk.todo.append((node.value, where))


def _augmented(walk: Walk, node: ast.AugAssign, where: Where) -> None:
    # `x.n += 1` needs an `n`, so it asks for it; a name keeps its meaning where that is a container or a text.
    if isinstance(node.target, ast.Attribute):
        _asked_attribute(walk, node.target, where)
    elif not isinstance(node.target, ast.Name):
        walk.todo.append((node.target, where))
    walk.todo.append((node.value, where))


def _name(walk: Walk, node: ast.Name, where: Where) -> None:
    if not isinstance(node.ctx, ast.Load):
        walk.bound[node.id] += 1
    elif where.level == "module" and node.id not in _BUILTINS:
        walk.asks("early", "", node.id, node, where)


def _declared(walk: Walk, node: ast.Global | ast.Nonlocal, where: Where) -> None:
    walk.bound.update(dict.fromkeys(node.names, 2))


def _named(walk: Walk, node: Any, where: Where) -> None:
    name = node.rest if isinstance(node, ast.MatchMapping) else node.name
    if name:
        walk.bound[name] += 1
    walk.children(node, where)


def _import(walk: Walk, node: ast.Import, where: Where) -> None:
    for one in node.names:
        first = one.name.partition(".")[0]
        walk.binds(one.asname or first, BindingKind("module", one.name if one.asname else first), where)
        walk.asks("module", "", first, one, where)


def _import_from(walk: Walk, node: ast.ImportFrom, where: Where) -> None:
    module = "" if node.level else node.module or ""
    if module:
        walk.asks("module", "", module.partition(".")[0], node, where)
    for one in node.names:
        walk.binds(one.asname or one.name, BindingKind("module", f"{module}.{one.name}") if module else None, where)
        if one.name != "*":
            walk.asks("import", "." * node.level + (node.module or ""), one.name, one, where)


def _guard(walk: Walk, node: ast.AST, where: Where) -> None:
    walk.children(node, where._replace(guarded=where.guarded or is_guarded(node)))


# -- uses --------------------------------------------------------------------------------------------------------


def _attribute(walk: Walk, node: ast.Attribute, where: Where) -> None:
    if isinstance(node.ctx, ast.Load):
        _asked_attribute(walk, node, where)
        return
    if isinstance(node.value, ast.Name) and node.value.id == where.instance:
        walk.stored.add(node.attr)
    walk.todo.append((node.value, where))


def _asked_attribute(walk: Walk, node: ast.Attribute, where: Where) -> None:
    walk.dynamic |= node.attr in _DYNAMIC_NAMES
    owner = dotted(node.value)
    walk.asks("attribute", owner or ("" if _is_literal(node.value) else UNNAMED), node.attr, node, where)
    walk.todo.append((node.value, where))


def _is_literal(node: ast.expr) -> bool:
    found = meaning_of(node)
    return found is not None and found.kind == "type" and not isinstance(node, ast.Call)


def _call(walk: Walk, node: ast.Call, where: Where) -> None:
    walk.dynamic |= isinstance(node.func, ast.Name) and node.func.id in _DYNAMIC_CALLS
    owner = dotted(node.func) or UNNAMED
    names = tuple(one.arg for one in node.keywords if one.arg)
    for one in node.keywords:
        if one.arg:
            walk.asks("keyword", owner, one.arg, one, where, names)
    walk.children(node, where)


_BUILTINS = frozenset(dir(builtins))
_DYNAMIC_CALLS = frozenset({"setattr", "vars", "exec", "eval", "locals"})
_DYNAMIC_NAMES = frozenset({"__dict__", "__getattr__", "__getattribute__", "__setattr__", "__slots__", "__class__"})
VISITORS: dict[type[ast.AST], Callable[[Walk, Any, Where], None]] = {
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
