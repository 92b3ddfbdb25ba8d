"""Calls of functions in the words of another dialect: by sqlglot, and by a table of idioms that it lacks."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import Any

_FROM = ("mysql", "postgres", "tsql", "snowflake", "bigquery", "duckdb", "databricks", "oracle")
_SQLITE = {
    "year": "STRFTIME('%Y', {0})",
    "month": "STRFTIME('%m', {0})",
    "day": "STRFTIME('%d', {0})",
    "dayofmonth": "STRFTIME('%d', {0})",
    "hour": "STRFTIME('%H', {0})",
    "minute": "STRFTIME('%M', {0})",
    "second": "STRFTIME('%S', {0})",
    "weekday": "STRFTIME('%w', {0})",
    "dayofweek": "STRFTIME('%w', {0})",
    "dayofyear": "STRFTIME('%j', {0})",
    "curdate": "DATE('now')",
    "getdate": "DATETIME('now')",
    "now": "DATETIME('now')",
    "sysdate": "DATETIME('now')",
    "len": "LENGTH({0})",
    "char_length": "LENGTH({0})",
    "character_length": "LENGTH({0})",
    "left": "SUBSTR({0}, 1, {1})",
    "right": "SUBSTR({0}, -{1})",
    "mid": "SUBSTR({0}, {1}, {2})",
    "ceiling": "CEIL({0})",
    "isnull": "IFNULL({0}, {1})",
    "nvl": "IFNULL({0}, {1})",
    "datediff": "JULIANDAY({0}) - JULIANDAY({1})",
    "if": "CASE WHEN {0} THEN {1} ELSE {2} END",
    "charindex": "INSTR({1}, {0})",
    "locate": "INSTR({1}, {0})",
    "strpos": "INSTR({0}, {1})",
    "date_format": "STRFTIME({1}, {0})",
    "to_char": "STRFTIME({1}, {0})",
    "string_agg": "GROUP_CONCAT({0}, {1})",
    "divide": "({0} / {1})",
    "subtract": "({0} - {1})",
    "add": "({0} + {1})",
    "multiply": "({0} * {1})",
    "pow": "POWER({0}, {1})",
    "ucase": "UPPER({0})",
    "lcase": "LOWER({0})",
    "rand": "RANDOM()",
    "average": "AVG({0})",
    "mean": "AVG({0})",
}
"""SQLite's way to write functions of other dialects (sqlite.org/lang_corefunc.html, lang_datefunc.html); `{0}` is the
first argument."""

_IDIOMS = {"sqlite": _SQLITE}


@lru_cache(maxsize=512)
def translated(call: str, dialect: str) -> tuple[str, ...]:
    """Return what a call of a function of another dialect can be in a dialect, the likeliest first. Empty where nothing
    is known."""
    return tuple(dict.fromkeys((*_by_idiom(call, dialect), *_by_sqlglot(call, dialect))))


def _by_idiom(call: str, dialect: str) -> Iterator[str]:
    name, arguments = parts_of(call)
    if name == "concat" and dialect == "sqlite" and arguments:
        yield " || ".join(arguments)
    form = _IDIOMS.get(dialect, {}).get(name)
    if form is not None and form.count("{") <= len(arguments) <= max(1, form.count("{")):
        yield form.format(*arguments) if arguments else form


def _by_sqlglot(call: str, dialect: str) -> Iterator[str]:
    import sqlglot

    for other in _FROM:
        try:
            tree: Any = sqlglot.parse_one(call, dialect=other)
            if type(tree).__name__ != "Anonymous":
                yield tree.sql(dialect=dialect or None)
        except (sqlglot.errors.SqlglotError, ValueError, AttributeError, TypeError, RecursionError):
            continue


def parts_of(call: str) -> tuple[str, list[str]]:
    """Return the name of a call in lower case, and its arguments as they are written."""
    name, _, rest = call.partition("(")
    inner = rest[: rest.rfind(")")]
    arguments, depth, start, quote = list[str](), 0, 0, ""
    for at, sign in enumerate(inner):
        if quote:
            quote = "" if sign == quote else quote
        elif sign in "'\"`":
            quote = sign
        elif sign in "([":
            depth += 1
        elif sign in ")]":
            depth -= 1
        elif sign == "," and not depth:
            arguments.append(inner[start:at].strip())
            start = at + 1
    if inner.strip():
        arguments.append(inner[start:].strip())
    return name.strip().lower(), arguments
