"""The options `--database`, `--schema` and `--dialect` as settings, and what `doctor --database` tells."""

from __future__ import annotations

import os
import time
from pathlib import Path

from quickfix_ls.errors import SchemaError
from quickfix_ls.schema.connection import dialect_of_url, url_of
from quickfix_ls.schema.reflection import age_of, read_anew
from quickfix_ls.schema.schema_cache import cached
from quickfix_ls.schema.schema_file import read_schema_file
from quickfix_ls.schema.tables import Schema
from quickfix_ls.settings import Layer
from quickfix_ls.settings.databases import is_url, is_variable, placed, redacted


def layer_of(database: str, schema: str, dialect: str) -> Layer:
    """Return the settings that the options of a command mean; an option that is empty sets nothing. The source is read,
    so that a SchemaError about it comes before any work."""
    raw: dict[str, object] = {}
    if schema:
        raw["schemaFile"] = os.path.abspath(schema)
        raw["databases"] = {}
        read_schema_file(os.path.abspath(schema), dialect)
    if database:
        raw["databases"] = {_everywhere(): placed(database, os.getcwd())}
        schema_now(placed(database, os.getcwd()))
    if dialect:
        raw["dialect"] = dialect
    return Layer(raw, "the command line")


def schema_now(database: str) -> Schema:
    """Read the schema of a database, given as in the setting `databases`. Raises SchemaError if it can't be read."""
    if is_url(database) or is_variable(database):
        return read_anew(url_of(database))
    return read_schema_file(database)


def report_on(database: str) -> str:
    """Return what can be told of a database: how many tables and columns it has, its dialect, and how old the cached
    schema was. Connects read-only, and reads no row. Raises SchemaError if it can't be read."""
    database = placed(database, os.getcwd())
    url = url_of(database) if is_url(database) or is_variable(database) else ""
    kept = cached(url) if url else None
    began = time.monotonic()
    try:
        schema = schema_now(database)
    except SchemaError as error:
        if kept is None:
            raise
        raise SchemaError(f"{error}; a schema that was read {age_of(kept.schema)} is in the cache") from None
    seconds = time.monotonic() - began
    keys = sum(len(table.foreign_keys) for table in schema.tables)
    namespaces = sorted({table.namespace for table in schema.tables} - {""})
    lines = [
        ("database", redacted(url or database)),
        ("dialect", schema.dialect or (dialect_of_url(url) if url else "") or "not known"),
        ("tables", f"{len(schema.tables)} with {sum(len(table.columns) for table in schema.tables)} columns"),
        ("foreign keys", str(keys)),
        ("namespaces", ", ".join(namespaces) or "the default one"),
        ("functions", str(len(schema.functions))),
        ("read in", f"{seconds:.2f} s; no row was read"),
        ("cache", _told_of_cache(schema, None if kept is None else kept.schema)),
    ]
    return "\n".join(f"{name:<14}{text}" for name, text in lines)


def _told_of_cache(schema: Schema, kept: Schema | None) -> str:
    if schema.read_at is None:
        return "not needed: the file is read whenever it has changed"
    return f"the schema of before was read {age_of(kept)}; it is renewed now" if kept else "this is the first reading"


def _everywhere() -> str:
    """Return a glob that fits all files of this machine."""
    return f"{Path.cwd().anchor}**"
