"""Names of the standard library that not every version and platform has. A name that existed once, or exists elsewhere,
is no typing error for one that exists here."""

from __future__ import annotations

import json
import sys
from functools import cache
from pathlib import Path
from typing import Any, Literal

DATA = Path(__file__).with_name("stdlib_history.json")
"""The shipped table, written by `training.stdlib_history`, which documents its content. It is read when a name is first
asked about that a module or class lacks."""

Part = Literal["members", "attributes", "parameters"]
Version = tuple[int, int]


def lifetime(part: Part, owner: str, name: str) -> str:
    """Return the versions that have a member of a module, an attribute of a class or a parameter of a function, as
    ranges such as `2.7-3.8`; `platform` if only the platform decides. Empty if all supported versions have it, or none
    ever had. A class may be given without its module."""
    table = _table(part)
    owners = (owner,) if owner in table else _short_names(part).get(owner, ())
    return next((lived for full in owners for lived, names in table[full].items() if name in names.split(" ")), "")


def module_lifetime(module: str) -> str:
    """Return the versions that have a module, as ranges; empty if all supported versions have it, or none ever had."""
    while module:
        if found := _modules().get(module):
            return found
        module = module.rpartition(".")[0]
    return ""


def existed(owner: str, name: str) -> bool:
    """Return whether some version or platform has a member of a module, or an attribute of a class."""
    return bool(lifetime("members", owner, name) or lifetime("attributes", owner, name))


def is_gone(lived: str, target: Version) -> bool:
    """Return whether a lifetime was over before a version."""
    return bool(lived) and lived[-1].isdigit() and _version(lived.rpartition(",")[2].rpartition("-")[2]) < target


@cache
def classes_with(name: str) -> tuple[str, ...]:
    """Return the full names of the classes that lost an attribute of this name."""
    return tuple(
        full
        for full, found in _table("attributes").items()
        if any(name in names.split(" ") for names in found.values())
    )


def _version(text: str) -> Version:
    major, _, minor = text.partition(".")
    return int(major), int(minor)


@cache
def _table(part: str) -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = _content().get(part, {})
    return found


@cache
def _modules() -> dict[str, str]:
    return {name: lived for lived, names in _content().get("modules", {}).items() for name in names.split(" ")}


@cache
def _short_names(part: str) -> dict[str, tuple[str, ...]]:
    """Return the full names of classes and functions by their last components: `Thread`, `Thread.join`."""
    found: dict[str, tuple[str, ...]] = {}
    for full in _table(part) if part != "members" else ():
        names = full.split(".")
        for count in (1, 2):
            short = ".".join(names[-count:])
            found[short] = (*found.get(short, ()), full)
    return found


@cache
def _content() -> dict[str, Any]:
    try:
        content = json.loads(DATA.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return content if isinstance(content, dict) else {}


def is_former_module(name: str) -> bool:
    """Return whether some version had a top-level module of this name that the running one lacks."""
    return name not in sys.stdlib_module_names and bool(_modules().get(name))
