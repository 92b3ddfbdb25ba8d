"""The database of a file's queries: its schema, and the tables that the file itself creates."""

from __future__ import annotations

from quickfix_ls.context.database import Database
from quickfix_ls.index.index import Index
from quickfix_ls.languages.sql.environment import SqlEnvironment
from quickfix_ls.languages.sql.facts import FileTables
from quickfix_ls.languages.sql.meaning import joined
from quickfix_ls.schema.tables import Schema


def _schema_of(index: Index) -> Schema:
    environment, tables = index.environment, index.summary
    assert isinstance(environment, SqlEnvironment)
    assert isinstance(tables, FileTables)
    return joined(environment.schema, tables.schema)


DATABASE = Database(_schema_of)
