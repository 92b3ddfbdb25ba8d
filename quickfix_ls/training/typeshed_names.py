"""The public names of the standard library's modules and classes according to typeshed, as mypy bundles it, for one
Python version and one platform."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

Version = tuple[int, int]
Members = dict[str, "Members | None"]
"""The members of a module by name: for a class its own members in turn, else None."""

_LINE = re.compile(r"^([\w.]+): (\d+)\.(\d+)-(?:(\d+)\.(\d+))?", re.MULTILINE)
_ALWAYS = (0, 0)


def names_of_modules(version: Version, platform: str) -> dict[str, Members]:
    """Return the public members of each public module for a version and a value of `sys.platform`. Raises
    ModuleNotFoundError without mypy."""
    reader = _Reader(version, platform)
    return {module: reader.members(module) for module in sorted(_files()) if reader.has(module)}


class _Reader:
    """The stubs as a type checker reads them for one version and platform."""

    def __init__(self, version: Version, platform: str) -> None:
        self.version, self.platform = version, platform
        self._known: dict[str, Members] = {}

    def has(self, module: str) -> bool:
        """Return whether the version has a module, and its name is public."""
        if any(part.startswith("_") for part in module.split(".")):
            return False
        first, last = _lifetime(module)
        return first <= self.version <= last

    def members(self, module: str) -> Members:
        """Return the public members of a module."""
        if module not in self._known:
            self._known[module] = {}  # stops the recursion of modules that import from each other
            found: Members = {}
            for node in self._statements(ast.parse(_files()[module].read_bytes()).body):
                found.update(self._bound(node, module))
            self._known[module] = {name: value for name, value in found.items() if not name.startswith("_")}
        return self._known[module]

    def _statements(self, body: list[ast.stmt]) -> Iterator[ast.stmt]:
        """Yield the statements that apply to the version and the platform."""
        for node in body:
            if isinstance(node, ast.If):
                yield from self._statements(node.body if self._holds(node.test) else node.orelse)
            else:
                yield node

    def _bound(self, node: ast.stmt, module: str) -> Iterator[tuple[str, Members | None]]:
        if isinstance(node, ast.ClassDef):
            inner = (self._bound(statement, module) for statement in self._statements(node.body))
            yield node.name, {name: None for found in inner for name, _ in found if not name.startswith("_")}
        elif isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
            yield node.name, None
        elif isinstance(node, (ast.Assign, ast.AnnAssign)):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            yield from ((target.id, None) for target in targets if isinstance(target, ast.Name))
        elif isinstance(node, ast.ImportFrom):
            yield from self._imported(node, module)
        elif isinstance(node, ast.Import):
            yield from ((alias.asname, None) for alias in node.names if alias.asname == alias.name)

    def _imported(self, node: ast.ImportFrom, module: str) -> Iterator[tuple[str, Members | None]]:
        source = _absolute(node, module)
        for alias in node.names:
            if alias.name == "*" and source in _files():
                yield from self.members(source).items()
            elif alias.asname == alias.name:
                yield alias.name, self.members(source).get(alias.name) if source in _files() else None

    def _holds(self, test: ast.expr) -> bool:
        """Evaluate a condition on the version or the platform; any other is taken to be false."""
        if isinstance(test, ast.BoolOp):
            return (all if isinstance(test.op, ast.And) else any)(map(self._holds, test.values))
        if isinstance(test, ast.UnaryOp) and isinstance(test.op, ast.Not):
            return not self._holds(test.operand)
        names: dict[str, Any] = {"sys": self, "TYPE_CHECKING": True}
        try:
            return bool(eval(compile(ast.Expression(test), "", "eval"), {"__builtins__": {}}, names))
        except (NameError, AttributeError, TypeError):
            return False

    @property
    def version_info(self) -> Version:
        """The version, under the name that the stubs read it by."""
        return self.version


@cache
def _files() -> dict[str, Path]:
    """Return the stub of each module."""
    root = _root()
    found = {}
    for path in root.rglob("*.pyi"):
        parts = path.relative_to(root).with_suffix("").parts
        found[".".join(parts[:-1] if parts[-1] == "__init__" else parts)] = path
    return found


@cache
def _lifetimes() -> dict[str, tuple[Version, Version]]:
    text = (_root() / "VERSIONS").read_text(encoding="utf-8")
    return {name: ((int(a), int(b)), (int(c), int(d)) if c else (99, 0)) for name, a, b, c, d in _LINE.findall(text)}


def _lifetime(module: str) -> tuple[Version, Version]:
    """Return the first and the last version with a module: its own, or those of the package that contains it."""
    while module and module not in _lifetimes():
        module = module.rpartition(".")[0]
    return _lifetimes().get(module, ((99, 0), _ALWAYS))


def _root() -> Path:
    spec = find_spec("mypy")
    if spec is None or spec.origin is None:
        raise ModuleNotFoundError("typeshed is read from mypy, which is not installed: pip install -e '.[dev]'")
    return Path(spec.origin).parent / "typeshed" / "stdlib"


def _absolute(node: ast.ImportFrom, module: str) -> str:
    if not node.level:
        return node.module or ""
    is_package = _files()[module].stem == "__init__"
    parts = module.split(".")
    kept = parts[: len(parts) - node.level + is_package]
    return ".".join([*kept, *filter(None, [node.module or ""])])
