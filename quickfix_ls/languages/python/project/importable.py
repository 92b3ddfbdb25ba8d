"""The names that can be imported: from the standard library, installed packages, the workspace's modules, and by
conventional aliases."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

from quickfix_ls.languages.python.names.near_names import is_mistyped
from quickfix_ls.languages.python.project.installed import owns
from quickfix_ls.languages.python.project.known_modules import known_modules
from quickfix_ls.languages.python.project.package_names import Names, names_of_package
from quickfix_ls.languages.python.project.well_known import names_of_modules, well_known
from quickfix_ls.shipped import models_of

DATA = models_of("python") / "importables.json"
"""The shipped table, written by `training.importables`, which documents its content."""

_WORKSPACE_FILES = 2_000
_WORKSPACE_BYTES = 20_000_000
_WORKSPACE_POPULARITY = 50
_KNOWN_POPULARITY = 10
"""The popularity assigned to the module of a well-known package that the corpus does not import."""
_NEAR_POPULARITY, _USED_POPULARITY = 60, 200
"""The popularity assigned to a name of a package that the file imports, and to a name of a module from which it imports
other names."""
_MAX_WAYS_PER_PACKAGE = 3
_PACKAGE_FOLDERS = ("site-packages", "dist-packages")
_LEFT_OUT = frozenset({"build", "dist", "node_modules", "site-packages", "__pycache__"})
_DEFINES = re.compile(
    r"^(?:(?:async[ \t]+def|def|class)[ \t]+([^\W\d]\w*)|(_*[A-Z]\w*)[ \t]*(?::[^=\n]+)?=(?!=))", re.MULTILINE
)
"""Functions, classes, and variables named like constants or types."""


@dataclass(frozen=True, slots=True)
class Importable:
    """An import that defines a name: the statement, and its `popularity` (number of files of the corpus that contain
    it).

    `module` is the module in the statement; `member` is empty if the module itself is imported.
    """

    name: str
    statement: str
    popularity: int
    module: str
    member: str = ""


class Importables:
    """The importable names, including those of the workspace folders `roots`. `packages` are the folders of installed
    packages, by default those of the running interpreter.

    The shipped table is read at the first call (milliseconds); installed packages and the workspace are then listed
    once, too, without importing anything. `prepare` does all of it ahead of time. If `patient`, the names of a package
    are read when they are needed; else they have to be read ahead of time by `learn`.
    """

    def __init__(self, roots: tuple[str, ...] = (), packages: tuple[str, ...] = (), patient: bool = True) -> None:
        self.roots = roots
        self.patient = patient
        self.packages = packages or tuple(sys.path)
        self._learnt: dict[str, Names] = {}

    def prepare(self) -> None:
        """Read all data that later calls need. Files that can't be read are skipped."""
        _shipped(), _installed(self.packages), _workspace(self.roots)

    def for_name(self, name: str, limit: int = 5, near: tuple[str, ...] = ()) -> list[Importable]:
        """Return the imports that define `name`, the most common first, at most `limit`. `near` are the modules, or
        members of modules, that the file already imports: their packages, as far as their names have been read, are
        searched too."""
        ways = {way: count for way, count in _ways(name) if "!" not in way}
        if name in _installed(self.packages):
            ways.setdefault(name, 1)
        if name in known_modules():
            ways.setdefault(name, _KNOWN_POPULARITY)
        for module in _workspace(self.roots).get(name, ()):
            way = module if module == name else f"{module}:{name}"
            ways[way] = max(ways.get(way, 0), _WORKSPACE_POPULARITY)
        if self.patient:
            self.learn(self.unlearnt(near))
        for package in dict.fromkeys(item.partition(".")[0] for item in near):
            modules = self._learnt.get(package, {}).get(name, ()) or well_known(package, name)
            for module in _as_deep(modules, package, near)[:_MAX_WAYS_PER_PACKAGE]:
                is_used = any(item.rpartition(".")[0] == module or item == module for item in near)
                count = _USED_POPULARITY if is_used else _NEAR_POPULARITY
                ways[f"{module}:{name}"] = max(ways.get(f"{module}:{name}", 0), count)
        found = [_importable(name, way, count) for way, count in ways.items()]
        found.sort(key=lambda item: (-item.popularity, item.module.count("."), item.statement))
        return found[:limit]

    def unlearnt(self, imported: Iterable[str]) -> frozenset[str]:
        """Return the installed packages among imported modules whose names have not been read yet."""
        packages = {module.partition(".")[0] for module in imported} - sys.stdlib_module_names - self._learnt.keys()
        return frozenset(packages & _installed(self.packages))

    def learn(self, packages: Iterable[str]) -> None:
        """Read the names of installed packages from their sources, in about 0.1 s each. Thread-safe."""
        for package in packages:
            self._learnt[package] = names_of_package(package, self.packages)

    def modules_with(self, name: str) -> list[str]:
        """Return the modules that have an attribute `name`, the most common use first."""
        found = [re.split("[:!]", way)[0] for way, _ in _ways(name) if ":" in way or "!" in way]
        found += [module for module in _workspace(self.roots).get(name, ()) if module != name]
        return list(dict.fromkeys(found))

    def is_own(self, module: str) -> bool:
        """Return whether a module is one of the workspace that defines names."""
        return module in _workspace_modules(self.roots)

    def has(self, module: str, name: str) -> bool:
        """Return whether a module defines a name itself, or is a package with a module of that name: according to the
        shipped tables or to its installed source."""
        if has_member(module, name) or owns(module, name, self.packages):
            return True
        package = module.partition(".")[0]
        return module in well_known(package, name) or f"{module}.{name}" in names_of_modules(package)


def _as_deep(modules: Sequence[str], package: str, near: Iterable[str]) -> list[str]:
    """Return the outermost of the modules of a package that have a name, and those that are no deeper in it than the
    modules from which the file imports: people import from the outermost one, unless they write the package itself."""
    homes = [item.rpartition(".")[0] for item in near if item.partition(".")[0] == package]
    deepest = max((home.count(".") for home in homes), default=0)
    return [module for place, module in enumerate(modules) if not place or module.count(".") <= deepest]


@lru_cache(maxsize=1024)
def misspelt_module(name: str) -> str:
    """Return the module that the name of an unknown one is clearly a typing error for; empty if there is none, or if
    the name is that of a module of the standard library, of a package of the running interpreter, or of the shipped
    table."""
    if name in _modules() or name in sys.stdlib_module_names or name in _installed(tuple(sys.path)):
        return ""
    return next((module for module in sorted(_modules()) if is_mistyped(name, module, 3)), "")


@cache
def _modules() -> frozenset[str]:
    """Return the top-level modules of the standard library and of the shipped table."""
    shipped = (re.match(r"\d+ (\w+)", way) for ways in _shipped().values() for way in ways.split(";"))
    names = {found[1] for found in shipped if found} | sys.stdlib_module_names
    return frozenset(name for name in names if not name.startswith("_"))


@cache
def importable_modules() -> frozenset[str]:
    """Return the modules of the shipped table, by their dotted names."""
    ways = (way.partition(" ")[2] for entry in _shipped().values() for way in entry.split(";"))
    return frozenset(re.split("[:! ]", way)[0] for way in ways if way)


@cache
def members_of_module(module: str) -> frozenset[str]:
    """Return the members that the shipped table lists for a module."""
    return frozenset(
        name
        for name, entry in _shipped().items()
        if module in entry and any(way.startswith((f"{module}:", f"{module}!")) for way, _ in _ways(name))
    )


def has_member(module: str, name: str) -> bool:
    """Return whether the shipped table lists a name as a member of a module."""
    return any(re.split("[:!]", way)[0] == module for way, _ in _ways(name) if ":" in way or "!" in way)


def _ways(name: str) -> Iterator[tuple[str, int]]:
    for entry in _shipped().get(name, "").split(";"):
        count, _, way = entry.partition(" ")
        if way:
            yield re.sub(r"\A(?:genericpath|posixpath|ntpath)(?=[:!])", "os.path", way), int(count)


def _importable(name: str, way: str, count: int) -> Importable:
    module, _, member = way.partition(":")
    if member:
        return Importable(name, f"from {module} import {member}", count, module, member)
    if module.endswith(" as"):
        module = module.removesuffix(" as")
        parent, _, last = module.rpartition(".")
        if last == name:  # `import a.b as b` is better known as `from a import b`
            return Importable(name, f"from {parent} import {name}", count, parent, name)
        return Importable(name, f"import {module} as {name}", count, module)
    return Importable(name, f"import {module}", count, module)


@cache
def _shipped() -> dict[str, str]:
    try:
        names = json.loads(DATA.read_text(encoding="utf-8"))["names"]
    except (OSError, ValueError, KeyError):
        return {}
    return names if isinstance(names, dict) else {}


@cache
def _installed(folders: tuple[str, ...]) -> frozenset[str]:
    """Return the top-level modules of installed packages, as listed in their folders."""
    found: set[str] = set()
    for entry in folders:
        folder = Path(entry)
        if folder.name not in _PACKAGE_FOLDERS:
            continue
        try:
            names = [path.name for path in folder.iterdir()]
        except OSError:
            continue
        for name in names:
            stem, _, suffix = name.partition(".")
            is_module = not suffix or suffix.endswith(("py", "so", "pyd"))
            if is_module and stem.isidentifier() and not stem.startswith("_"):
                found.add(stem)
    return frozenset(found)


@cache
def _workspace(roots: tuple[str, ...]) -> dict[str, tuple[str, ...]]:
    """Return the names that the workspace's modules define at top level, and the modules' own names, with their
    modules."""
    found: dict[str, list[str]] = {}
    files = size = 0
    for root in roots:
        for path in _sources(Path(root)):
            files += 1
            try:
                size += path.stat().st_size
                if files > _WORKSPACE_FILES or size > _WORKSPACE_BYTES:
                    break
                text = path.read_text(encoding="utf-8", errors="replace")
            except OSError:
                continue
            module = _module_of(path.relative_to(root))
            if module is None:
                continue
            if "." not in module:
                found.setdefault(module, []).append(module)
            for name in dict.fromkeys(match[1] or match[2] for match in _DEFINES.finditer(text)):
                found.setdefault(name, []).append(module)
    return {name: tuple(modules) for name, modules in found.items()}


@cache
def _workspace_modules(roots: tuple[str, ...]) -> frozenset[str]:
    return frozenset(module for modules in _workspace(roots).values() for module in modules)


def _sources(folder: Path) -> Iterator[Path]:
    """Yield the Python files below a folder, the nearest first, without virtual environments and build folders."""
    try:
        entries = sorted(folder.iterdir())
    except OSError:
        return
    yield from (path for path in entries if path.suffix == ".py" and path.is_file())
    for path in entries:
        hidden = path.name.startswith(".") or path.name in _LEFT_OUT
        if not hidden and path.is_dir() and not path.is_symlink() and not (path / "pyvenv.cfg").exists():
            yield from _sources(path)


def _module_of(relative: Path) -> str | None:
    parts = list(relative.with_suffix("").parts)
    if parts[0] == "src" and len(parts) > 1:
        del parts[0]
    if parts[-1] == "__init__":
        del parts[-1]
    return ".".join(parts) if parts and all(part.isidentifier() for part in parts) else None
