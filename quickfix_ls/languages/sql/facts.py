"""The facts about a statement that follow from its text: its syntax error, and the tables that it creates."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from quickfix_ls.index.syntax import SyntaxFault, UnitFacts
from quickfix_ls.languages.sql.created_tables import created_by
from quickfix_ls.languages.sql.environment import SqlEnvironment
from quickfix_ls.languages.sql.parsing import parsed
from quickfix_ls.languages.sql.syntax_fault import fault
from quickfix_ls.schema.tables import Schema, Table

_CREATES = re.compile(r"\bcreate\b|\balter\s+table\b|\binto\b|\bdrop\b", re.IGNORECASE)


@dataclass(frozen=True)
class StatementFacts:
    """The `fault` of a statement; `created` are the tables that it makes or changes."""

    fault: SyntaxFault | None
    created: tuple[Table, ...] = ()

    @property
    def defines(self) -> Collection[str]:
        return {table.name for table in self.created}


@dataclass(frozen=True)
class FileTables:
    """The tables that the statements of a file create.

    One that is created several times with other columns, or changed, has the columns of all its definitions, and there
    may be further ones: a program can make it in different databases.
    """

    created: tuple[Table, ...] = ()
    schema: Schema = field(default=Schema(closed=False))

    @property
    def defined(self) -> Collection[str]:
        return {table.name for table in self.created}

    def changed(self, removed: list[Any], added: list[Any]) -> FileTables:
        """Return the tables after statements were replaced by others."""
        gone = [table for facts in removed for table in facts.created]
        come = [table for facts in added for table in facts.created]
        if not gone and not come:
            return self
        left = list(self.created)
        for table in gone:
            left.remove(table)
        created = (*left, *come)
        return FileTables(created, Schema(_merged(created), closed=False))


def _merged(tables: Sequence[Table]) -> tuple[Table, ...]:
    """Return each table once, with the columns of all its definitions."""
    found: dict[tuple[str, str], Table] = {}
    for table in tables:
        known = found.setdefault((table.namespace.lower(), table.name.lower()), table)
        if known is not table and (known.columns, known.closed) != (table.columns, table.closed):
            columns = {column.name.lower(): column for column in (*table.columns, *known.columns)}
            merged = replace(known, columns=tuple(columns.values()), closed=False)
            found[table.namespace.lower(), table.name.lower()] = merged
    return tuple(found.values())


def facts(text: str, prefix: str, suffix: str, environment: object) -> UnitFacts:
    """Return the facts about a statement."""
    assert isinstance(environment, SqlEnvironment)
    found = fault(text, prefix, suffix, environment)
    if found is not None or not _CREATES.search(text):
        return StatementFacts(found)
    return StatementFacts(None, tuple(created_by(parsed(text, environment.dialect).trees)))
