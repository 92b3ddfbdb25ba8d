"""The Python versions that a project declares as supported, or pins."""

from __future__ import annotations

import operator as operators
import re
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

Version = tuple[int, int]

# The minor versions that the parser can check; an older declared version is replaced by the oldest of these.
_MINORS = range(7, 40)
_PATCHES = range(40)
_CLAUSE = re.compile(r"\s*(===|==|!=|~=|>=|<=|>|<|\^|)\s*v?(\d+(?:\.\d+)*)(\.\*)?\s*")
_PIN = re.compile(r"(?:cpython|pypy|python)?[-@]?(3)\.(\d+)", re.IGNORECASE)

_COMPARE = {">=": operators.ge, "<=": operators.le, ">": operators.gt, "<": operators.lt}

_Full = tuple[int, int, int]


def promised(folder: Path) -> Version | None:
    """Return the lowest version that `requires-python` in the folder's `pyproject.toml` admits (or Poetry's `python`);
    None if it is absent or not understood."""
    content = _toml(folder / "pyproject.toml")
    project = content.get("project")
    wanted = project.get("requires-python") if isinstance(project, dict) else None
    if wanted is None:
        wanted = content
        for key in ("tool", "poetry", "dependencies", "python"):
            wanted = wanted.get(key) if isinstance(wanted, dict) else None
    return lowest(wanted) if isinstance(wanted, str) else None


def pinned(folder: Path) -> Version | None:
    """Return the version in the folder's `.python-version`, which pyenv and uv read; None if there is none."""
    lines = (line.partition("#")[0].strip() for line in _text(folder / ".python-version").splitlines())
    found = next((_PIN.match(line) for line in lines if line), None)
    return (int(found[1]), int(found[2])) if found else None


def lowest(specifier: str) -> Version | None:
    """Return the lowest version of Python 3 that a specifier admits in one of its releases.

    The syntax is that of https://packaging.python.org/specifications/version-specifiers, without pre-releases, plus
    Poetry's `^`. None if no version is admitted, or if the specifier is not valid.
    """
    clauses = [_CLAUSE.fullmatch(part) for part in specifier.split(",") if part.strip()]
    if not clauses or None in clauses:
        return None
    tests = [test for clause in clauses if clause for test in _tests(*clause.groups())]
    for minor in _MINORS:
        if any(all(test((3, minor, patch)) for test in tests) for patch in _PATCHES):
            return (3, minor)
    return None


def _tests(operator: str, number: str, star: str | None) -> Iterator[Callable[[_Full], bool]]:
    given = tuple(map(int, number.split(".")))
    full = (*given, 0, 0, 0)[:3]
    size = len(given)
    if operator in ("==", "===", "") and (star or operator == ""):
        yield lambda version: version[:size] == given
    elif operator in ("==", "==="):
        yield lambda version: version == full
    elif operator == "!=":
        yield lambda version: version[:size] != given if star else version != full
    elif operator in ("~=", "^"):
        head = given[:1] if operator == "^" else given[: max(1, size - 1)]
        yield lambda version: version >= full and version[: len(head)] == head
    else:
        compare = _COMPARE[operator]
        yield lambda version: bool(compare(version, full))


def _toml(path: Path) -> dict[str, Any]:
    # Imported here: most folders have no such file.
    text = _text(path)
    if not text:
        return {}
    if sys.version_info >= (3, 11):
        import tomllib
    else:
        import tomli as tomllib
    try:
        content: dict[str, Any] = tomllib.loads(text)
    except ValueError:
        return {}
    return content


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8", errors="replace")
    except OSError:
        return ""
