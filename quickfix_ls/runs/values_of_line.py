"""The values that a line of a failed program names, looked at without running any code of theirs."""

from __future__ import annotations

import builtins
import importlib.machinery
import inspect
import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from types import MethodType, ModuleType
from typing import Any

_MOST_KEYS = 200
_MOST_NESTED = 20
_DEPTH = 3
_DOTTED = re.compile(r"(?<![\w.])[^\W\d]\w*(?:\.[^\W\d]\w*)*")
_CALLED = re.compile(r"((?<![\w.])[^\W\d]\w*(?:\.[^\W\d]\w*)*)\s*\(")
_NOTHING = object()


def values_in(line: str, names: Mapping[str, Any]) -> dict[str, Any]:
    """Return the variables that a line names, and what it reads of them by attributes, as it writes them."""
    found: dict[str, Any] = {}
    for match in _DOTTED.finditer(line):
        parts = match[0].split(".")
        for count in range(1, len(parts) + 1):
            value = value_of(parts[:count], names)
            if value is _NOTHING:
                break
            found[".".join(parts[:count])] = value
    return found


def value_of(parts: list[str], names: Mapping[str, Any]) -> Any:
    """Return the value of a dotted name; a sentinel if it has none that can be read without running code."""
    value = names.get(parts[0], _NOTHING)
    for part in parts[1:]:
        owned = vars(value) if hasattr(type(value), "__dict__") and hasattr(value, "__dict__") else {}
        value = owned.get(part, _NOTHING)
    return value


def keyed_in(values: Iterable[Any], depth: int = _DEPTH) -> Iterator[tuple[Any, list[str | int]]]:
    """Yield the mappings and tables among values, also in mappings and lists, with their keys that are texts or
    integers."""
    for value in values:
        if type(value).__name__ in ("DataFrame", "LazyFrame") and hasattr(value, "columns"):
            keys = list(value.columns)
        elif isinstance(value, dict):
            keys = list(islice(value, _MOST_KEYS))
        elif type(value).__module__ == "sqlite3" and hasattr(value, "keys"):
            keys = list(value.keys())
        else:
            keys = []
        if keys:
            yield value, [key for key in keys if isinstance(key, (str, int))]
        if depth > 1 and isinstance(value, (dict, list)):
            nested = value.values() if isinstance(value, dict) else value
            yield from keyed_in(islice(nested, _MOST_NESTED), depth - 1)


def parameters_in(line: str, names: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the parameters of the functions and classes that a line calls by their dotted names."""
    found: dict[str, None] = {}
    for match in _CALLED.finditer(line):
        for name in _parameters(_called(match[1].split("."), names)):
            found[name] = None
    return tuple(found)


def _called(parts: list[str], names: Mapping[str, Any]) -> Any:
    value = names.get(parts[0], getattr(builtins, parts[0], _NOTHING))
    for part in parts[1:]:
        value = inspect.getattr_static(value, part, _NOTHING)
        value = value.__func__ if isinstance(value, (staticmethod, classmethod, MethodType)) else value
    return value


def _parameters(called: Any) -> list[str]:
    if called is _NOTHING or not callable(called):
        return []
    try:
        parameters = inspect.signature(called).parameters.values()
    except (TypeError, ValueError):
        return []
    kinds = (inspect.Parameter.POSITIONAL_OR_KEYWORD, inspect.Parameter.KEYWORD_ONLY)
    return [one.name for one in parameters if one.kind in kinds and one.name not in ("self", "cls")]


def module_below(module: ModuleType, written: str, line: str) -> str:
    """Return the longest dotted name of a line that is a module below a module which is `written` so; an empty string
    if there is none. Nothing is imported."""
    places = [match[0].removeprefix(f"{written}.") for match in _DOTTED.finditer(line) if match[0].startswith(written)]
    for below in places:
        name, path = module.__name__, getattr(module, "__path__", None)
        for part in below.split("."):
            found = importlib.machinery.PathFinder.find_spec(f"{name}.{part}", path) if path else None
            if found is None:
                break
            name, path = f"{name}.{part}", found.submodule_search_locations
        if name != module.__name__:
            return name
    return ""


def type_name(value: object) -> str:
    """Return the name of a value's type, with its module unless that is builtin."""
    kind = type(value)
    return kind.__qualname__ if kind.__module__ == "builtins" else f"{kind.__module__}.{kind.__qualname__}"
