"""The schemas of databases, read in the background and kept in a cache: what was read last is there at once."""

from __future__ import annotations

import time
from dataclasses import replace
from functools import lru_cache
from typing import NamedTuple

from quickfix_ls.errors import SchemaError
from quickfix_ls.schema import schema_cache
from quickfix_ls.schema.background import SlowValue
from quickfix_ls.schema.database import read_database
from quickfix_ls.schema.schema_cache import Cached
from quickfix_ls.schema.tables import Schema

COST = 60
"""A schema is read again when it is older than this many times the seconds that its reading took."""

MIN_AGE, MIN_AGE_IN_EDITOR, MAX_AGE = 5.0, 300.0, 3600.0
"""Limits of that age, in seconds: on the command line, in an editor, and of both."""

RETRY_SECONDS = 60.0
STALE_SECONDS = 24 * 3600.0


class Reflection(NamedTuple):
    """What is known of a database: its schema, None if it could not be read yet; the seconds that the reading took;
    the error of the last attempt, empty if it succeeded."""

    schema: Schema | None = None
    seconds: float = 0.0
    error: str = ""


def reflected(url: str, *, patient: bool, changed_at: float = 0.0) -> Reflection:
    """Return what is known of a database now.

    If `patient`, it is read first unless what is known is fresh; else what is known counts, and reading goes on in the
    background. `changed_at` is the time (since the epoch) of the last change that is known of: what was read before it
    is not fresh. A schema that is older than a day since the database can't be reached proves nothing any more: it and
    its tables are not closed.
    """
    _changed[url] = max(changed_at, _changed.get(url, 0.0))
    value = _values(url, patient)
    return value.now() if patient else value.soon()


def read_anew(url: str) -> Schema:
    """Read the schema of a database now and keep it. Raises SchemaError if it can't be read."""
    began = time.monotonic()
    schema = read_database(url)
    if schema.read_at is not None:
        schema_cache.keep(url, Cached(schema, time.monotonic() - began))
    return schema


def age_of(schema: Schema) -> str:
    """Return in words how long ago a schema was read from its database; empty if it is always fresh."""
    if schema.read_at is None:
        return ""
    seconds = max(0.0, time.time() - schema.read_at)
    for unit, size in (("day", 86400), ("hour", 3600), ("minute", 60)):
        if seconds >= size:
            number = int(seconds // size)
            return f"{number} {unit}{'s' if number > 1 else ''} ago"
    return "just now"


_changed: dict[str, float] = {}


@lru_cache(maxsize=64)
def _values(url: str, patient: bool) -> SlowValue[Reflection]:
    first = Reflection()
    if kept := schema_cache.cached(url):
        first = Reflection(kept.schema, kept.seconds)
    min_age = MIN_AGE if patient else MIN_AGE_IN_EDITOR

    def is_fresh(last: Reflection) -> bool:
        if last.schema is None or last.schema.read_at is None:
            return False
        age = time.time() - last.schema.read_at
        return age < min(MAX_AGE, max(min_age, COST * last.seconds)) and last.schema.read_at > _changed.get(url, 0.0)

    def is_due(last: Reflection, since: float, took: float) -> bool:
        return since > RETRY_SECONDS if last.error else not is_fresh(last)

    def read(last: Reflection) -> Reflection:
        if is_fresh(last):
            return last
        began = time.monotonic()
        try:
            schema = read_anew(url)
        except SchemaError as error:
            return Reflection(_aged(last.schema), last.seconds, str(error))
        return Reflection(schema, time.monotonic() - began)

    return SlowValue(read, is_due, first)


def _aged(schema: Schema | None) -> Schema | None:
    """Return a schema that could not be read again; one that is stale is not closed any more."""
    if schema is None or not schema.closed or time.time() - (schema.read_at or 0.0) < STALE_SECONDS:
        return schema
    return replace(schema, tables=tuple(replace(table, closed=False) for table in schema.tables), closed=False)
