"""Calls of functions in the words of another dialect: by sqlglot, and by a table of idioms that it lacks."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from quickfix_ls.languages.sql.functions.idioms import IDIOMS

_CAST, _AS_INTEGER = "CAST(", " AS INTEGER)"
_FROM = ("mysql", "postgres", "tsql", "snowflake", "bigquery", "duckdb", "databricks", "oracle")


@lru_cache(maxsize=512)
def translated(call: str, dialect: str, *, is_number: bool = True) -> tuple[str, ...]:
    """Return what a call of a function of another dialect can be in a dialect, the likeliest first. Empty where nothing
    is known. `is_number`: its value has to be a number."""
    return tuple(dict.fromkeys((*_by_idiom(call, dialect, is_number=is_number), *_by_sqlglot(call, dialect))))


def _by_idiom(call: str, dialect: str, *, is_number: bool) -> Iterator[str]:
    name, arguments = parts_of(call)
    if name == "concat" and dialect == "sqlite" and arguments:
        yield " || ".join(arguments)
    form = IDIOMS.get(dialect, {}).get(name)
    if form is not None and form.startswith(_CAST):
        # A part of a date is a number elsewhere, and a text here.
        form = form if is_number else form.removeprefix(_CAST).removesuffix(_AS_INTEGER)
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
