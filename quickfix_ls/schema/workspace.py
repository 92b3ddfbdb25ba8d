"""The files of a workspace that tell a schema, found without any setting: DDL, migrations, models and dbt's files.

The search is bounded in the number of files, their size and the depth of folders. Nothing found is run.
"""

from __future__ import annotations

import os
import re
import stat
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Literal, NamedTuple

from quickfix_ls.errors import SchemaError
from quickfix_ls.schema import dbt, dbt_yaml, orm_models
from quickfix_ls.schema.ddl import schema_of_ddl
from quickfix_ls.schema.tables import Schema

MAX_FILES = 5000
MAX_DEPTH = 8
MAX_BYTES = 2_000_000
MAX_TOTAL_BYTES = 16_000_000

_SKIPPED = frozenset(
    (
        *(".git", ".hg", ".svn", ".tox", ".nox", ".venv", "venv", "env", "node_modules", "site-packages"),
        *("__pycache__", ".mypy_cache", ".ruff_cache", ".pytest_cache", "dist", "build", "dbt_packages", ".idea"),
    )
)
_SQL = (".sql", ".ddl", ".pgsql")
_CREATES = re.compile(r"\b(?:CREATE|ALTER)\s+(?:[\w]+\s+){0,4}?(?:TABLE|VIEW)\b", re.IGNORECASE)
_TEMPLATE = re.compile(r"\{\{|\{%")
_NUMBERED = re.compile(r"[VvRr]?\d+")
_UNDOES = re.compile(r"(?:[._-]down\.sql|^U\d.*\.sql|[._-]rollback\.sql|^down\.sql)$", re.IGNORECASE)
_NUMBERS = re.compile(r"(\d+)")

PieceKind = Literal["ddl", "models", "dbt", "yaml"]


class Stamped(NamedTuple):
    """A file with its time of modification in nanoseconds and its size in bytes, by which a change is noticed."""

    path: str
    modified: int
    size: int


class Piece(NamedTuple):
    """A schema and the files that it was read from: one file, or the migrations of a folder."""

    kind: PieceKind
    files: tuple[Stamped, ...]
    schema: Schema

    def has(self, path: str) -> bool:
        """Return whether it was read from a file, maybe among others."""
        return any(file.path == path for file in self.files)


def candidates(top: str) -> tuple[Stamped, ...]:
    """Return the files below a folder that may tell a schema, those of the higher folders first."""
    paths: list[str] = []
    folders = deque([(top, 0)])
    seen = 0
    while folders and seen < MAX_FILES:
        folder, depth = folders.popleft()
        for entry in _entries(folder):
            seen += 1
            if entry.is_dir(follow_symlinks=False):
                if depth < MAX_DEPTH and entry.name not in _SKIPPED and not entry.name.startswith("."):
                    folders.append((entry.path, depth + 1))
            elif entry.name.lower().endswith((*_SQL, *dbt_yaml.SUFFIXES, ".py")) or entry.name in dbt.FILES:
                paths.append(entry.path)
    return tuple(stamped(paths))


def _entries(folder: str) -> list[os.DirEntry[str]]:
    """Return what is in a folder, by name; nothing if it can't be listed."""
    try:
        with os.scandir(folder) as entries:
            return sorted(entries, key=lambda entry: entry.name)
    except OSError:
        return []


def stamped(paths: Iterable[str]) -> list[Stamped]:
    """Return those of the paths that are files and not too large, with their present stamps."""
    found = []
    for path in paths:
        try:
            status = os.stat(path)
        except OSError:
            continue
        # A pipe would be waited for.
        if stat.S_ISREG(status.st_mode) and status.st_size <= (
            dbt.MAX_BYTES if os.path.basename(path) in dbt.FILES else MAX_BYTES
        ):
            found.append(Stamped(path, status.st_mtime_ns, status.st_size))
    return found


def pieces(files: Sequence[Stamped], kept: Iterable[Piece] = ()) -> list[Piece]:
    """Return the schemas that files tell; those among `kept` whose files are unchanged are not read again."""
    known = {(piece.kind, piece.files): piece for piece in kept}
    found = []
    for kind, group in _groups(files):
        piece = known.get((kind, group)) or Piece(kind, group, _read(kind, group))
        found.append(piece)
    return [piece for piece in found if piece.schema.tables or piece.schema.functions]


def _groups(files: Sequence[Stamped]) -> Iterator[tuple[PieceKind, tuple[Stamped, ...]]]:
    """Yield the files that are read together: all migrations of a folder, all models, each dbt project."""
    budget = MAX_TOTAL_BYTES
    migrations: dict[str, list[Stamped]] = {}
    models, documented = [], []
    for file in files:
        folder, name = os.path.split(file.path)
        budget -= file.size
        if name in dbt.FILES:
            yield "dbt", (file,)
        elif budget < 0:
            continue
        elif name.endswith(dbt_yaml.SUFFIXES):
            documented.append(file)
        elif name.endswith(".py"):
            if orm_models.may_define_models(*file):
                models.append(file)
        elif _UNDOES.search(name) or not _creates_tables(*file):
            continue
        elif _NUMBERED.match(name):
            migrations.setdefault(folder, []).append(file)
        else:
            yield "ddl", (file,)
    for group in migrations.values():
        yield "ddl", tuple(sorted(group, key=_file_order))
    if models:
        yield "models", tuple(models)
    names = {os.path.basename(file.path) for file in files}
    if dbt_yaml.PROJECT in names and names.isdisjoint(dbt.FILES):
        yield "yaml", tuple(documented)


def _file_order(file: Stamped) -> list[tuple[int, str]]:
    """Return the sort key of a migration: its name, with numbers by their value."""
    return [(int(part), "") if part.isdigit() else (-1, part) for part in _NUMBERS.split(os.path.basename(file.path))]


def _read(kind: PieceKind, files: Sequence[Stamped]) -> Schema:
    paths = [file.path for file in files]
    if kind == "models":
        return orm_models.schema_of_models({path: text_of(path) for path in paths})
    if kind == "yaml":
        return dbt_yaml.schema_of_yaml(map(text_of, paths), os.path.dirname(paths[0]))
    if kind == "dbt":
        try:
            return dbt.read_dbt(paths[0])
        except SchemaError:
            return Schema(closed=False)
    origin = paths[0] if len(paths) == 1 else os.path.dirname(paths[0])
    return schema_of_ddl(map(text_of, paths), origin)


@lru_cache(maxsize=MAX_FILES)
def _creates_tables(path: str, modified: int, size: int) -> bool:
    text = text_of(path)
    return _CREATES.search(text) is not None and not _TEMPLATE.search(text)


def text_of(path: str) -> str:
    """Return the text of a file; empty if it can't be read."""
    try:
        return Path(path).read_text(encoding="utf-8-sig", errors="replace")
    except OSError:
        return ""
