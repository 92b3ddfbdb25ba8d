"""The scopes of a statement: what each of its queries can read from tables, subqueries and common table expressions."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from quickfix_ls.schema.tables import Column, Table


@dataclass
class Source:
    """What a query reads rows from, under the `name` by which its columns are qualified.

    `table` has the columns as far as they are known (`Table.closed`); `is_table` is true if it is a table or view of
    the database, whose name is written at `node`. `merged` are the columns of a natural join or of `USING`, in lower
    case, which it shares with an earlier source. `is_quoted` tells whether the query has `name` in quotes.
    """

    name: str
    table: Table
    is_table: bool = False
    node: Any = None
    is_aliased: bool = False
    merged: frozenset[str] = frozenset()
    is_quoted: bool = False


@dataclass
class Scope:
    """The sources of one query, in their order, and the scope around it whose columns it can read too, if any.

    `query` is sqlglot's tree; `outputs` are the names that its select list gives to results, in lower case.
    """

    query: Any
    sources: list[Source] = field(default_factory=list)
    outer: Scope | None = None
    outputs: frozenset[str] = frozenset()

    def source(self, name: str) -> Source | None:
        """Return the source with a name, in any case, of this scope or of one around it."""
        lowered = name.lower()
        for scope in self.outward():
            found = next((source for source in scope.sources if source.name.lower() == lowered), None)
            if found is not None:
                return found
        return None

    def outward(self) -> Iterator[Scope]:
        """Yield this scope and those around it, the innermost first."""
        scope: Scope | None = self
        while scope is not None:
            yield scope
            scope = scope.outer

    @property
    def visible(self) -> list[Source]:
        """All sources whose columns can be read here, the nearest scope's first."""
        return [source for scope in self.outward() for source in scope.sources]

    @property
    def is_open(self) -> bool:
        """True if a source may have columns that are not known."""
        return any(not source.table.closed for source in self.visible)


def unknown_table(name: str = "") -> Table:
    """Return a table whose columns are not known."""
    return Table(name, (), closed=False)


def derived_table(name: str, columns: Iterator[str] | tuple[str, ...], *, closed: bool) -> Table:
    """Return the result of a query as a table."""
    return Table(name, tuple(Column(column) for column in columns), closed=closed)
