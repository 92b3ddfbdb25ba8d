"""The schema of a query for which no setting names one: what the SQLite file beside it, the DDL and the models of its
workspace, and dbt's manifest tell together."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import lru_cache

from quickfix_ls.errors import SchemaError
from quickfix_ls.schema.background import SlowValue
from quickfix_ls.schema.messages import warn_once
from quickfix_ls.schema.schema_file import read_schema_file
from quickfix_ls.schema.sqlite_file import SUFFIXES, is_sqlite
from quickfix_ls.schema.tables import NO_SCHEMA, Column, Schema, Table
from quickfix_ls.schema.workspace import Piece, candidates, pieces, stamped

_MIN_SECONDS = 5.0
_COST = 50
"""A workspace is searched again after this many times the seconds that the last search took."""

_MAX_ABOVE = 12
_FOLDERS_OF_DDL = frozenset(
    ("db", "database", "ddl", "init", "migrate", "migrations", "schema", "schemas", "sql", "tables", "versions")
)

Pieces = tuple[Piece, ...]


def found_schema(path: str, roots: Sequence[str], *, patient: bool) -> Schema:
    """Return the schema that is found for the query in a file. `path` and `roots` as in `FilePlace`; unless `patient`,
    the workspace is searched in the background, and what was found before counts.

    The schema is closed if an SQLite file has all tables that are found, or if all of it is dbt's manifest, or DDL of
    one file or folder of migrations, beside or above the query, of which every statement could be read and no foreign
    key refers to a table elsewhere: anything else may be a part of the database.
    """
    top = _top(path, roots, patient)
    search = _search(top) if top else None
    known: Pieces = () if search is None else search.now() if patient else search.soon()
    others = tuple(piece for piece in known if not piece.has(path))
    files = tuple(_sqlite_files(path, top))
    return _joined.of(path, (*files, *(piece.schema for piece in others)), _is_whole(path, files, others))


def changed_at(path: str, roots: Sequence[str], *, patient: bool) -> float:
    """Return the time (since the epoch) of the last change of DDL in the workspace of a file; 0 if there is none."""
    top = _top(path, roots, patient)
    known: Pieces = () if not top else _search(top).now() if patient else _search(top).soon()
    return max((file.modified for piece in known if piece.kind == "ddl" for file in piece.files), default=0) / 1e9


def merged(schemas: Iterable[Schema]) -> Schema:
    """Return the tables of several schemas. One that several define has the columns of all."""
    tables: dict[tuple[str, str], Table] = {}
    functions: set[str] = set()
    dialects, origins = set(), []
    for schema in schemas:
        functions |= schema.functions
        dialects.add(schema.dialect)
        origins.append(schema.origin)
        for table in schema.tables:
            key = table.namespace.lower(), table.name.lower()
            tables[key] = _united(tables[key], table) if key in tables else table
    dialects.discard("")
    dialect = next(iter(dialects)) if len(dialects) == 1 else ""
    return Schema(tuple(tables.values()), frozenset(functions), dialect, ", ".join(origins), closed=False)


def _united(one: Table, other: Table) -> Table:
    known = {column.name.lower() for column in one.columns}
    new: tuple[Column, ...] = tuple(column for column in other.columns if column.name.lower() not in known)
    return replace(
        one,
        columns=one.columns + new,
        primary_key=one.primary_key or other.primary_key,
        foreign_keys=one.foreign_keys or other.foreign_keys,
        closed=one.closed and other.closed,
    )


def _is_whole(path: str, files: Sequence[Schema], others: Sequence[Piece]) -> bool:
    """Return whether what was found is the whole schema of the database."""
    if len(files) == 1:
        return all(files[0].table(table.name) for piece in others for table in piece.schema.tables)
    if files or len(others) != 1:
        return False
    (piece,) = others
    if piece.kind != "ddl":
        return piece.kind == "dbt"
    folder = os.path.commonpath([os.path.dirname(file.path) for file in piece.files])
    home = os.path.dirname(folder) if os.path.basename(folder).lower() in _FOLDERS_OF_DDL else folder
    return piece.schema.closed and _is_consistent(piece) and path.startswith(os.path.join(home, ""))


def _is_consistent(piece: Piece) -> bool:
    """Return whether all tables that foreign keys refer to are defined too."""
    return all(piece.schema.table(key.table) for table in piece.schema.tables for key in table.foreign_keys)


class _Joined:
    """Keeps the last joined schema of each file, so that it is the same object as long as its parts are."""

    def __init__(self) -> None:
        self._last: dict[str, tuple[tuple[Schema, ...], bool, Schema]] = {}

    def of(self, path: str, parts: tuple[Schema, ...], whole: bool) -> Schema:
        if not parts:
            return NO_SCHEMA
        last = self._last.get(path)
        if last is None or last[1] != whole or not _are_same(last[0], parts):
            schema = parts[0] if len(parts) == 1 else merged(parts)
            last = parts, whole, replace(schema, closed=whole)
            self._last[path] = last
        return last[2]


def _are_same(some: Sequence[Schema], others: Sequence[Schema]) -> bool:
    return len(some) == len(others) and all(one is other for one, other in zip(some, others, strict=True))


_joined = _Joined()


# -- the workspace ---------------------------------------------------------------------------------------------


@lru_cache(maxsize=16)
def _search(top: str) -> SlowValue[Pieces]:
    def read(last: Pieces) -> Pieces:
        return tuple(pieces(candidates(top), last))

    return SlowValue(read, _is_due, ())


def _is_due(last: Pieces, age: float, took: float) -> bool:
    if age > max(_MIN_SECONDS, _COST * took):
        return True
    files = [file for piece in last for file in piece.files]
    return stamped(file.path for file in files) != files


def _top(path: str, roots: Sequence[str], patient: bool) -> str:
    """Return the folder to search: the workspace folder with the file, on the command line the repository's; empty for
    a document that is no file."""
    if not path:
        return roots[0] if roots else ""
    folder = os.path.dirname(path)
    containing = [root for root in roots if path.startswith(os.path.join(root, ""))]
    root = max(containing, key=len, default=folder)
    return (_repository(folder) if patient else "") or root


def _repository(folder: str) -> str:
    """Return the nearest folder above that git knows as a repository; empty if there is none."""
    for _ in range(_MAX_ABOVE):
        if os.path.exists(os.path.join(folder, ".git")):
            return folder
        folder = os.path.dirname(folder)
    return ""


def _sqlite_files(path: str, top: str) -> Sequence[Schema]:
    """Return the schemas of the SQLite files in the folder of a query; if there are none, those in the workspace's."""
    for folder in dict.fromkeys((os.path.dirname(path), top)):
        found = []
        for name in _names(folder):
            file = os.path.join(folder, name)
            if name.lower().endswith(SUFFIXES) and is_sqlite(file):
                try:
                    found.append(read_schema_file(file))
                except SchemaError as error:
                    warn_once(str(error))
        found = [schema for schema in found if schema.tables]
        if found:
            return found
    return ()


def _names(folder: str) -> list[str]:
    try:
        return sorted(os.listdir(folder)) if folder else []
    except OSError:
        return []
