"""Make the shipped table of names that not every version or platform of the standard library has.

    python -m quickfix_ls.training.stdlib_history

Each interpreter that pyenv has installed is asked what its modules, classes and functions have (`stdlib_probe`);
typeshed, as mypy bundles it, adds the newest version, which need not be installed, and other platforms. A name that all
supported versions have on all platforms is left out. The replacements are not generated: they are in
`renamed_stdlib.toml`, by hand, with the pages of "What's New in Python" that name them.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby
from pathlib import Path
from typing import Any, NamedTuple

from quickfix_ls.languages.python.project.stdlib_history import DATA
from quickfix_ls.training import stdlib_probe
from quickfix_ls.training.typeshed_names import Version, names_of_modules

_INTERPRETERS = Path.home() / ".pyenv" / "versions"
_OLDEST_SUPPORTED, _NEWEST = (3, 10), (3, 14)
_IN_STUBS = tuple((3, minor) for minor in range(9, _NEWEST[1] + 1))
_PLATFORMS = ("linux", "darwin", "win32")
_SECONDS = 120

Modules = Mapping[str, Mapping[str, Any]]


class _Name(NamedTuple):
    """A name in the table: a module (its owner is empty), a member of a module, an attribute of a class or a parameter
    of a function or class."""

    part: str
    owner: str
    name: str


Lives = dict[_Name, set[Version]]


def main() -> int:
    """Write the table beside its loader."""
    probed = _probed(sorted(_INTERPRETERS.glob("*/bin/python")))
    if max(probed, default=_OLDEST_SUPPORTED) < (3, 13) or min(probed) > (2, 7):
        print(f"the interpreters in {_INTERPRETERS} don't reach from 2.7 to 3.13: {sorted(probed)}", file=sys.stderr)
        return 1
    lives, elsewhere = _lives(probed)
    table: dict[str, Any] = {"modules": {}, "members": {}, "attributes": {}, "parameters": {}}
    for key, lived in sorted(_distinct(_uncommon(lives, elsewhere, [*sorted(probed), _NEWEST])).items()):
        of_owner = table[key.part].setdefault(key.owner, {}) if key.owner else table[key.part]
        of_owner[lived] = f"{of_owner[lived]} {key.name}" if lived in of_owner else key.name
    table["card"] = {
        "what": "names of the standard library that not every version and platform has, with those that have them",
        "made_by": "python -m quickfix_ls.training.stdlib_history",
        "interpreters": [".".join(map(str, version)) for version in sorted(probed)],
    }
    DATA.write_text(json.dumps(table, indent=0, sort_keys=True) + "\n", encoding="utf-8")
    print(f"{DATA.name}: {DATA.stat().st_size // 1024} KB")
    return 0


def _probed(interpreters: list[Path]) -> dict[Version, Modules]:
    """Ask the interpreters what they have, and the newer ones again for what the older ones have, since a module may
    have more members than it lists (`__getattr__`)."""
    first = dict(_probe(python, {}) for python in interpreters)
    asked: dict[str, list[str]] = {}
    for modules in first.values():
        for module, members in modules.items():
            asked[module] = sorted({*asked.get(module, ()), *members})
    return dict(_probe(python, asked) for python in interpreters)


def _probe(python: Path, asked: Mapping[str, list[str]]) -> tuple[Version, Modules]:
    """Ask an interpreter what its standard library has. Raises OSError, ValueError or SubprocessError if it fails."""
    assert stdlib_probe.__file__ is not None
    command = [str(python), "-E", "-s", "-B", stdlib_probe.__file__]
    done = subprocess.run(command, capture_output=True, timeout=_SECONDS, input=json.dumps(asked).encode(), check=True)
    content = json.loads(done.stdout)
    major, minor = content["version"]
    modules = content["modules"]
    modules["builtins"] = modules.get("__builtin__", modules.get("builtins"))
    return (major, minor), modules


def _lives(probed: Mapping[Version, Modules]) -> tuple[Lives, set[_Name]]:
    """Return the versions that have each name, and the names that some platform lacks."""
    lives: Lives = {}
    stubs = {
        version: {platform: set(_names(names_of_modules(version, platform))) for platform in _PLATFORMS}
        for version in _IN_STUBS
    }
    elsewhere: set[_Name] = set()
    for version, modules in probed.items():
        _add(lives, version, _names(modules))
    for version, platforms in stubs.items():
        names = list(platforms.values())
        _add(lives, version, set().union(*names))
        elsewhere |= set().union(*names) - names[0].intersection(*names[1:])
    # Stubs don't list all that a module has: what they never listed is taken to live on.
    listed = set().union(*stubs[_IN_STUBS[-2]].values())
    _add(lives, _NEWEST, [name for name, versions in lives.items() if _IN_STUBS[-2] in versions and name not in listed])
    return lives, elsewhere


def _add(lives: Lives, version: Version, names: Iterable[_Name]) -> None:
    for name in names:
        lives.setdefault(name, set()).add(version)


def _names(modules: Modules) -> Iterator[_Name]:
    for module, members in modules.items():
        yield _Name("modules", "", module)
        for member, value in members.items():
            yield _Name("members", module, member)
            yield from _inner(f"{module}.{member}", value)


def _inner(owner: str, value: Any) -> Iterator[_Name]:
    """Yield the attributes of a class, and the parameters of a function or method."""
    if isinstance(value, list):
        yield from (_Name("parameters", owner, name) for name in value if name != "**")
    elif isinstance(value, dict):
        for name, inner in value.items():
            if name != "__init__":
                yield _Name("attributes", owner, name)
            yield from _inner(owner if name == "__init__" else f"{owner}.{name}", inner)


def _uncommon(lives: Lives, elsewhere: set[_Name], versions: list[Version]) -> dict[_Name, str]:
    """Return the names that some supported version lacks though it has the owner, with the ranges of the versions that
    have them; `platform` for names that only some platform lacks."""
    of_functions: dict[str, set[Version]] = {}
    for name, lived in lives.items():
        if name.part == "parameters":
            of_functions.setdefault(name.owner, set()).update(lived)
    found = {}
    for name, lived in lives.items():
        owned = set(versions)
        if name.owner:
            owned = of_functions[name.owner] if name.part == "parameters" else _versions_of_owner(lives, name)
        supported = {version for version in owned if version >= _OLDEST_SUPPORTED}
        if _is_beside_the_point(name, lives, owned):
            continue
        if supported - lived:
            found[name] = _ranges(lived, versions)
        elif name in elsewhere:
            found[name] = "platform"
    return found


def _is_beside_the_point(name: _Name, lives: Lives, owned: set[Version]) -> bool:
    """Return whether an entry would tell nothing: a submodule, which is a member once it is imported; a new attribute;
    a parameter that is new or whose function is gone; what all exceptions have."""
    lived = lives[name]
    if name.part == "members":
        return _NEWEST in lives.get(_Name("modules", "", f"{name.owner}.{name.name}"), ())
    if name.part == "attributes":
        of_all = lives.get(_Name("attributes", "builtins.BaseException", name.name), set())
        return _NEWEST in lived or (lived <= of_all and name.owner != "builtins.BaseException")
    return name.part == "parameters" and (_NEWEST in lived or _NEWEST not in owned)


def _distinct(found: dict[_Name, str]) -> dict[_Name, str]:
    """Leave out what another entry says too: modules of a package that lived as long, and what a class or function
    has under a second name."""
    shortest: dict[tuple[str, str, str, str], _Name] = {}
    for name, lived in sorted(found.items(), key=lambda item: (len(item[0].owner), item[0])):
        parts = name.owner.split(".")
        named = ".".join(parts[-2:] if parts[-2:-1] and parts[-2][:1].isupper() else parts[-1:])
        owner = name.owner if name.part in ("modules", "members") else named
        shortest.setdefault((name.part, owner, name.name, lived), name)
    return {
        name: found[name]
        for name in shortest.values()
        if name.part != "modules" or found.get(name._replace(name=name.name.rpartition(".")[0])) != found[name]
    }


def _versions_of_owner(lives: Lives, name: _Name) -> set[Version]:
    """Return the versions that have the module of a member, or the class of an attribute."""
    if name.part == "members":
        return lives[_Name("modules", "", name.owner)]
    module, _, last = name.owner.rpartition(".")
    return lives[_Name("members", module, last)]


def _ranges(lived: set[Version], versions: list[Version]) -> str:
    """Return the versions as ranges, such as `2.7-3.8` or `2.7,3.10-`; the last one is open if it is not over."""
    runs = [list(run) for has, run in groupby(versions, lived.__contains__) if has]
    return ",".join(_range(run[0], run[-1], versions[-1]) for run in runs)


def _range(first: Version, last: Version, newest: Version) -> str:
    start, end = (".".join(map(str, version)) for version in (first, last))
    return f"{start}-" if last == newest else start if first == last else f"{start}-{end}"


if __name__ == "__main__":
    sys.exit(main())
