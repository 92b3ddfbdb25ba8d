"""The builtin type of an expression's value, as far as the source shows it, for fixers of errors that were raised."""

from __future__ import annotations

import ast
from functools import lru_cache

from quickfix_ls.languages.python.fixers.file_trees import FileTree

_DISPLAYS: dict[type[ast.expr], str] = {
    ast.List: "list",
    ast.ListComp: "list",
    ast.Tuple: "tuple",
    ast.Dict: "dict",
    ast.DictComp: "dict",
    ast.Set: "set",
    ast.SetComp: "set",
    ast.JoinedStr: "str",
    ast.Compare: "bool",
}
_CALLS = {
    **{name: name for name in ("str", "int", "float", "bool", "list", "tuple", "dict", "set", "complex", "range")},
    **{"input": "str", "repr": "str", "chr": "str", "format": "str", "hex": "str", "bin": "str"},
    **{"len": "int", "ord": "int", "id": "int", "hash": "int", "sorted": "list", "Path": "Path"},
}
_METHODS = {
    **dict.fromkeys(
        ("strip", "lower", "upper", "replace", "join", "format", "title", "capitalize", "lstrip", "rstrip"), "str"
    ),
    **{"split": "list", "splitlines": "list", "count": "int", "find": "int", "index": "int"},
}
_DEPTH = 5


def type_of(tree: FileTree, node: ast.expr, depth: int = 0) -> str:
    """Return the name of the builtin type (or `Path`) of an expression's value; an empty string if it is unknown.

    A name has a type if all its bindings in the file are assignments of values of that type.
    """
    if depth > _DEPTH:
        return ""
    if kind := _DISPLAYS.get(type(node)):
        return kind
    if isinstance(node, ast.Constant):
        return type(node.value).__name__
    if isinstance(node, ast.Name):
        values = values_of(tree, node.id)
        kinds = {type_of(tree, value, depth + 1) if value is not None else "" for value in values}
        return kinds.pop() if len(kinds) == 1 else ""
    if isinstance(node, ast.Call):
        return _type_of_call(tree, node)
    if isinstance(node, ast.UnaryOp):
        return "bool" if isinstance(node.op, ast.Not) else type_of(tree, node.operand, depth + 1)
    if isinstance(node, ast.BinOp):
        left, right = type_of(tree, node.left, depth + 1), type_of(tree, node.right, depth + 1)
        if {left, right} <= {"int", "float"}:
            return "float" if isinstance(node.op, ast.Div) or "float" in (left, right) else "int"
        return left if left == right or (left == "str" and isinstance(node.op, (ast.Mod, ast.Mult))) else ""
    return ""


def values_of(tree: FileTree, name: str) -> list[ast.expr | None]:
    """Return the values that a file assigns to a name anywhere; None for each other way to bind it."""
    return _bindings(tree.root).get(name, [])


def _type_of_call(tree: FileTree, call: ast.Call) -> str:
    if isinstance(call.func, ast.Name):
        return _CALLS.get(call.func.id, "") if not values_of(tree, call.func.id) else ""
    if isinstance(call.func, ast.Attribute):
        return _METHODS.get(call.func.attr, "Path" if call.func.attr in ("Path", "cwd", "home") else "")
    return ""


@lru_cache(maxsize=2)
def _bindings(root: ast.Module) -> dict[str, list[ast.expr | None]]:
    """Return the assigned values of each name of a file."""
    found: dict[str, list[ast.expr | None]] = {}
    plain: set[ast.Name] = set()
    for node in ast.walk(root):
        if isinstance(node, (ast.Assign, ast.AnnAssign, ast.NamedExpr)):
            for target in node.targets if isinstance(node, ast.Assign) else [node.target]:
                if isinstance(target, ast.Name) and node.value is not None:
                    plain.add(target)
                    found.setdefault(target.id, []).append(node.value)
        elif isinstance(node, ast.AugAssign) and isinstance(node.target, ast.Name):
            # `n += 1` keeps the type, or raises an error.
            plain.add(node.target)
        elif isinstance(node, ast.arg):
            found.setdefault(node.arg, []).append(None)
        elif isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.ExceptHandler)):
            found.setdefault(node.name or "", []).append(None)
        elif isinstance(node, ast.alias) and node.name != "Path":
            found.setdefault((node.asname or node.name).partition(".")[0], []).append(None)
    for node in ast.walk(root):
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store) and node not in plain:
            found.setdefault(node.id, []).append(None)
    return found
