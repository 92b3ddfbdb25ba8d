"""The members of modules of installed packages, read from their sources; nothing is imported."""

from __future__ import annotations

import ast
import re
import warnings
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

Folders = tuple[str, ...]

_MAX_BYTES = 1_000_000
_MAX_DEPTH = 6
_METADATA = re.compile(r"([-_.\w]+?)-(\d[\w.]*)\.(?:dist|egg)-info")
_STAR = re.compile(rb"^[ \t]*from[ \t]+(\.*)([\w.]*)[ \t]+import[ \t]+\*", re.MULTILINE)
_HIDES = re.compile(
    rb"\b(?:globals|vars|exec)\(|\bsys\.modules\b|^[ \t]+global[ \t]|\blazy|def[ \t]+__getattr__\b", re.MULTILINE
)
"""Code that adds members to a module, or replaces it, in ways that its statements don't show."""

_SCOPES = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
_BLOCKS = (ast.stmt, ast.ExceptHandler, ast.match_case)


@lru_cache(maxsize=4096)
def holds(module: str, name: str, folders: Folders) -> bool | None:
    """Return whether a module of an installed package has a member of that name, submodules included; None if that is
    unknown, since the module is missing or may have more members than its source shows."""
    return _holds(module, name, folders, _MAX_DEPTH)


def owns(module: str, name: str, folders: Folders) -> bool:
    """Return whether the module has a name that it did not merely import from another package."""
    return holds(module, name, folders) is True and not _is_taken(module, name, folders)


@lru_cache(maxsize=256)
def version_of(distribution: str, folders: Folders) -> str:
    """Return the version of an installed distribution, from the name of its metadata folder; empty if it is not
    installed."""
    return _distributions(folders).get(_normalized(distribution), "")


def _holds(module: str, name: str, folders: Folders, depth: int) -> bool | None:
    source = source_of(module, folders)
    try:
        if source is None or not depth or source.stat().st_size > _MAX_BYTES:
            return None
        text = source.read_bytes()
    except OSError:
        return None
    is_package = source.stem == "__init__"
    if is_package and source_of(f"{module}.{name}", folders) is not None:
        return True
    # Most modules don't contain the word at all, and a search is much faster than parsing.
    if re.search(rb"(?<!\w)" + name.encode() + rb"(?!\w)", text) and name in _bound(text):
        return True
    result: bool | None = None if _HIDES.search(text) else False
    for dots, path in _STAR.findall(text):
        found = _holds(_absolute(dots.decode(), path.decode(), module, is_package), name, folders, depth - 1)
        if found:
            return True
        result = None if found is None else result
    return result


@lru_cache(maxsize=1024)
def _is_taken(module: str, name: str, folders: Folders) -> bool:
    """Return whether a module imports the name as a module, or from another package."""
    source = source_of(module, folders)
    top = re.escape(module.partition(".")[0])
    whole = rf"import[ \t]+(?:[\w.]+[ \t]+as[ \t]+)?{name}\b"
    part = rf"from[ \t]+(?!\.|{top}\b)[\w.]+[ \t]+import\b[^\n]*\b{name}\b"
    taken = rf"^[ \t]*(?:{whole}|{part})"
    try:
        return source is None or re.search(taken, source.read_text("utf-8", "replace"), re.MULTILINE) is not None
    except OSError:
        return True


def _absolute(dots: str, path: str, module: str, is_package: bool) -> str:
    """Return the module that a star import of `module` refers to."""
    if not dots:
        return path
    parts = module.split(".")
    kept = parts[: len(parts) - len(dots) + is_package]
    return ".".join([*kept, *filter(None, [path])])


def _bound(text: bytes) -> set[str]:
    """Return the names that a module's statements bind at top level."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            todo: list[ast.AST] = [*ast.parse(text).body]
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return set()
    found: set[str] = set()
    while todo:
        node = todo.pop()
        found |= _bound_by(node)
        if not isinstance(node, _SCOPES):
            todo += [child for child in ast.iter_child_nodes(node) if isinstance(child, _BLOCKS)]
    return found


def _bound_by(node: ast.AST) -> set[str]:
    if isinstance(node, _SCOPES):
        return {node.name}
    if isinstance(node, (ast.Import, ast.ImportFrom)):
        return {(item.asname or item.name).partition(".")[0] for item in node.names}
    if isinstance(node, (ast.Assign, ast.AnnAssign, ast.For, ast.With)):
        return {item.id for item in ast.walk(node) if isinstance(item, ast.Name) and isinstance(item.ctx, ast.Store)}
    return set()


@lru_cache(maxsize=2048)
def source_of(module: str, folders: Folders) -> Path | None:
    """Return the source file of a module, the `__init__.py` of a package; None if no folder has it."""
    parts = module.split(".")
    if not all(map(str.isidentifier, parts)):
        return None
    bases = (Path(folder).joinpath(*parts) for folder in folders)
    paths = (path for base in bases for path in (base / "__init__.py", base.with_suffix(".py")))
    return next((path for path in paths if path.is_file()), None)


@lru_cache(maxsize=16)
def _distributions(folders: Folders) -> dict[str, str]:
    found = (_METADATA.fullmatch(name) for folder in reversed(folders) for name in _listed(folder))
    return {_normalized(match[1]): match[2] for match in found if match is not None}


def _listed(folder: str) -> Iterator[str]:
    try:
        yield from sorted(path.name for path in Path(folder).iterdir())
    except OSError:
        return


def _normalized(distribution: str) -> str:
    """Return a distribution's name in normalized form (PEP 503)."""
    return re.sub(r"[-_.]+", "-", distribution).lower()
