"""SQL as the tests use it: its record of parts, and the index of a text with a dialect and a schema."""

from __future__ import annotations

import re

from quickfix_ls import languages
from quickfix_ls.documents.snapshot import Snapshot
from quickfix_ls.index.index import Index
from quickfix_ls.languages.sql.environment import SqlEnvironment
from quickfix_ls.schema.tables import NO_SCHEMA, Column, Schema, Table

SQL = languages.of("sql")
_DIALECT = re.compile(r"--\s*dialect:\s*(\w+)")


def schema_of(**tables: str) -> Schema:
    """The schema of tables, each as its name and its columns in one text: `schema_of(rooms="id price")`."""
    found = (Table(name, tuple(map(Column, columns.split()))) for name, columns in tables.items())
    return Schema(tuple(found))


def sql_index(text: str, dialect: str = "", schema: Schema = NO_SCHEMA) -> Index:
    """The index of a text in the dialect that its comment `-- dialect: NAME` tells, else in `dialect`."""
    told = _DIALECT.match(text)
    return SQL.index(Snapshot.of(text), SqlEnvironment(told[1] if told else dialect, schema))
