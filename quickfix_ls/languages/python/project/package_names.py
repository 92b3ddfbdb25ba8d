"""The names that the modules of an installed package export. Sources are searched as plain text, which is fast enough
for whole packages in the background; nothing is imported."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

Names = dict[str, tuple[str, ...]]
"""Names with their modules: public and outermost modules first, as names are usually imported from there."""

_MAX_FILES, _MAX_BYTES, _MAX_FILE_BYTES = 2_000, 25_000_000, 1_000_000
_LEFT_OUT = frozenset({"tests", "test", "testing", "conftest", "_vendor", "vendor", "externals", "__pycache__"})
_DEFINED = re.compile(
    r"^(?:(?:async[ \t]+def|def|class)[ \t]+([^\W\d]\w*)|(_*[A-Z]\w*)[ \t]*(?::[^=\n]+)?=(?!=))", re.MULTILINE
)
"""Functions, classes, and variables named like constants or types; other variables share their names with locals."""

_TAKEN = r"^from[ \t]+(?:\.[\w.]*|{top}\b[\w.]*)[ \t]+import\b[ \t]*(?:\(([^)]*)\)|([^(\n]*))"
_COMMENT = re.compile(r"#[^\n]*")


@lru_cache(maxsize=64)
def names_of_package(package: str, folders: tuple[str, ...]) -> Names:
    """Return the names that the modules of an installed package define at top level, and those that its subpackages
    import from each other to export them. Tests, and files beyond a few thousand, are skipped. Empty if the package is
    missing."""
    found: dict[str, dict[str, bool]] = {}
    taken = re.compile(_TAKEN.format(top=re.escape(package)), re.MULTILINE)
    for module, is_package, text in _sources(package, folders):
        for match in taken.finditer(text) if is_package else ():
            for name in _listed(match[1] or match[2] or ""):
                found.setdefault(name, {})[module] = False
        for match in _DEFINED.finditer(text):
            found.setdefault(match[1] or match[2], {})[module] = True
    return {name: tuple(sorted(modules, key=lambda key: _rank(key, modules[key]))) for name, modules in found.items()}


def _rank(module: str, defines: bool) -> tuple[bool, int, bool, str]:
    return "._" in module, module.count("."), not defines, module


def _listed(names: str) -> Iterator[str]:
    """Yield the names that an import statement binds."""
    for item in _COMMENT.sub("", names).split(","):
        words = item.split()
        if words and words[-1].isidentifier():
            yield words[-1]


def _sources(package: str, folders: tuple[str, ...]) -> Iterator[tuple[str, bool, str]]:
    """Yield the name, the kind (True for a package) and the source of each module of a package."""
    base = next((path for folder in folders if (path := Path(folder) / package / "__init__.py").is_file()), None)
    files = size = 0
    for path in _files(base.parent) if base else ():
        try:
            length = path.stat().st_size
            files, size = files + 1, size + length
            if files > _MAX_FILES or size > _MAX_BYTES:
                return
            text = path.read_text("utf-8", "replace") if length <= _MAX_FILE_BYTES else ""
        except OSError:
            continue
        parts = path.relative_to(base.parent.parent).with_suffix("").parts if base else ()
        is_package = parts[-1:] == ("__init__",)
        yield ".".join(parts[:-1] if is_package else parts), is_package, text


def _files(folder: Path) -> Iterator[Path]:
    """Yield the Python files below a folder, the nearest first."""
    try:
        entries = sorted(folder.iterdir())
    except OSError:
        return
    yield from (path for path in entries if path.suffix == ".py" and path.stem not in _LEFT_OUT)
    for path in entries:
        if path.name not in _LEFT_OUT and not path.suffix and not path.is_symlink() and path.is_dir():
            yield from _files(path)
