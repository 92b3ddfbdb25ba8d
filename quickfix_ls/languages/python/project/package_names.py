"""Which module of an installed package gives out which name. Sources are looked through as text: fast enough to do it
for whole packages, in the background, and nothing is imported."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

Names = dict[str, tuple[str, ...]]
"""Names with their modules: the public and the outermost first, as that is where others take a name from."""

_MOST_FILES, _MOST_BYTES, _LARGEST = 2_000, 25_000_000, 1_000_000
_LEFT_OUT = frozenset({"tests", "test", "testing", "conftest", "_vendor", "vendor", "externals", "__pycache__"})
_DEFINED = re.compile(
    r"^(?:(?:async[ \t]+def|def|class)[ \t]+([^\W\d]\w*)|(_*[A-Z]\w*)[ \t]*(?::[^=\n]+)?=(?!=))", re.MULTILINE
)
"""Functions, classes, and values that are written like constants or types: others share their names with variables."""

_TAKEN = r"^from[ \t]+(?:\.[\w.]*|{top}\b[\w.]*)[ \t]+import\b[ \t]*(?:\(([^)]*)\)|([^(\n]*))"
_COMMENT = re.compile(r"#[^\n]*")


@lru_cache(maxsize=64)
def names_of_package(package: str, folders: tuple[str, ...]) -> Names:
    """What the modules of an installed package define at their top, and what its packages take from each other to give
    it out. Tests are left out, and what goes beyond some thousand files. Empty where it is not there."""
    found: dict[str, dict[str, bool]] = {}
    taken = re.compile(_TAKEN.format(top=re.escape(package)), re.MULTILINE)
    for module, is_package, text in _sources(package, folders):
        for match in taken.finditer(text) if is_package else ():
            for name in _listed(match[1] or match[2] or ""):
                found.setdefault(name, {})[module] = False
        for match in _DEFINED.finditer(text):
            found.setdefault(match[1] or match[2], {})[module] = True
    return {name: tuple(sorted(modules, key=lambda one: _rank(one, modules[one]))) for name, modules in found.items()}


def _rank(module: str, defines: bool) -> tuple[bool, int, bool, str]:
    return "._" in module, module.count("."), not defines, module


def _listed(names: str) -> Iterator[str]:
    """The names that an import statement binds."""
    for one in _COMMENT.sub("", names).split(","):
        words = one.split()
        if words and words[-1].isidentifier():
            yield words[-1]


def _sources(package: str, folders: tuple[str, ...]) -> Iterator[tuple[str, bool, str]]:
    """The modules of a package: their names, whether they are packages, and their texts."""
    base = next((path for folder in folders if (path := Path(folder) / package / "__init__.py").is_file()), None)
    files = size = 0
    for path in _files(base.parent) if base else ():
        try:
            length = path.stat().st_size
            files, size = files + 1, size + length
            if files > _MOST_FILES or size > _MOST_BYTES:
                return
            text = path.read_text("utf-8", "replace") if length <= _LARGEST else ""
        except OSError:
            continue
        parts = path.relative_to(base.parent.parent).with_suffix("").parts if base else ()
        is_package = parts[-1:] == ("__init__",)
        yield ".".join(parts[:-1] if is_package else parts), is_package, text


def _files(folder: Path) -> Iterator[Path]:
    """The Python files below a folder, the nearest first."""
    try:
        entries = sorted(folder.iterdir())
    except OSError:
        return
    yield from (path for path in entries if path.suffix == ".py" and path.stem not in _LEFT_OUT)
    for path in entries:
        if path.name not in _LEFT_OUT and not path.suffix and not path.is_symlink() and path.is_dir():
            yield from _files(path)
