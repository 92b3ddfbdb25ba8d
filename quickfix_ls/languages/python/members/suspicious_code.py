"""Visitors for code that compiles and can't be intended: misspelt special methods, a `__main__` guard that never holds,
methods without `self`, the `print >>file` of Python 2, a list that is replaced by the result of `append`."""

from __future__ import annotations

import ast
from collections.abc import Callable, Sequence
from typing import Any

from rapidfuzz.distance import OSA

from quickfix_ls.languages.python.dunder_methods import METHODS, OTHERS
from quickfix_ls.languages.python.members.reference_walk import Enclosing, Walk

_MAIN = "__main__"
IN_PLACE = {
    "append": ("list",), "extend": ("list",), "insert": ("list",), "remove": ("list", "set"), "reverse": ("list",),
    "sort": ("list",), "add": ("set",), "discard": ("set",), "update": ("dict", "set"),
    "clear": ("dict", "list", "set"),
}  # fmt: skip
"""Methods that modify their owner and return None, with the types that have them."""


def method(walk: Walk, node: Any, enclosing: Enclosing) -> None:
    """Check a function that is defined directly in a class."""
    arguments, name = node.args, node.name
    positional = len(arguments.posonlyargs) + len(arguments.args)
    if node.decorator_list:
        return
    if not positional and not arguments.vararg and not arguments.kwonlyargs and not arguments.kwarg:
        walk.add_reference("selfless", "", name, node, enclosing)
    elif right := _special(name, positional - len(arguments.defaults)):
        walk.add_reference("special", right, name, node, enclosing)


def _special(name: str, required: int) -> str:
    """Return the special method that a method's name is a misspelling of; empty if there is none."""
    if name == "__int__" and required > 1:
        return "__init__"
    if "_" not in (name[:1], name[-1:]) or name in METHODS or name in OTHERS:
        return ""
    core = f"__{name.strip('_')}__"
    if core in METHODS:
        return core if name.startswith("__") or (name[0] == name[-1] == "_") else ""
    if not (name.startswith("__") and name.endswith("__")):
        return ""
    near = [method for method in sorted(METHODS) if OSA.distance(name, method, score_cutoff=1) <= 1]
    # `__inti__` is as similar to `__int__`, which is rarely defined.
    return near[0] if near and len(name) > 7 and (len(near) == 1 or near[0] == "__init__") else ""


def is_lost(walk: Walk, targets: Sequence[ast.expr], value: ast.expr | None, enclosing: Enclosing) -> bool:
    """Return whether an assignment is like `xs = xs.append(x)`, which sets `xs` to None. It is recorded as a reference
    only, so that `xs` keeps its binding."""
    if len(targets) != 1 or not isinstance(value, ast.Call) or not isinstance(value.func, ast.Attribute):
        return False
    owner, target = value.func.value, targets[0]
    if not isinstance(owner, ast.Name) or not isinstance(target, ast.Name) or owner.id != target.id:
        return False
    if value.func.attr not in IN_PLACE:
        return False
    walk.add_reference("lost", owner.id, value.func.attr, value.func, enclosing)
    return True


def _compare(walk: Walk, node: ast.Compare, enclosing: Enclosing) -> None:
    """Check `if __name__ == "main"`."""
    walk.children(node, enclosing)
    sides = [node.left, *node.comparators]
    if len(sides) != 2 or not isinstance(node.ops[0], ast.Eq):
        return
    for name, value in (sides, sides[::-1]):
        if isinstance(name, ast.Name) and name.id == "__name__" and isinstance(value, ast.Constant):
            text = value.value
            if isinstance(text, str) and text != _MAIN and _is_main(text):
                walk.add_reference("guard", "", text, value, enclosing)


def _is_main(text: str) -> bool:
    return text.isidentifier() and (text.strip("_").lower() == "main" or OSA.distance(text, _MAIN) <= 2)


def _expression(walk: Walk, node: ast.Expr, enclosing: Enclosing) -> None:
    """Check `print >>file, "text"`."""
    walk.children(node, enclosing)
    value = node.value.elts[0] if isinstance(node.value, ast.Tuple) and node.value.elts else node.value
    if isinstance(value, ast.BinOp) and isinstance(value.op, ast.RShift) and getattr(value.left, "id", "") == "print":
        walk.add_reference("redirected", "", "print", value, enclosing)


VISITORS: dict[type[ast.AST], Callable[[Walk, Any, Enclosing], None]] = {ast.Compare: _compare, ast.Expr: _expression}
