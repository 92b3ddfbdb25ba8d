"""The members of the type that an error message names: of a builtin type, of a class of the standard library, whose
module the message may leave out, or of a class of the file."""

from __future__ import annotations

import ast
import builtins
import re
import sys
import sysconfig
import types
import warnings
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path

from quickfix_ls.index.index import Index
from quickfix_ls.languages.python.facts import imported_modules
from quickfix_ls.languages.python.members.class_table import ClassTable
from quickfix_ls.languages.python.members.stdlib_members import exception_members, light_module

_SOURCES = Path(sysconfig.get_path("stdlib"))
_MAX_BASES = 20
_TYPE = re.compile(
    r"'([\w.]+)' object has no|(?:type object|for class) [\"']([\w.]+)[\"']|\A\"([\w.]+)\" has no attribute"
)
_UNNAMED: dict[str, type] = {
    "NoneType": type(None),
    "builtin_function_or_method": types.BuiltinFunctionType,
    "dict_items": type({}.items()),
    "dict_keys": type({}.keys()),
    "dict_values": type({}.values()),
    "function": types.FunctionType,
    "generator": types.GeneratorType,
    "method": types.MethodType,
}
"""Types that no builtin name has."""


def named_type(message: str) -> str:
    """Return the type that a message says to lack an attribute; empty if it names none."""
    found = _TYPE.search(message)
    return next(filter(None, found.groups())) if found is not None else ""


def members_of_named(index: Index, name: str) -> frozenset[str] | None:
    """Return the attributes of a type by its name in a message, such as `str`, `re.Match` or `PosixPath`; None if it is
    not known, or may have others."""
    if "." in name:
        return _of_class(name.removeprefix("_"))
    known = _UNNAMED.get(name) or getattr(builtins, name, None)
    if isinstance(known, type):
        return exception_members(name) or frozenset(dir(known))
    table = ClassTable(index)
    if name in table.headers:
        return table.class_members(table.headers[name])
    return next(filter(None, map(_of_class, _full_names(imported_modules(index).values(), name))), None)


def _full_names(imported: Iterable[str], name: str) -> Iterable[str]:
    """Yield the names that a class may have, by the modules that the file imports or imports from."""
    for dotted in imported:
        module = dotted.rpartition(".")[0]
        yield f"{dotted}.{name}"
        if module:
            yield f"{module}.{name}"


@lru_cache(maxsize=256)
def _of_class(dotted: str) -> frozenset[str] | None:
    """Return the attributes of a class of the standard library, those that its methods assign included."""
    module, _, last = dotted.rpartition(".")
    if not module or module.partition(".")[0] not in sys.stdlib_module_names:
        return None
    shown = _of_source(module, last, _MAX_BASES)
    found = light_module(module)
    cls = vars(found).get(last) if found is not None else None
    return frozenset(dir(cls)) | (shown or frozenset()) if isinstance(cls, type) else shown


def _of_source(module: str, name: str, depth: int) -> frozenset[str] | None:
    """Return the attributes that the source of a class and of its bases shows."""
    tree = _tree(module)
    cls = (
        next((node for node in tree.body if isinstance(node, ast.ClassDef) and node.name == name), None)
        if tree
        else None
    )
    if cls is None or not depth or cls.keywords:
        return None
    found = {name for node in cls.body for name in _bound(node)}
    for node in ast.walk(cls):
        if (
            isinstance(node, ast.Attribute)
            and isinstance(node.ctx, ast.Store)
            and getattr(node.value, "id", "") == "self"
        ):
            found.add(node.attr)
    if "__getattr__" in found:
        return None
    for base in cls.bases:
        inherited = _of_base(module, base, depth)
        if inherited is None:
            return None
        found |= inherited
    return frozenset(found | set(dir(object)))


def _of_base(module: str, base: ast.expr, depth: int) -> frozenset[str] | None:
    if isinstance(base, ast.Attribute) and isinstance(base.value, ast.Name):
        return _of_class(f"{base.value.id}.{base.attr}")
    if not isinstance(base, ast.Name):
        return None
    known = getattr(builtins, base.id, None)
    if isinstance(known, type):
        return frozenset(dir(known))
    return _of_source(module, base.id, depth - 1)


def _bound(node: ast.stmt) -> list[str]:
    if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
        return [node.name]
    targets = node.targets if isinstance(node, ast.Assign) else [node.target] if isinstance(node, ast.AnnAssign) else []
    return [item.id for target in targets for item in ast.walk(target) if isinstance(item, ast.Name)]


@lru_cache(maxsize=16)
def _tree(module: str) -> ast.Module | None:
    base = _SOURCES.joinpath(*module.split("."))
    source = base / "__init__.py" if base.is_dir() else base.with_suffix(".py")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return ast.parse(source.read_bytes())
    except (OSError, SyntaxError, ValueError, RecursionError, MemoryError):
        return None
