"""The modules that the name of a missing one may stand for: of the standard library, of well-known packages, and of the
project; a distribution's name stands for its module."""

from __future__ import annotations

import re
import sys
import sysconfig
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache
from pathlib import Path

from quickfix_ls.languages.python.environment import PythonEnvironment
from quickfix_ls.languages.python.members.stdlib_members import module_members
from quickfix_ls.languages.python.names.near_names import nearest
from quickfix_ls.languages.python.project.importable import has_member, importable_modules
from quickfix_ls.languages.python.project.known_modules import known_modules
from quickfix_ls.languages.python.project.packages import distributions, renamed
from quickfix_ls.languages.python.project.stdlib_history import is_former_module, module_lifetime

_SOURCES = Path(sysconfig.get_path("stdlib"))
_LIMIT = 3


def meant_modules(environment: PythonEnvironment, old: str, asked: Iterable[str]) -> list[str]:
    """Return the modules that a missing one may stand for, the likeliest first. `asked` are the members that the file
    imports or reads from it: a module that is known to lack all of them is left out."""
    parent, _, last = _missing_part(environment, old).rpartition(".")
    rest = old[len(f"{parent}.{last}".lstrip(".")) :]
    if is_former_module(old):
        return []
    wanted = frozenset(asked)
    if parent:
        found = [f"{parent}.{child}" for child in nearest(last, _children(environment, parent), _LIMIT)]
    else:
        confused = renamed("modules", last)
        known = list(confused.new) if confused is not None and not confused.package else []
        own = _own_modules(environment)
        near = nearest(last, own | _well_known(), limit=8)
        near.sort(key=lambda name: (_lacks(name, wanted), name not in own, name not in sys.stdlib_module_names))
        found = [*known, *_of_distribution(last), *near]
    fitting = [name for name in dict.fromkeys(found) if not wanted or _lacks(name + rest, wanted) < 2]
    return [name + rest for name in fitting[:_LIMIT] if name != last]


def is_missing(environment: PythonEnvironment, module: str) -> bool:
    """Return whether a dotted module is certainly missing: a module of the standard library has no such submodule, or
    no folder of a known environment has the top-level module."""
    top, _, rest = module.partition(".")
    if top in sys.stdlib_module_names:
        return bool(rest) and _missing_part(environment, module) != "" and not module_lifetime(module)
    return bool(environment.packages) and top not in _own_modules(environment) | _installed(environment.packages)


def _lacks(module: str, wanted: frozenset[str]) -> int:
    """Return 0 if a module has a wanted member, 1 if that is unknown, 2 if it has none of them."""
    if any(has_member(module, name) for name in wanted):
        return 0
    members = module_members(module)
    if members is None:
        return 1
    return 2 if wanted.isdisjoint(members) else 0


def _missing_part(environment: PythonEnvironment, module: str) -> str:
    """Return the shortest part of a dotted name, from its start, that is no module; empty if all are modules."""
    parts = module.split(".")
    if len(parts) == 1 or not _is_module(environment, parts[0]):
        return parts[0]
    for count in range(2, len(parts) + 1):
        if parts[count - 1] not in _children(environment, ".".join(parts[: count - 1])):
            return ".".join(parts[:count])
    return ""


def _is_module(environment: PythonEnvironment, top: str) -> bool:
    return top in sys.stdlib_module_names or top in _well_known() or top in _own_modules(environment)


def _children(environment: PythonEnvironment, parent: str) -> frozenset[str]:
    """Return the modules in a package, as far as they are known."""
    below = {"path"} if parent == "os" else set[str]()
    prefix = f"{parent}."
    for module in importable_modules():
        if module.startswith(prefix):
            below.add(module[len(prefix) :].partition(".")[0])
    for folder in (str(_SOURCES), *environment.packages, *environment.beside, *environment.importables.roots):
        below |= _modules_in(str(Path(folder).joinpath(*parent.split("."))))
    return frozenset(below)


def _own_modules(environment: PythonEnvironment) -> frozenset[str]:
    folders = (*environment.beside, *environment.importables.roots)
    return frozenset[str]().union(*map(_modules_in, folders))


def _modules_in(folder: str) -> frozenset[str]:
    """Return the modules and packages in a folder. It is listed each time, since files come and go."""
    try:
        paths = list(Path(folder).iterdir())
    except OSError:
        return frozenset()
    found = (path for path in paths if path.suffix in (".py", ".pyi", ".so", ".pyd") or path.is_dir())
    names = (path.name.partition(".")[0] for path in found)
    return frozenset(name for name in names if name.isidentifier() and not name.startswith("__"))


@lru_cache(maxsize=8)
def _installed(folders: tuple[str, ...]) -> frozenset[str]:
    return frozenset[str]().union(*map(_modules_in, folders))


@cache
def _well_known() -> frozenset[str]:
    tops = {module.partition(".")[0] for module in (*importable_modules(), *distributions(), *sys.stdlib_module_names)}
    return frozenset(name for name in known_modules() | tops if not name.startswith("_"))


def _of_distribution(name: str) -> Iterator[str]:
    """Yield the module of the distribution that has this name, or one like it: `beautifulsoup4`, `opencv_python`."""
    plain = _normalized(name)
    for module, distribution in distributions().items():
        if _normalized(distribution) == plain and "." not in module:
            yield module


def _normalized(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()
