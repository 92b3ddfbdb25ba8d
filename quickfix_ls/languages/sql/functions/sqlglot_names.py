"""The names of functions that sqlglot's parser knows in a dialect."""

from __future__ import annotations

from sqlglot import exp
from sqlglot.dialects.dialect import Dialect

_WINDOWS = frozenset(
    {
        "row_number",
        "rank",
        "dense_rank",
        "percent_rank",
        "cume_dist",
        "ntile",
        "lag",
        "lead",
        "first_value",
        "last_value",
        "nth_value",
    }
)
"""The functions of ISO 9075 that need OVER."""


def names_of(dialect: str) -> tuple[set[str], set[str], set[str]]:
    """Return the names of a dialect's scalar functions, of its aggregates, and of those that need OVER, in lower case;
    nothing if sqlglot does not know the dialect."""
    found = Dialect.get(dialect)
    if found is None:
        return set(), set(), set()
    parser = found.parser_class
    names = {name.lower() for name in (*parser.FUNCTIONS, *parser.FUNCTION_PARSERS)}
    aggregates = {
        name.lower() for kind in exp.ALL_FUNCTIONS if issubclass(kind, exp.AggFunc) for name in kind.sql_names()
    }
    return names - aggregates - _WINDOWS, (names & aggregates) - _WINDOWS, names & _WINDOWS
