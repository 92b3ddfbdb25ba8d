"""The kind of thing that a name is bound to, as far as the binding shows it without running anything."""

from __future__ import annotations

import ast
from typing import Any, Literal, NamedTuple

KindName = Literal["module", "type", "instance", "class", "function", "unknown"]

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
# Decorators that add no members to a class except methods that begin with two underscores.
_HARMLESS = frozenset({"dataclass", "final", "runtime_checkable", "total_ordering", "unique"})

UNKNOWN_BASES = ("?",)
"""Placeholder for base classes that are not plain names, so that no class of this file matches."""


UNNAMED = "()"
"""Placeholder for an owner that is not a dotted name: the result of a call, an element."""


class BindingKind(NamedTuple):
    """The kind of a binding:

    - `module`: a module (or something in one), by its dotted name.
    - `type`: a value of the builtin type of that name.
    - `instance`: an instance of a class of this file.
    - `class`: a class, with the names of its bases.
    - `function`: a function, with the names of its parameters.
    - `unknown`: the unit binds the name, but the kind of the value is unknown.
    """

    kind: KindName
    name: str
    names: tuple[str, ...] = ()


def binding_of(value: ast.expr | None) -> BindingKind | None:
    """Return the kind of a name to which this expression is assigned; None if it is unknown."""
    if value is None:
        return None
    if kind := _DISPLAYS.get(type(value)):
        return BindingKind("type", kind)
    if isinstance(value, ast.Constant):
        kind = type(value.value).__name__
        return BindingKind("type", kind) if kind in _TYPES else None
    if isinstance(value, ast.Call) and isinstance(value.func, ast.Name):
        name = value.func.id
        # A lower-case name is rarely a class; a builtin may be replaced, which `misspellings` checks.
        return BindingKind("type", name) if name in _TYPES else BindingKind("instance", name)
    return None


def annotated_binding(annotation: ast.expr | None) -> BindingKind | None:
    """Return the kind of a parameter that is annotated with a builtin type (`items: list[int]`); None for any other
    annotation, and for one that admits None."""
    if isinstance(annotation, ast.Subscript):
        annotation = annotation.value
    name = getattr(annotation, "id", "")
    name = _GENERICS.get(name, name)
    return BindingKind("type", name) if name in _TYPES else None


def class_binding(node: ast.ClassDef) -> BindingKind | None:
    """Return the kind of a class, with the names of its bases; None if it may get members that its source does not
    show."""
    bases = tuple(base.id for base in node.bases if isinstance(base, ast.Name))
    if node.keywords or len(bases) < len(node.bases) or not all(map(_is_harmless, node.decorator_list)):
        return None
    return BindingKind("class", node.name, bases)


def _is_harmless(decorator: Any) -> bool:
    called = decorator.func if isinstance(decorator, ast.Call) else decorator
    return getattr(called, "attr", getattr(called, "id", "")) in _HARMLESS


def parameters_of(node: ast.FunctionDef | ast.AsyncFunctionDef) -> tuple[str, ...] | None:
    """Return the parameters that can be passed by name; None if any name is accepted."""
    arguments = node.args
    if arguments.kwarg is not None:
        return None
    return tuple(parameter.arg for parameter in (*arguments.args, *arguments.kwonlyargs))
