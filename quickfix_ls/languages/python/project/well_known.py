"""The names that well-known packages export, for files whose packages are not installed where the server runs."""

from __future__ import annotations

import json
from functools import cache

from quickfix_ls.shipped import models_of

DATA = models_of("python") / "well_known.json"
"""The shipped table, written by `training.well_known`, which documents its content."""


def well_known(package: str, name: str) -> tuple[str, ...]:
    """Return the modules of a package from which a name is imported, the outermost first, those of which it is itself a
    module last; empty if the package is not in the table, or has no such name."""
    return _names_of(package).get(name, ())


def well_known_packages() -> tuple[str, ...]:
    """Return the packages of the table."""
    return tuple(sorted(_table()))


def names_of_modules(package: str) -> dict[str, list[str]]:
    """Return the names of a package's modules; empty for a package that is not in the table."""
    return {module: names.split() for module, names in _table().get(package, {}).items()}


@cache
def _names_of(package: str) -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    modules = _table().get(package, {})
    for module in sorted(modules, key=lambda module: (module.count("."), module)):
        for name in modules[module].split():
            found[name] = (*found.get(name, ()), module)
    for module in sorted(modules, key=lambda module: (module.count("."), module)):
        parent, _, last = module.rpartition(".")
        if parent and parent not in found.get(last, ()):
            found[last] = (*found.get(last, ()), parent)
    return found


@cache
def _table() -> dict[str, dict[str, str]]:
    try:
        packages = json.loads(DATA.read_text(encoding="utf-8"))["packages"]
    except (OSError, ValueError, KeyError):
        return {}
    return packages if isinstance(packages, dict) else {}
