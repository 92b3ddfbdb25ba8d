"""The environment of a Python file: the version it is for, the packages and modules that it can import."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from quickfix_ls.index.index import Index
from quickfix_ls.languages.language import FilePlace
from quickfix_ls.languages.python.compile_check import HERE, Version
from quickfix_ls.languages.python.project.importable import Importables
from quickfix_ls.languages.python.project.interpreter import modules_for, packages_of, target_of
from quickfix_ls.values import Problem


@dataclass(frozen=True)
class PythonEnvironment:
    """The packages, modules and Python version that a file depends on.

    - `target` is the Python version that the file is for.
    - `packages` are the folders with the packages of the project's own environment; empty where none is known, and then
      nothing is reported about any package.
    - `beside` are the other folders whose modules the file can import.
    - `importables` is the index of names that an import can define.
    - `notebook`: the code is that of a notebook, where `await` is allowed outside of functions and the kernel defines
      names.
    """

    target: Version = HERE
    packages: tuple[str, ...] = ()
    beside: tuple[str, ...] = ()
    importables: Importables = field(default_factory=Importables)
    notebook: bool = False


def environment_for(place: FilePlace) -> PythonEnvironment:
    """Return the environment of a file. Its version is the one set by the user, else the one its project declares, else
    our own. Reads files and lists folders; runs nothing."""
    roots = _own_roots(place)
    packages = () if place.patient else packages_of(roots)
    importables = _importables(roots, packages, place.patient)
    if place == FilePlace():
        return PythonEnvironment(importables=importables)
    version = tuple(map(int, place.version.split("."))) if place.version else target_of(place.path, place.within)
    target = (version[0], version[1]) if version else HERE
    return PythonEnvironment(target, *modules_for(place.path, place.within), importables, place.notebook)


def prepare(index: Index, problems: Sequence[Problem]) -> Callable[[], None] | None:
    """Return work to do before code actions are requested for undefined names, or None: reading the names that the
    packages imported by the file export."""
    from quickfix_ls.languages.python.facts import environment_of, imported_modules

    if not any(problem.code == "NameError" for problem in problems):
        return None
    importables = environment_of(index).importables
    packages = importables.unlearnt(imported_modules(index).values())
    return (lambda: importables.learn(packages)) if packages else None


def _own_roots(place: FilePlace) -> tuple[str, ...]:
    """Return the workspace folders that contain a file, since another one may have another module of the same name; all
    of them if none does."""
    own = tuple(root for root in place.roots if place.path and Path(place.path).is_relative_to(root))
    return own or place.roots


@lru_cache(maxsize=8)
def _importables(roots: tuple[str, ...], packages: tuple[str, ...], patient: bool) -> Importables:
    return Importables(roots, packages, patient)
