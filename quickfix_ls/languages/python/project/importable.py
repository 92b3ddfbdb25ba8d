"""What can be imported: the standard library, installed packages, the workspace's modules, and customs."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

from quickfix_ls.languages.python.names.near_names import is_mistyped
from quickfix_ls.languages.python.project.installed import owns
from quickfix_ls.languages.python.project.package_names import Names, names_of_package
from quickfix_ls.shipped import models_of

DATA = models_of("python") / "importables.json"
"""The shipped table, made by `training.importables`, which says what is in it."""

_WORKSPACE_FILES = 2_000
_WORKSPACE_BYTES = 20_000_000
_WORKSPACE_POPULARITY = 50
_NEAR_POPULARITY, _USED_POPULARITY = 60, 200
"""How common a name of a package counts that the file imports, and of a module that it takes other names from."""
_OF_PACKAGE = 3
_PACKAGE_FOLDERS = ("site-packages", "dist-packages")
_LEFT_OUT = frozenset({"build", "dist", "node_modules", "site-packages", "__pycache__"})
_DEFINES = re.compile(r"^(?:async[ \t]+def|def|class)[ \t]+([^\W\d]\w*)", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Importable:
    """One way to define a name: the statement that does it, and how common it is (files of the corpus).

    `module` is the module that the statement names; `member` is empty where it imports the module itself.
    """

    name: str
    statement: str
    popularity: int
    module: str
    member: str = ""


class Importables:
    """The importable names, those of the workspace folders `roots` among them. `packages` are the folders where
    installed packages lie, the present interpreter's where there are none.

    What is shipped is read when first asked for (milliseconds); installed packages and the workspace are
    listed then too, once, without importing anything. `prepare` does all of it ahead of time. Whoever is `patient`
    has a package's names learnt when they are asked for; who is not, learns them ahead (`learn`).
    """

    def __init__(self, roots: tuple[str, ...] = (), packages: tuple[str, ...] = (), patient: bool = True) -> None:
        self.roots = roots
        self.patient = patient
        self.packages = packages or tuple(sys.path)
        self._learnt: dict[str, Names] = {}

    def prepare(self) -> None:
        """Read everything that answers will need. What can't be read is left out."""
        _shipped(), _installed(self.packages), _workspace(self.roots)

    def for_name(self, name: str, limit: int = 5, near: tuple[str, ...] = ()) -> list[Importable]:
        """The ways to define `name`, the most common first, at most `limit`. `near` are the modules, or what is in
        them, that the file imports already: their packages, as far as they are learnt, may have the name too."""
        ways = {way: count for way, count in _ways(name) if "!" not in way}
        if name in _installed(self.packages):
            ways.setdefault(name, 1)
        for module in _workspace(self.roots).get(name, ()):
            way = module if module == name else f"{module}:{name}"
            ways[way] = max(ways.get(way, 0), _WORKSPACE_POPULARITY)
        if self.patient:
            self.learn(self.unlearnt(near))
        for package in dict.fromkeys(one.partition(".")[0] for one in near):
            for module in self._learnt.get(package, {}).get(name, ())[:_OF_PACKAGE]:
                is_used = any(one.rpartition(".")[0] == module or one == module for one in near)
                count = _USED_POPULARITY if is_used else _NEAR_POPULARITY
                ways[f"{module}:{name}"] = max(ways.get(f"{module}:{name}", 0), count)
        found = [_importable(name, way, count) for way, count in ways.items()]
        found.sort(key=lambda one: (-one.popularity, one.module.count("."), one.statement))
        return found[:limit]

    def unlearnt(self, imported: Iterable[str]) -> frozenset[str]:
        """The installed packages of imported modules whose names are not learnt yet."""
        packages = {one.partition(".")[0] for one in imported} - sys.stdlib_module_names - self._learnt.keys()
        return frozenset(packages & _installed(self.packages))

    def learn(self, packages: Iterable[str]) -> None:
        """Look through the sources of installed packages, a tenth of a second or so each; by any thread."""
        for package in packages:
            self._learnt[package] = names_of_package(package, self.packages)

    def modules_with(self, name: str) -> list[str]:
        """The modules that have an attribute `name`, the most common use first."""
        found = [re.split("[:!]", way)[0] for way, _ in _ways(name) if ":" in way or "!" in way]
        found += [module for module in _workspace(self.roots).get(name, ()) if module != name]
        return list(dict.fromkeys(found))

    def has(self, module: str, name: str) -> bool:
        """Whether a module is known to give out a name as its own: by the shipped table, or by its installed source."""
        return has_member(module, name) or owns(module, name, self.packages)


@lru_cache(maxsize=1024)
def misspelt_module(name: str) -> str:
    """The module that the name of an unknown one is clearly mistyped for; empty where there is none, or where the name
    is that of a module of the standard library, of a package of our own interpreter's, or of one that we know."""
    if name in _modules() or name in sys.stdlib_module_names or name in _installed(tuple(sys.path)):
        return ""
    return next((one for one in sorted(_modules()) if is_mistyped(name, one, 3)), "")


@cache
def _modules() -> frozenset[str]:
    """The top-level modules of the standard library and of the shipped table."""
    shipped = (re.match(r"\d+ (\w+)", way) for ways in _shipped().values() for way in ways.split(";"))
    names = {found[1] for found in shipped if found} | sys.stdlib_module_names
    return frozenset(one for one in names if not one.startswith("_"))


def has_member(module: str, name: str) -> bool:
    """Whether the shipped table knows a name as a member of a module."""
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
    """The top-level modules of the installed packages, as their folders list them."""
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
    """The names that the workspace's modules define at the top, and the modules' own, with their modules."""
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
            for name in dict.fromkeys(_DEFINES.findall(text)):
                found.setdefault(name, []).append(module)
    return {name: tuple(modules) for name, modules in found.items()}


def _sources(folder: Path) -> Iterator[Path]:
    """The Python files below a folder, the nearest first; virtual environments and build folders left out."""
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
