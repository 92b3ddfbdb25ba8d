"""Calls of functions that the dialect does not have, or that don't take so many arguments."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from rapidfuzz.distance import OSA

from quickfix_ls.index.syntax import SyntaxFault
from quickfix_ls.languages.sql.functions import accepts, catalogue_of
from quickfix_ls.languages.sql.functions.idioms import IDIOMS
from quickfix_ls.problems.kinds import QUERY
from quickfix_ls.schema.tables import Schema
from quickfix_ls.values import Span

_OTHERS = ("mysql", "postgres", "duckdb", "sqlite", "snowflake", "bigquery", "tsql", "databricks", "oracle")
_NOT_CALLED = frozenset(
    {"cast", "try_cast", "case", "exists", "array", "struct", "map", "interval", "extract", "columns"}
)


def call_errors(tree: Any, text: str, schema: Schema, dialect: str) -> Iterator[SyntaxFault]:
    """Yield an error for each call of a function that a dialect certainly lacks, if it is plain what is meant: a name
    near to it, or a function of another dialect. Users can define functions, which are not known."""
    from sqlglot import exp

    catalogue = catalogue_of(dialect)
    if not catalogue.complete:
        return
    for node in tree.find_all(exp.Func):
        start, end = node.meta.get("start"), node.meta.get("end")
        if start is None or end is None:
            continue
        name = text[start : end + 1]
        if not name.isidentifier() or name.lower() in _NOT_CALLED or name.lower() in schema.functions:
            continue
        if not text[end + 1 :].lstrip().startswith("("):
            continue
        span = Span(start, end + 1)
        if catalogue.is_unknown(name):
            if is_meant(name, dialect):
                yield SyntaxFault(f"no such function: {name}", "UnknownFunction", span, QUERY, name)
        elif isinstance(node, exp.Anonymous):
            counts, given = catalogue.arguments.get(name.lower()), len(node.expressions)
            if counts is not None and not accepts(counts, given):
                message = f"wrong number of arguments to function {name}()"
                yield SyntaxFault(message, "Arguments", span, QUERY, name)


def is_meant(name: str, dialect: str) -> bool:
    """Return whether a function that a dialect lacks is one that another dialect has, or a typing error away from one
    of its own, rather than one that somebody defined."""
    lowered = name.lower()
    if lowered in IDIOMS.get(dialect, {}) or near_functions(name, dialect):
        return True
    return any(lowered in catalogue_of(other).arguments for other in _OTHERS)


def near_functions(name: str, dialect: str, limit: int = 3) -> list[str]:
    """Return the functions of a dialect whose names are a typing error away from a name, the nearest first."""
    lowered = name.lower()
    catalogue = catalogue_of(dialect)
    most = 1 if len(lowered) < 6 else 2
    scored = []
    for sort in (catalogue.aggregates, catalogue.scalars, catalogue.windows):
        for known in sort:
            distance = OSA.distance(lowered, known, score_cutoff=most)
            if 0 < distance <= most and known not in catalogue.hidden:
                scored.append((distance, len(known) != len(lowered), known))
    return list(dict.fromkeys(known for _, _, known in sorted(scored)))[:limit]
