"""Visitors for code that expects, or creates, names that its syntax tree does not show.

`try: name except NameError` expects a name to be missing; `exec`, `globals()[...] = ...` and similar code may bind any
name, which makes the file opaque: no undefined names are reported in it.
"""

from __future__ import annotations

import ast
from collections.abc import Callable
from typing import Any

from quickfix_ls.languages.python.names.collected_scopes import CollectedScopes, Scope

_EXPECTED = frozenset({"NameError", "UnboundLocalError"})
_NAMING = (ast.Name, ast.Attribute)
_VERSION_MARKS = frozenset({"version_info", "hexversion", "python_version", "PY2", "PY3", "IS_PY2", "IS_PY3"})
_PYTHON_2 = frozenset(
    {"basestring", "buffer", "cmp", "execfile", "file", "intern", "long", "raw_input", "reduce", "reload",
     "unichr", "unicode", "xrange"}
)  # fmt: skip
_NAMESPACES = frozenset({"globals", "locals", "vars"})
_READING_METHODS = frozenset({"copy", "get", "items", "keys", "values"})
_READERS = frozenset({"dict", "eval", "getattr", "hasattr", "id", "len", "list", "print", "repr", "sorted", "str"})


def _if(into: CollectedScopes, node: ast.If, scope: Scope) -> None:
    """Tolerate builtins of Python 2 in code that checks the Python version."""
    marks = {n.id if isinstance(n, ast.Name) else n.attr for n in ast.walk(node.test) if isinstance(n, _NAMING)}
    if not marks.isdisjoint(_VERSION_MARKS):
        branches = [*node.body, *node.orelse]
        read = {n.id for branch in branches for n in ast.walk(branch) if isinstance(n, ast.Name)}
        into.module.bound |= read & _PYTHON_2
    scope.push_children(node)


def _try(into: CollectedScopes, node: Any, scope: Scope) -> None:
    if any(_mentions(handler.type) for handler in node.handlers):
        into.tolerate(node.body)
    scope.push_children(node)


def _with(into: CollectedScopes, node: Any, scope: Scope) -> None:
    calls = (item.context_expr for item in node.items)
    if any(isinstance(call, ast.Call) and any(map(_mentions, call.args)) for call in calls):
        into.tolerate(node.body)
    scope.push_children(node)


def _mentions(node: ast.AST | None) -> bool:
    if isinstance(node, ast.Name):
        return node.id in _EXPECTED
    return isinstance(node, ast.Tuple) and any(isinstance(n, ast.Name) and n.id in _EXPECTED for n in node.elts)


def _call(into: CollectedScopes, node: ast.Call, scope: Scope) -> None:
    arguments: list[ast.expr] = node.args
    if any(map(_mentions, arguments)):
        into.tolerate(arguments)  # assertRaises(NameError, lambda: missing)
    if isinstance(node.func, ast.Name):
        name = node.func.id
        if name in ("exec", "execfile"):
            into.opaque |= len(arguments) < 2 or _is_namespace(arguments[1])
        elif _is_namespace(node):
            # In a function, writes to locals() have no effect on names; elsewhere any use may bind a name.
            into.opaque |= name == "globals" or scope.kind in ("module", "class")
        elif name in _READERS:
            arguments = [argument for argument in arguments if not _is_namespace(argument)]
    elif isinstance(node.func, ast.Attribute) and node.func.attr in ("_convert_", "_convert"):
        into.opaque = True  # IntEnum._convert_ moves members into the module
    scope.todo.append(node.func)
    scope.todo += arguments
    scope.todo += [keyword.value for keyword in node.keywords]


def _subscript(into: CollectedScopes, node: ast.Subscript, scope: Scope) -> None:
    scope.todo.append(node.slice)
    if not _is_namespace(node.value):
        scope.todo.append(node.value)
    elif not isinstance(node.ctx, ast.Load):
        into.opaque = True


def _attribute(into: CollectedScopes, node: ast.Attribute, scope: Scope) -> None:
    value = node.value
    if isinstance(value, ast.Call) and _is_namespace(value):
        into.opaque |= node.attr not in _READING_METHODS
        return
    if isinstance(node.ctx, ast.Store) and isinstance(value, ast.Name) and value.id in ("builtins", "__builtin__"):
        into.module.bound.add(node.attr)
    scope.todo.append(value)


def _compare(into: CollectedScopes, node: ast.Compare, scope: Scope) -> None:
    scope.todo.append(node.left)
    for operand in node.comparators:
        if not _is_namespace(operand):
            scope.todo.append(operand)
        elif isinstance(node.left, ast.Constant) and isinstance(node.left.value, str):
            into.module.bound.add(node.left.value)  # `if "unicode" in globals()`


def _is_namespace(node: ast.AST) -> bool:
    return (
        isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in _NAMESPACES and not node.args
    )


VISITORS: dict[type[ast.AST], Callable[[CollectedScopes, Any, Scope], None]] = {
    ast.Try: _try,
    ast.If: _if,
    ast.With: _with,
    ast.AsyncWith: _with,
    ast.Call: _call,
    ast.Subscript: _subscript,
    ast.Attribute: _attribute,
    ast.Compare: _compare,
}
if hasattr(ast, "TryStar"):
    VISITORS[ast.TryStar] = _try
