"""The facts about a statement that follow from its text: its syntax error, and the tables that it creates."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from quickfix_ls.index.syntax import SyntaxFault, UnitFacts
from quickfix_ls.languages.sql.created_tables import altered_by, created_by, with_alterations
from quickfix_ls.languages.sql.environment import SqlEnvironment
from quickfix_ls.languages.sql.parsing import parsed
from quickfix_ls.languages.sql.syntax_fault import fault
from quickfix_ls.schema.tables import Schema, Table

_CREATES = re.compile(r"\bcreate\b|\balter\s+table\b|\binto\b|\bdrop\b", re.IGNORECASE)


@dataclass(frozen=True)
class StatementFacts:
    """The `fault` of a statement; `created` are the tables that it makes or drops, `altered` those that it alters, with
    the columns that it adds."""

    fault: SyntaxFault | None
    created: tuple[Table, ...] = ()
    altered: tuple[Table, ...] = ()

    @property
    def defines(self) -> Collection[str]:
        return {table.name for table in (*self.created, *self.altered)}


@dataclass(frozen=True)
class FileTables:
    """The tables that the statements of a file create, and what they alter of them.

    One that is created several times with other columns has the columns of all its definitions, and there may be
    further ones: a program can make it in different databases.
    """

    created: tuple[Table, ...] = ()
    altered: tuple[Table, ...] = ()
    schema: Schema = field(default=Schema(closed=False))

    @property
    def defined(self) -> Collection[str]:
        return {table.name for table in self.schema.tables}

    def changed(self, removed: list[Any], added: list[Any]) -> FileTables:
        """Return the tables after statements were replaced by others."""
        if not any(facts.created or facts.altered for facts in (*removed, *added)):
            return self
        created, altered = list(self.created), list(self.altered)
        for facts in removed:
            for table in facts.created:
                created.remove(table)
            for table in facts.altered:
                altered.remove(table)
        created += [table for facts in added for table in facts.created]
        altered += [table for facts in added for table in facts.altered]
        tables = tuple(with_alterations(_merged(created), altered))
        return FileTables(tuple(created), tuple(altered), Schema(tables, closed=False))


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
    trees = parsed(text, environment.dialect).trees
    return StatementFacts(None, tuple(created_by(trees)), tuple(altered_by(trees)))
