"""Renames in third-party packages and in Python itself, and the distribution that provides a module: data files, read
at the first call."""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any, Literal, NamedTuple

_HERE = Path(__file__).parent
_TABLES = ("renamed_stdlib.toml", "renamed_packages.toml", "confused_stdlib.toml")

RenameKind = Literal["members", "modules", "methods", "arguments"]
_KINDS: tuple[RenameKind, ...] = ("members", "modules", "methods", "arguments")

PYTHON = "Python"
"""The `package` of renames in the standard library; that of names that never existed is empty."""


class Renamed(NamedTuple):
    """The replacement of `old`: of a member or a module by its dotted name, of a method by its class's name and its
    own, of an argument by the function's dotted name and its own.

    `new` lists the alternatives, the likeliest first, each a dotted name or a template (see the data file); `package`
    is the distribution whose `version` is the first that is known to lack the old name, according to `source`. A person
    should `look` at a replacement that may behave differently.
    """

    kind: RenameKind
    old: str
    new: tuple[str, ...]
    package: str
    version: str
    source: str
    look: bool = False

    @property
    def since(self) -> str:
        """The release that took the old name out, in words."""
        return f"{self.package} {self.version}".strip()


def renamed(kind: RenameKind, old: str) -> Renamed | None:
    """Return the replacement of a name; None if none is known."""
    table = _renamed()
    found = table.get((kind, old))
    if found is None and kind == "modules" and "." in old:
        parent, _, last = old.rpartition(".")
        family = table.get((kind, f"{parent}.*"))
        if family is not None:
            return family._replace(old=old, new=tuple(new.replace("*", last) for new in family.new))
    return found


def all_renames() -> tuple[Renamed, ...]:
    """Return every entry of the tables."""
    return tuple(_renamed().values())


def renamed_methods(name: str) -> tuple[Renamed, ...]:
    """Return the replacements of all methods with a name, whatever their class."""
    return _by_last("methods").get(name, ())


def renamed_arguments(function: str, name: str) -> tuple[Renamed, ...]:
    """Return the replacements of an argument of all functions and methods with a name, whatever their module."""
    found = _by_last("arguments").get(name, ())
    return tuple(item for item in found if item.old.split(".")[-2:-1] == [function])


def renamed_below(module: str) -> Renamed | None:
    """Return an entry for a module that has no successor as a whole, if some of its members have; its `new` is empty
    text."""
    first = _first_below().get(module)
    return first._replace(kind="modules", old=module, new=("",)) if first is not None else None


@cache
def _first_below() -> dict[str, Renamed]:
    """Return the first member with a successor of each module, and of each package of such a module."""
    found: dict[str, Renamed] = {}
    for (kind, old), item in _renamed().items():
        parent = old.rpartition(".")[0] if kind == "members" and item.new else ""
        while parent:
            found.setdefault(parent, item)
            parent = parent.rpartition(".")[0]
    return found


@cache
def packages_with_renames() -> frozenset[str]:
    """Return the top-level modules with known renames."""
    return frozenset(old.partition(".")[0] for kind, old in _renamed() if kind in ("members", "modules"))


def module_of_package(package: str) -> str:
    """Return the top-level module of a distribution with known renames; empty for Python."""
    return "" if package in ("", PYTHON) else _modules_of_packages().get(package, package.lower().replace("-", "_"))


def distribution_of(module: str) -> str:
    """Return the distribution that provides a module or the package that contains it; empty if it has the module's
    name."""
    table = distributions()
    while module and module not in table:
        module = module.rpartition(".")[0]
    return table.get(module, "")


@cache
def distributions() -> dict[str, str]:
    """Return the distributions whose names differ from those of their modules, by the modules."""
    if sys.version_info >= (3, 11):
        import tomllib
    else:
        import tomli as tomllib
    content: dict[str, str] = tomllib.loads((_HERE / "distributions.toml").read_text(encoding="utf-8"))
    return content


@cache
def _renamed() -> dict[tuple[RenameKind, str], Renamed]:
    found: dict[tuple[RenameKind, str], Renamed] = {}
    for release in (release for table in _TABLES for release in releases((_HERE / table).read_text(encoding="utf-8"))):
        origin = release.get("package", ""), release.get("version", ""), release["source"]
        for kind in _KINDS:
            for old, new in release.get(kind, {}).items():
                ways = (new,) if isinstance(new, str) else tuple(new)
                found[kind, old] = Renamed(kind, old, ways, *origin, release.get("look", False))
    return found


@cache
def _by_last(kind: RenameKind) -> dict[str, tuple[Renamed, ...]]:
    found: dict[str, tuple[Renamed, ...]] = {}
    for (of_kind, old), item in _renamed().items():
        if of_kind == kind:
            last = old.rpartition(".")[2]
            found[last] = (*found.get(last, ()), item)
    return found


@cache
def _modules_of_packages() -> dict[str, str]:
    return {
        item.package: old.partition(".")[0]
        for (kind, old), item in reversed(_renamed().items())
        if kind in ("members", "modules")
    }


_LINE = re.compile(
    r'^(?:\[(?P<head>\[release\]|release\.\w+)\]|"?(?P<key>[^"\s=#]+)"?[ \t]*=[ \t]*(?P<value>.+))$', re.M
)


def releases(text: str) -> Iterator[dict[str, Any]]:
    """Yield the releases of a table, whose values are strings, lists of strings, and `true`. It is read as lines, which
    is ten times as fast as a reader of any TOML."""
    release: dict[str, Any] = {}
    into = release
    for line in _LINE.finditer(text):
        head, value = line["head"], line["value"]
        if head == "[release]":
            if release:
                yield release
            into = release = {}
        elif head:
            into = release.setdefault(head.partition(".")[2], {})
        else:
            into[line["key"]] = value == "true" or (
                value[1:-1] if "\\" not in value and value[0] == '"' else ast.literal_eval(value)
            )
    if release:
        yield release
