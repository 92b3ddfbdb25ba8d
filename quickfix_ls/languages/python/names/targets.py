"""What is known of a name that could replace an undefined one, and whether code can use it in the same way."""

from __future__ import annotations

import ast
import builtins
import re
from dataclasses import dataclass
from functools import lru_cache
from types import BuiltinFunctionType, FunctionType, ModuleType
from typing import Literal

from quickfix_ls.languages.python.members.binding_kinds import BindingKind, annotated_binding
from quickfix_ls.languages.python.members.stdlib_members import module_members, stdlib_object
from quickfix_ls.languages.python.names.scope_bindings import LocalName
from quickfix_ls.languages.python.names.usage import Usage

TargetKind = Literal["module", "class", "exception", "function", "value", "instance", "unknown"]
"""The kind of thing that a name stands for: `value` is of a builtin type, `instance` is another object."""

_FUNCTION_MEMBERS = frozenset(dir(FunctionType))
_NUMBERS = frozenset({"int", "float", "bool", "NoneType", "complex"})
_CONTAINERS = frozenset({"list", "dict", "set", "tuple", "str", "bytes", "frozenset", "bytearray"})
_VARIABLES = frozenset(
    {"parameter", "rest", "assignment", "unpacking", "augmented", "for", "with", "except", "comprehension"}
)
_CLASS_NAME = re.compile(r"_*[A-Z][A-Za-z0-9]*[a-z][A-Za-z0-9]*_*")
_VARIABLE_NAME = re.compile(r"_*[a-z][a-z0-9_]*")


@dataclass(frozen=True, slots=True)
class Target:
    """A name with what is known of it. `type` is the builtin type of a value; `members` are all attributes of it, None
    where that is uncertain; `by` tells what binds a local."""

    name: str
    kind: TargetKind = "unknown"
    type: str = ""
    members: frozenset[str] | None = None
    by: str = ""


def local_target(local: LocalName) -> Target:
    """Return what is known of a local name."""
    name, by = local.name, local.by
    kinds = {_kind_of_binding(binding.by, binding.value, binding.index) for binding in local.bindings}
    kind, type_name, dotted = next(iter(kinds)) if len(kinds) == 1 else ("unknown", "", "")
    return _made(name, kind, type_name, dotted, by)


def module_target(name: str, binding: BindingKind | None, is_module: bool) -> Target:
    """Return what is known of a name of the module, by its only binding; `is_module`: it is bound by `import name`."""
    if binding is None:
        return Target(name)
    if binding.kind == "module":
        return _imported(name, binding.name, is_module)
    if binding.kind == "type":
        return _made(name, "value", binding.name, "", "")
    if binding.kind == "class":
        is_exception = any(base.endswith(("Error", "Exception", "Warning")) for base in binding.names)
        return Target(name, "exception" if is_exception else "class")
    if binding.kind == "function":
        return Target(name, "function", members=_FUNCTION_MEMBERS)
    return Target(name, "instance" if binding.kind == "instance" else "unknown")


@lru_cache(maxsize=512)
def builtin_target(name: str) -> Target:
    """Return what is known of a builtin, or of a keyword that is a value."""
    return _of_object(name, getattr(builtins, name, None))


def fit(usage: Usage, target: Target, is_called_elsewhere: bool = False) -> int:
    """Return whether code can use the target as it uses the undefined name: -1 if it certainly fails, 1 if it is known
    to be of the right kind, 0 if nothing is known.

    A name that is written as classes are (`Invoice`) and used as one is no variable, unless that variable is
    `is_called_elsewhere`.
    """
    if _is_class_for_variable(usage, target) and not is_called_elsewhere:
        return -1
    if usage.done == "attribute":
        if target.members is None:
            return 0
        return 1 if usage.attribute in target.members else -1
    if usage.done in ("call", "subscript", "augmented"):
        found = _DONE[usage.done](usage, target)
        if found < 0 or usage.place not in ("raise", "base", "decorator"):
            return found
    return _at_place(usage, target)


def _is_class_for_variable(usage: Usage, target: Target) -> bool:
    used_as_class = usage.done == "call" or (
        usage.done == "read" and usage.place in ("except", "base", "type test", "raise")
    )
    return (
        used_as_class
        and target.by in _VARIABLES
        and _CLASS_NAME.fullmatch(usage.name) is not None
        and _VARIABLE_NAME.fullmatch(target.name) is not None
    )


def _called(usage: Usage, target: Target) -> int:
    if target.kind in ("module", "value"):
        return -1
    return 1 if target.kind in ("class", "exception", "function") else 0


def _subscripted(usage: Usage, target: Target) -> int:
    if target.kind == "class" and usage.place in ("annotation", "base"):
        return 1
    if target.kind in ("module", "function", "exception", "class") or target.type in _NUMBERS:
        return -1
    return 1 if target.type in _CONTAINERS else 0


def _augmented(usage: Usage, target: Target) -> int:
    return -1 if target.kind in ("module", "function", "class", "exception") else 0


_DONE = {"call": _called, "subscript": _subscripted, "augmented": _augmented}


def _at_place(usage: Usage, target: Target) -> int:
    """Return the same for a value that is itself raised, iterated, tested and so on."""
    kind, place = target.kind, usage.place
    if place == "raise":
        return {"exception": 1, "class": 0, "instance": 0, "unknown": 0}.get(kind, -1)
    if place == "except":
        if target.by == "except":
            return -1
        return {"exception": 1, "class": 0, "instance": -1, "unknown": 0}.get(kind, 0 if target.type == "tuple" else -1)
    if place in ("base", "type test", "annotation"):
        if kind in ("class", "exception"):
            return 1
        if kind == "value":
            return 0 if target.type in ("NoneType", "str") or (target.type == "tuple" and place == "type test") else -1
        return -1 if kind in ("module", "function") else 0
    if place == "decorator":
        return 1 if kind in ("function", "class") else -1 if kind in ("module", "value") else 0
    if place in ("operand", "iteration", "with"):
        if kind in ("module", "function", "exception") or (kind == "class" and place != "operand"):
            return -1
        if place == "iteration" and target.type in _NUMBERS:
            return -1
        return 1 if place == "iteration" and target.type in _CONTAINERS else 0
    return -1 if place == "comparison" and kind == "module" else 0


# -- kinds -------------------------------------------------------------------------------------------------------------


def _kind_of_binding(by: str, value: ast.expr | None, index: int) -> tuple[TargetKind, str, str]:
    """Return the kind, the builtin type and the dotted module of one binding."""
    if by == "function":
        return "function", "", ""
    if by == "class":
        return "class", "", ""
    if by == "module":
        return "module", "", ""
    if by == "except":
        return "instance", "", ""
    if by == "rest":
        return "value", "dict" if index else "tuple", ""
    if by == "parameter":
        binding = annotated_binding(value)
        return ("value", binding.name, "") if binding is not None else ("unknown", "", "")
    if by == "assignment" and value is not None:
        return _kind_of_value(value)
    return "unknown", "", ""


_DISPLAYS: dict[type[ast.AST], str] = {
    ast.List: "list", ast.ListComp: "list", ast.Dict: "dict", ast.DictComp: "dict", ast.Set: "set",
    ast.SetComp: "set", ast.Tuple: "tuple", ast.JoinedStr: "str",
}  # fmt: skip


def _kind_of_value(value: ast.expr) -> tuple[TargetKind, str, str]:
    if name := _DISPLAYS.get(type(value)):
        return "value", name, ""
    if isinstance(value, ast.Constant):
        # A variable that begins as None is given a value elsewhere.
        return ("value", type(value.value).__name__, "") if value.value is not None else ("unknown", "", "")
    if isinstance(value, ast.Lambda):
        return "function", "", ""
    if isinstance(value, (ast.Compare, ast.BinOp)):
        return "instance", "", ""
    return "unknown", "", ""


def _made(name: str, kind: TargetKind, type_name: str, dotted: str, by: str) -> Target:
    if kind == "value":
        found = getattr(builtins, type_name, None)
        return Target(name, "value", type_name, frozenset(dir(found)) if found is not None else None, by)
    members = _FUNCTION_MEMBERS if kind == "function" else None
    return Target(name, kind, type_name, members, by)


def _imported(name: str, dotted: str, is_module: bool) -> Target:
    members = module_members(dotted)
    if is_module:
        return Target(name, "module", members=members, by="module")
    found = stdlib_object(dotted)
    if found is None:
        return Target(name, by="import")
    return Target(name, _of_object(name, found).kind, members=members, by="import")


def _of_object(name: str, found: object) -> Target:
    if isinstance(found, ModuleType):
        return Target(name, "module", members=frozenset(dir(found)))
    if isinstance(found, type):
        is_exception = issubclass(found, BaseException)
        return Target(name, "exception" if is_exception else "class", members=frozenset(dir(found)))
    if isinstance(found, (FunctionType, BuiltinFunctionType)):
        return Target(name, "function", members=frozenset(dir(found)))
    if (
        found is None
        or isinstance(found, (bool, int, float, str, tuple))
        or found is NotImplemented
        or found is Ellipsis
    ):
        return Target(name, "value", type(found).__name__, frozenset(dir(found)))
    return Target(name)
