"""Code that compiles and that nobody can mean: special methods that are misspelt, a guard that never holds, methods
without `self`, the `print >>file` of Python 2, a list that is replaced by what `append` returns."""

from __future__ import annotations

import ast
from collections.abc import Callable, Sequence
from typing import Any

from rapidfuzz.distance import OSA

from quickfix_ls.languages.python.dunder_methods import METHODS, OTHERS
from quickfix_ls.languages.python.members.reference_walk import Walk, Where

_MAIN = "__main__"
IN_PLACE = {
    "append": ("list",), "extend": ("list",), "insert": ("list",), "remove": ("list", "set"), "reverse": ("list",),
    "sort": ("list",), "add": ("set",), "discard": ("set",), "update": ("dict", "set"),
    "clear": ("dict", "list", "set"),
}  # fmt: skip
"""Methods that change their owner and return nothing, with the types that have them."""


def method(walk: Walk, node: Any, where: Where) -> None:
    """Looks at a function that stands directly in a class."""
    arguments, name = node.args, node.name
    positional = len(arguments.posonlyargs) + len(arguments.args)
    if node.decorator_list:
        return
    if not positional and not arguments.vararg and not arguments.kwonlyargs and not arguments.kwarg:
        walk.asks("selfless", "", name, node, where)
    elif right := _special(name, positional - len(arguments.defaults)):
        walk.asks("special", right, name, node, where)


def _special(name: str, required: int) -> str:
    """The special method that a method's name is a slip for; empty where it is none."""
    if name == "__int__" and required > 1:
        return "__init__"
    if "_" not in (name[:1], name[-1:]) or name in METHODS or name in OTHERS:
        return ""
    core = f"__{name.strip('_')}__"
    if core in METHODS:
        return core if name.startswith("__") or (name[0] == name[-1] == "_") else ""
    if not (name.startswith("__") and name.endswith("__")):
        return ""
    near = [one for one in sorted(METHODS) if OSA.distance(name, one, score_cutoff=1) <= 1]
    # `__inti__` is as near to `__int__`, which hardly anybody writes.
    return near[0] if near and len(name) > 7 and (len(near) == 1 or near[0] == "__init__") else ""


def is_lost(walk: Walk, targets: Sequence[ast.expr], value: ast.expr | None, where: Where) -> bool:
    """`xs = xs.append(x)`, which leaves nothing; taken for the call alone, so that `xs` keeps its meaning."""
    if len(targets) != 1 or not isinstance(value, ast.Call) or not isinstance(value.func, ast.Attribute):
        return False
    owner, target = value.func.value, targets[0]
    if not isinstance(owner, ast.Name) or not isinstance(target, ast.Name) or owner.id != target.id:
        return False
    if value.func.attr not in IN_PLACE:
        return False
    walk.asks("lost", owner.id, value.func.attr, value.func, where)
    return True


def _compare(walk: Walk, node: ast.Compare, where: Where) -> None:
    """`if __name__ == "main"`"""
    walk.children(node, where)
    sides = [node.left, *node.comparators]
    if len(sides) != 2 or not isinstance(node.ops[0], ast.Eq):
        return
    for name, value in (sides, sides[::-1]):
        if isinstance(name, ast.Name) and name.id == "__name__" and isinstance(value, ast.Constant):
            text = value.value
            if isinstance(text, str) and text != _MAIN and _is_main(text):
                walk.asks("guard", "", text, value, where)


def _is_main(text: str) -> bool:
    return text.isidentifier() and (text.strip("_").lower() == "main" or OSA.distance(text, _MAIN) <= 2)


def _expression(walk: Walk, node: ast.Expr, where: Where) -> None:
    """`print >>file, "text"`"""
    walk.children(node, where)
    value = node.value.elts[0] if isinstance(node.value, ast.Tuple) and node.value.elts else node.value
    if isinstance(value, ast.BinOp) and isinstance(value.op, ast.RShift) and getattr(value.left, "id", "") == "print":
        walk.asks("redirected", "", "print", value, where)


VISITORS: dict[type[ast.AST], Callable[[Walk, Any, Where], None]] = {ast.Compare: _compare, ast.Expr: _expression}
