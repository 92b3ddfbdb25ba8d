"""The language part that tells which database the code of a file asks."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from quickfix_ls.index.index import Index
from quickfix_ls.schema.tables import NO_SCHEMA, Schema


@dataclass(frozen=True, eq=False)
class Database:
    """`schema_of(index)` returns the schema of the database that a file is for; no tables where none is known."""

    schema_of: Callable[[Index], Schema]


NO_DATABASE = Database(lambda index: NO_SCHEMA)
