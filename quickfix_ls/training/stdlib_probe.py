"""List what the standard library of the running Python has, as JSON; `stdlib_history` runs it with each interpreter.

It is written for Python 2.7 and 3: no annotations, no f-strings. The result maps each public module to its members:
`null` for a value, the dotted name of an imported module, the list of a function's parameters, and for a class the
mapping of its members. Standard input may map modules to names that a module may have without listing them.
"""
# ruff: noqa
# mypy: ignore-errors
# Both for Python 2.7, whose syntax has no annotations.

from __future__ import print_function

import inspect
import json
import os
import pkgutil
import sys
import types
import warnings

_LEFT_OUT = frozenset(
    ("antigravity", "idlelib", "lib2to3", "pydoc_data", "site-packages", "test", "tests", "this", "turtledemo")
)
_CLASSES = (type, getattr(types, "ClassType", type))


def main():
    """Print the members of every module that can be imported."""
    warnings.simplefilter("ignore")
    out, sys.stdout = sys.stdout, sys.stderr
    asked = json.loads(sys.stdin.read() or "{}")
    found = {}
    for name in sorted(_names()):
        try:
            __import__(name)
            module = sys.modules[name]
            found[name] = _members(module, name)
            found[name].update(
                (member, None)
                for member in asked.get(name, ())
                if member not in found[name] and hasattr(module, member)
            )
        except BaseException:
            continue
    json.dump({"version": list(sys.version_info[:2]), "modules": found}, out)
    out.flush()
    os._exit(0)


def _names():
    """Yield the dotted names of all public modules."""
    for name in sys.builtin_module_names:
        if not name.startswith("_"):
            yield name
    yield "builtins" if sys.version_info[0] > 2 else "__builtin__"
    root = os.path.dirname(os.__file__)
    extensions = [os.path.join(root, "lib-dynload")]
    tk = [os.path.join(root, "lib-tk")] if sys.version_info[0] < 3 else []
    for folder in [root] + extensions + tk:
        for name in _below(folder, ""):
            yield name


def _below(folder, prefix):
    for _, name, is_package in pkgutil.iter_modules([folder]):
        if name.startswith("_") or name in _LEFT_OUT or name.endswith("_d"):
            continue
        yield prefix + name
        if is_package and name != "encodings":
            for below in _below(os.path.join(folder, name), prefix + name + "."):
                yield below


def _members(module, name):
    found = {}
    for member in dir(module):
        if member.startswith("_"):
            continue
        try:
            value = getattr(module, member)
        except Exception:
            continue
        if isinstance(value, types.ModuleType):
            found[member] = value.__name__
        elif isinstance(value, _CLASSES):
            found[member] = _of_class(value) if _is_own(value, name) else None
        elif callable(value) and _is_own(value, name):
            found[member] = _parameters(value)
        else:
            found[member] = None
    return found


def _is_own(value, module):
    """Return whether a class or function is defined in a module, or in the private one behind it."""
    where = getattr(value, "__module__", None) or module
    return where.lstrip("_") == module.lstrip("_") or where.lstrip("_").split(".")[0] == module.split(".")[0]


def _of_class(cls):
    found = {}
    for name in dir(cls):
        if name.startswith("_") and name != "__init__":
            continue
        try:
            value = getattr(cls, name)
        except Exception:
            continue
        found[name] = _parameters(value) if callable(value) else None
    return found


def _parameters(function):
    """Return the names of the parameters, with `**` if any keyword argument is accepted; None if unknown."""
    try:
        if sys.version_info[0] < 3:
            names, _, keywords, _ = inspect.getargspec(function)
            names = names + ["**"] if keywords else names
        else:
            kinds = {1: "{}", 3: "{}", 4: "**"}
            parameters = inspect.signature(function).parameters.values()
            names = [kinds[int(one.kind)].format(one.name) for one in parameters if int(one.kind) in kinds]
    except (TypeError, ValueError):
        return None
    return [name for name in names if name not in ("self", "cls")]


if __name__ == "__main__":
    main()
