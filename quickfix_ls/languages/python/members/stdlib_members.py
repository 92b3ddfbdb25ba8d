"""The members of Python's own modules, types and functions: the complete set, or None where that is uncertain.

A few light modules of the standard library, which are cheap to import and have no side effects, are inspected directly;
of the others the source is parsed. No other code is ever imported.
"""

from __future__ import annotations

import ast
import builtins
import importlib
import sys
import sysconfig
import warnings
from functools import lru_cache
from pathlib import Path
from types import ModuleType

from quickfix_ls.languages.python.names.binding import collect

LIGHT = frozenset(
    {"abc", "argparse", "array", "base64", "bisect", "calendar", "cmath", "collections", "collections.abc",
     "configparser", "contextlib", "copy", "csv", "dataclasses", "datetime", "decimal", "enum", "errno", "fnmatch",
     "fractions", "functools", "gc", "getpass", "glob", "hashlib", "heapq", "inspect", "io", "itertools", "json",
     "keyword", "locale", "logging", "math", "operator", "os", "os.path", "pathlib", "pickle", "platform", "pprint",
     "queue", "random", "re", "secrets", "shlex", "shutil", "signal", "socket", "sqlite3", "statistics", "string",
     "struct", "subprocess", "sys", "tempfile", "textwrap", "threading", "time", "timeit", "tokenize", "traceback",
     "types", "typing", "unicodedata", "uuid", "warnings", "weakref", "xml.etree.ElementTree", "zlib"}
)  # fmt: skip
"""Modules that are inspected, since their import is cheap and has no side effects."""

_CONTAINERS = ("bytearray", "bytes", "dict", "frozenset", "list", "set", "str", "tuple")
_SOURCES = Path(sysconfig.get_path("stdlib"))

PARAMETERS = {
    "bytes": ("source", "encoding", "errors"),
    "bytes.decode": ("encoding", "errors"),
    "enumerate": ("iterable", "start"),
    "int": ("base",),
    "list.sort": ("key", "reverse"),
    "max": ("key", "default"),
    "min": ("key", "default"),
    "open": ("file", "mode", "buffering", "encoding", "errors", "newline", "closefd", "opener"),
    "print": ("sep", "end", "file", "flush"),
    "round": ("number", "ndigits"),
    "sorted": ("key", "reverse"),
    "str": ("object", "encoding", "errors"),
    "str.encode": ("encoding", "errors"),
    "str.rsplit": ("sep", "maxsplit"),
    "str.split": ("sep", "maxsplit"),
    "str.splitlines": ("keepends",),
    "sum": ("start",),
    "zip": ("strict",),
}
"""The parameters of builtin functions, and of methods of builtin types, that can be passed by name."""


def type_members(name: str) -> frozenset[str] | None:
    """Return the attributes of a builtin container or string type; None for any other type."""
    return frozenset(dir(getattr(builtins, name))) if name in _CONTAINERS else None


def exception_members(name: str) -> frozenset[str] | None:
    """Return the attributes of a builtin exception, by its name; None for anything else."""
    found = getattr(builtins, name, None)
    return frozenset(dir(found)) if isinstance(found, type) and issubclass(found, BaseException) else None


@lru_cache(maxsize=512)
def module_members(dotted: str) -> frozenset[str] | None:
    """Return the attributes of a module of the standard library, or of a class in one of the light ones; None if
    unknown."""
    if dotted.partition(".")[0] not in sys.stdlib_module_names:
        return None
    module, rest = dotted, ""
    while module and module not in LIGHT:
        module, _, last = module.rpartition(".")
        rest = f"{last}.{rest}" if rest else last
    return _of_object(module, rest) if module else _of_source(dotted)


@lru_cache(maxsize=512)
def stdlib_object(dotted: str) -> object | None:
    """Return a member of one of the light modules of the standard library (`collections.deque`); None for any other
    name."""
    module, _, name = dotted.rpartition(".")
    found = light_module(module)
    return vars(found).get(name) if found is not None else None


def light_module(module: str) -> ModuleType | None:
    """Return a module of `LIGHT`; None for any other one, and for one that the platform lacks."""
    try:
        return importlib.import_module(module) if module in LIGHT else None
    except ImportError:
        return None


def _of_object(module: str, rest: str) -> frozenset[str] | None:
    found = light_module(module)
    if found is None:
        return None
    owner: object = found
    for name in filter(None, rest.split(".")):
        owner = vars(owner).get(name) if isinstance(owner, (ModuleType, type)) else None
    if owner is None:
        # The members of a submodule of a light module may be known only from its source.
        return _of_source(f"{module}.{rest}")
    if isinstance(owner, ModuleType):
        public = owner is found or owner.__name__ in LIGHT
        return frozenset(dir(owner)) | _below(owner) if public and not hasattr(owner, "__getattr__") else None
    return frozenset(dir(owner)) if type(owner) is type else None


def _below(package: ModuleType) -> frozenset[str]:
    """Return the modules in a package's folders: an import elsewhere may make them its attributes."""
    return frozenset(path.stem for folder in getattr(package, "__path__", ()) for path in Path(folder).iterdir())


def _of_source(dotted: str) -> frozenset[str] | None:
    """Return the names that a module's source binds at its top level, and the modules in its folder."""
    base = _SOURCES.joinpath(*dotted.split("."))
    package = base / "__init__.py"
    source = package if package.is_file() else base.with_suffix(".py")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            collected = collect(ast.parse(source.read_bytes()))
        below = {path.stem for path in base.iterdir()} if source is package else set()
    except (OSError, SyntaxError, ValueError, RecursionError):
        return None
    bound = collected.module.bound
    if collected.opaque or "__getattr__" in bound:
        return None
    return frozenset(bound | below | set(dir(ModuleType("_"))) | {"__file__", "__path__"})
