"""The built-in functions of each dialect: their names, how many arguments they take, and of what sort they are.

The tables of SQLite, DuckDB and PostgreSQL come from the engines (`python -m research.sql_functions`), with the
functions of extensions that are often installed. Those of other dialects have the names that sqlglot's parser knows,
which are neither all nor certainly of this dialect, so that an unknown name proves nothing there.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache, cached_property
from pathlib import Path

ANY = -1
"""The most arguments of a function that takes any number of them."""

Counts = tuple[int, int]
"""The fewest and the most arguments of a function."""

_SPATIAL = "st_"
"""The prefix of the functions of PostGIS, SpatiaLite and DuckDB's extension `spatial`, which the tables lack."""


@dataclass(frozen=True, eq=False)
class Functions:
    """The functions of a dialect, by their names in lower case. A name can be in several of the mappings.

    - `scalars` give a value for each row, `aggregates` one for a group of rows, and `windows` need OVER; `tables` stand
      in FROM.
    - `hidden` are names that exist but that nobody writes in a query, so that they are never suggested.
    - `complete`: there are no built-in functions besides these.
    """

    scalars: Mapping[str, Counts] = field(default_factory=dict)
    aggregates: Mapping[str, Counts] = field(default_factory=dict)
    windows: Mapping[str, Counts] = field(default_factory=dict)
    tables: Mapping[str, Counts] = field(default_factory=dict)
    hidden: frozenset[str] = frozenset()
    complete: bool = False

    @cached_property
    def arguments(self) -> Mapping[str, Counts]:
        """The numbers of arguments over all sorts of a function; any number for a hidden one."""
        joined: dict[str, Counts] = dict.fromkeys(self.hidden, (0, ANY))
        for sort in (self.scalars, self.aggregates, self.windows, self.tables):
            for name, counts in sort.items():
                fewest, most = joined.get(name, counts)
                joined[name] = min(fewest, counts[0]), ANY if ANY in (most, counts[1]) else max(most, counts[1])
        return joined

    def is_unknown(self, name: str) -> bool:
        """Return whether there is certainly no built-in function with a name."""
        lower = name.lower()
        return self.complete and lower not in self.arguments and not lower.startswith(_SPATIAL)

    def is_aggregate(self, name: str, count: int) -> bool:
        """Return whether a call with so many arguments is that of an aggregate: SQLite's `max(a)`, not `max(a, b)`."""
        counts = self.aggregates.get(name.lower())
        if counts is None:
            return False
        return name.lower() not in self.scalars or accepts(counts, count)


def accepts(counts: Counts, count: int) -> bool:
    """Return whether a function with these numbers of arguments can be called with `count`."""
    return counts[0] <= count and (counts[1] == ANY or count <= counts[1])


def functions_of(dialect: str) -> Mapping[str, Counts]:
    """Return the numbers of arguments of a dialect's functions; empty if nothing is known of the dialect."""
    return catalogue_of(dialect).arguments


@cache
def catalogue_of(dialect: str) -> Functions:
    """Return the functions of a dialect, by sqlglot's name of it; no functions if nothing is known of it."""
    if not dialect.isidentifier():
        return Functions()
    path = Path(__file__).with_name(f"{dialect}.json")
    if not path.is_file():
        from quickfix_ls.languages.sql.functions.sqlglot_names import names_of

        scalars, aggregates, windows = (dict.fromkeys(names, (0, ANY)) for names in names_of(dialect))
        return Functions(scalars, aggregates, windows)
    return _read(path)


def _read(path: Path) -> Functions:
    data = json.loads(path.read_text(encoding="utf-8"))
    scalars, aggregates, windows, tables = (
        {name: (fewest, most) for name, (fewest, most) in data[kind].items()}
        for kind in ("scalar", "aggregate", "window", "table")
    )
    return Functions(scalars, aggregates, windows, tables, frozenset(data["hidden"]), complete=True)
