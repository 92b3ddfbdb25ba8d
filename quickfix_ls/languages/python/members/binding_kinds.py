"""What a name stands for, as far as its binding says it without running anything."""

from __future__ import annotations

import ast
from typing import Any, Literal, NamedTuple

MeaningKind = Literal["module", "type", "instance", "class", "function", "unknown"]

_DISPLAYS: dict[type[ast.AST], str] = {
    ast.List: "list",
    ast.ListComp: "list",
    ast.Dict: "dict",
    ast.DictComp: "dict",
    ast.Set: "set",
    ast.SetComp: "set",
    ast.Tuple: "tuple",
    ast.JoinedStr: "str",
}
_TYPES = frozenset({"list", "dict", "set", "str", "tuple", "bytes", "frozenset", "bytearray"})
_GENERICS = {"Dict": "dict", "FrozenSet": "frozenset", "List": "list", "Set": "set", "Tuple": "tuple"}
# Decorators that give a class no members but methods that begin with two underscores.
_HARMLESS = frozenset({"dataclass", "final", "runtime_checkable", "total_ordering", "unique"})

UNKNOWN_BASES = ("?",)
"""Stands for bases that are not plain names, so that no class of this file can be meant."""


UNNAMED = "()"
"""Stands for an owner that is no name, nor names behind dots: the value of a call, an element."""


class BindingKind(NamedTuple):
    """A `module` (or something in one) by its dotted name; a value of the builtin `type` of that name; an `instance`
    of a class of this file; a `class` with the names of its bases; a `function` with the names of its parameters;
    `unknown`: the unit binds it, and what to can't be told."""

    kind: MeaningKind
    name: str
    names: tuple[str, ...] = ()


def meaning_of(value: ast.expr | None) -> BindingKind | None:
    """What a name stands for that this expression is assigned to; None where that can't be told."""
    if value is None:
        return None
    if kind := _DISPLAYS.get(type(value)):
        return BindingKind("type", kind)
    if isinstance(value, ast.Constant):
        kind = type(value.value).__name__
        return BindingKind("type", kind) if kind in _TYPES else None
    if isinstance(value, ast.Call) and isinstance(value.func, ast.Name):
        name = value.func.id
        # A lower-case name is rarely a class; a builtin may be replaced, which `slips` checks.
        return BindingKind("type", name) if name in _TYPES else BindingKind("instance", name)
    return None


def annotated_meaning(annotation: ast.expr | None) -> BindingKind | None:
    """What a parameter is that is annotated with a builtin type (`items: list[int]`); None for any other one, and for
    one that may be None too."""
    if isinstance(annotation, ast.Subscript):
        annotation = annotation.value
    name = getattr(annotation, "id", "")
    name = _GENERICS.get(name, name)
    return BindingKind("type", name) if name in _TYPES else None


def class_meaning(node: ast.ClassDef) -> BindingKind | None:
    """A class with the names of its bases; None where something may give it members that we can't see."""
    bases = tuple(one.id for one in node.bases if isinstance(one, ast.Name))
    if node.keywords or len(bases) < len(node.bases) or not all(map(_is_harmless, node.decorator_list)):
        return None
    return BindingKind("class", node.name, bases)


def _is_harmless(decorator: Any) -> bool:
    called = decorator.func if isinstance(decorator, ast.Call) else decorator
    return getattr(called, "attr", getattr(called, "id", "")) in _HARMLESS


def parameters_of(node: ast.FunctionDef | ast.AsyncFunctionDef) -> tuple[str, ...] | None:
    """The parameters that can be given by name; None where it takes any."""
    arguments = node.args
    if arguments.kwarg is not None:
        return None
    return tuple(one.arg for one in (*arguments.args, *arguments.kwonlyargs))
