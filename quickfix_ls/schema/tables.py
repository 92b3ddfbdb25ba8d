"""The tables of a database: their names, columns, types and keys.

Names are looked up without regard to case, as most engines do; what is found keeps its spelling.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from typing import NamedTuple


class Column(NamedTuple):
    """A column: its `name`, and its `type` as the source spells it, empty if unknown."""

    name: str
    type: str = ""


class ForeignKey(NamedTuple):
    """A foreign key: `columns` of its table refer to the columns `referred` of `table`, in the same order.

    `referred` is empty if the source does not tell; it is then the primary key of `table`.
    """

    columns: tuple[str, ...]
    table: str
    referred: tuple[str, ...] = ()


@dataclass(frozen=True)
class Table:
    """A table or view. `namespace` is the schema that holds it, as in `sales.orders`, empty if unknown or the default.

    `closed` is false if there may be further columns, so that an unknown one proves nothing.
    """

    name: str
    columns: tuple[Column, ...]
    namespace: str = ""
    primary_key: tuple[str, ...] = ()
    foreign_keys: tuple[ForeignKey, ...] = ()
    closed: bool = True

    @cached_property
    def _by_name(self) -> dict[str, Column]:
        return {column.name.lower(): column for column in reversed(self.columns)}

    def __hash__(self) -> int:
        return self._hash

    @cached_property
    def _hash(self) -> int:
        return hash((self.name, self.columns, self.namespace, self.primary_key, self.foreign_keys, self.closed))

    def column(self, name: str) -> Column | None:
        """Return the column with a name, in any case; None if there is none."""
        return self._by_name.get(name.lower())


@dataclass(frozen=True)
class Schema:
    """The tables that a query can use.

    - `functions` are names of functions that users of the database have defined, in lower case.
    - `dialect` is the SQL dialect that the source is known to speak (sqlglot's name, such as `sqlite`), empty if it
      does not tell.
    - `origin` tells a person where it comes from (`shop.db`, `schema.sql`), without secrets.
    - `closed` is false if there may be further tables, so that an unknown one proves nothing.
    - `read_at` is the time when it was read from a database, in seconds since the epoch; None if it is always fresh.
    """

    tables: tuple[Table, ...] = ()
    functions: frozenset[str] = frozenset()
    dialect: str = ""
    origin: str = ""
    closed: bool = True
    read_at: float | None = None

    def __hash__(self) -> int:
        return self._hash

    @cached_property
    def _hash(self) -> int:
        return hash((self.tables, self.functions, self.dialect, self.origin, self.closed, self.read_at))

    @cached_property
    def _by_name(self) -> dict[str, list[Table]]:
        found: dict[str, list[Table]] = {}
        for table in self.tables:
            found.setdefault(table.name.lower(), []).append(table)
        return found

    @cached_property
    def with_column(self) -> dict[str, list[Table]]:
        """The tables that have a column, by its name in lower case."""
        found: dict[str, list[Table]] = {}
        for table in self.tables:
            for name in table._by_name:
                found.setdefault(name, []).append(table)
        return found

    @cached_property
    def odd_names(self) -> tuple[str, ...]:
        """The names of tables and columns, as they are spelt first, that are no identifiers: with spaces or signs."""
        tables = (found[0].name for name, found in self._by_name.items() if not name.isidentifier())
        columns = (found[0]._by_name[name].name for name, found in self.with_column.items() if not name.isidentifier())
        return tuple(dict.fromkeys((*tables, *columns)))

    def named(self, name: str, namespace: str = "") -> Iterator[Table]:
        """Yield the tables with a name, in any case; only those of a namespace, if one is given and known of them."""
        for table in self._by_name.get(name.lower(), ()):
            if not namespace or not table.namespace or table.namespace.lower() == namespace.lower():
                yield table

    def table(self, name: str, namespace: str = "") -> Table | None:
        """Return the first table with a name (see `named`); None if there is none."""
        return next(self.named(name, namespace), None)

    def joined(self, other: Schema) -> Schema:
        """Return the tables of both; those of `other` replace tables of the same name and namespace."""
        replaced = {(table.namespace.lower(), table.name.lower()) for table in other.tables}
        kept = tuple(t for t in self.tables if (t.namespace.lower(), t.name.lower()) not in replaced)
        return replace(
            self,
            tables=kept + other.tables,
            functions=self.functions | other.functions,
            dialect=self.dialect or other.dialect,
            origin=", ".join(filter(None, dict.fromkeys((self.origin, other.origin)))),
            closed=self.closed and other.closed,
        )


NO_SCHEMA = Schema(closed=False)
"""The schema of a file of which nothing is known."""
