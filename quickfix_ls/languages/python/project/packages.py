"""Renames in third-party packages, and the distribution that provides a module: data files, read at the first call."""

from __future__ import annotations

import sys
from functools import cache
from pathlib import Path
from typing import Any, Literal, NamedTuple

_HERE = Path(__file__).parent

RenameKind = Literal["members", "modules", "methods"]


class Renamed(NamedTuple):
    """The replacement of `old`: of a member or a module by its dotted name, of a method by its class's name and its
    own.

    `new` is a dotted name, or contains `{owner}` (see the data file); `package` is the distribution whose `version` is
    the first that is known to lack the old name, according to `source`.
    """

    kind: RenameKind
    old: str
    new: str
    package: str
    version: str
    source: str


def renamed(kind: RenameKind, old: str) -> Renamed | None:
    """Return the replacement of a name; None if none is known."""
    table = _renamed()
    found = table.get((kind, old))
    if found is None and kind == "modules" and "." in old:
        parent, _, last = old.rpartition(".")
        family = table.get((kind, f"{parent}.*"))
        return family._replace(old=old, new=family.new.replace("*", last)) if family is not None else None
    return found


@cache
def packages_with_renames() -> frozenset[str]:
    """Return the top-level modules with known renames."""
    return frozenset(old.partition(".")[0] for kind, old in _renamed() if kind != "methods")


def distribution_of(module: str) -> str:
    """Return the distribution that provides a module or the package that contains it; empty if it has the module's
    name."""
    table = _distributions()
    while module and module not in table:
        module = module.rpartition(".")[0]
    return table.get(module, "")


@cache
def _renamed() -> dict[tuple[RenameKind, str], Renamed]:
    found: dict[tuple[RenameKind, str], Renamed] = {}
    kinds: tuple[RenameKind, ...] = ("members", "modules", "methods")
    for release in _read("renamed_packages.toml")["release"]:
        for kind in kinds:
            for old, new in release.get(kind, {}).items():
                found[kind, old] = Renamed(kind, old, new, release["package"], release["version"], release["source"])
    return found


@cache
def _distributions() -> dict[str, str]:
    return _read("distributions.toml")


def _read(name: str) -> dict[str, Any]:
    if sys.version_info >= (3, 11):
        import tomllib
    else:
        import tomli as tomllib
    content: dict[str, Any] = tomllib.loads((_HERE / name).read_text(encoding="utf-8"))
    return content
