"""Decide which schema the queries of a file are for: that of a database which the settings name, that of a schema file,
or else what is found beside the file and in its workspace."""

from __future__ import annotations

from collections.abc import Sequence

from quickfix_ls.errors import SchemaError
from quickfix_ls.schema.connection import url_of, with_password
from quickfix_ls.schema.duckdb_file import is_duckdb
from quickfix_ls.schema.found import changed_at, found_schema
from quickfix_ls.schema.messages import warn_once
from quickfix_ls.schema.reflection import age_of, reflected
from quickfix_ls.schema.schema_file import read_schema_file
from quickfix_ls.schema.sqlite_file import is_sqlite
from quickfix_ls.schema.tables import NO_SCHEMA, Schema
from quickfix_ls.settings import Settings
from quickfix_ls.settings.databases import file_of, is_url, is_variable
from quickfix_ls.settings.globs import fits


def schema_for(
    path: str, roots: Sequence[str] = (), settings: Settings | None = None, chosen: str = "", *, patient: bool = True
) -> Schema:
    """Return the schema for the queries in the file at `path`, an absolute path, empty for a document that is no file.

    `roots` are the workspace folders; `chosen` is the name of a database that the file's comment chooses. If `patient`,
    a database is read before, unless it was just now; else that is done in the background, and what was read before
    counts. A source that can't be read is told in the log, and then there is no schema.
    """
    settings = settings or Settings()
    database = database_of(path, settings, chosen)
    try:
        if database:
            return _of_database(database, settings.dialect, path, roots, patient)
        if settings.schema_file:
            return read_schema_file(settings.schema_file, settings.dialect)
    except SchemaError as error:
        warn_once(str(error))
        return NO_SCHEMA
    return found_schema(path, roots, patient=patient)


def database_of(path: str, settings: Settings, chosen: str = "") -> str:
    """Return the value of the setting `databases` that is for the file at `path`: the one that is `chosen` by its key,
    else the first one whose glob fits; empty if there is none."""
    if chosen:
        named = (held for glob, held in settings.databases if glob == chosen or glob.endswith(f"/{chosen}"))
        if found := next(named, ""):
            return found
    # A document that is no file may be anywhere.
    return next((held for glob, held in settings.databases if not path or fits(glob, path)), "")


def url_for(path: str, settings: Settings, chosen: str = "") -> str:
    """Return the URL of the database of a file (see `database_of`); empty if it has none, or only a schema."""
    database = database_of(path, settings, chosen)
    if not database or is_url(database) or is_variable(database):
        try:
            return with_password(url_of(database)) if database else ""
        except SchemaError as error:
            warn_once(str(error))
            return ""
    return f"sqlite:///{database}" if is_sqlite(database) else f"duckdb:///{database}" if is_duckdb(database) else ""


def _of_database(database: str, dialect: str, path: str, roots: Sequence[str], patient: bool) -> Schema:
    """Return the schema of a database or file. Raises SchemaError if nothing is known of it."""
    if not is_url(database) and not is_variable(database):
        return read_schema_file(database, dialect)
    url = url_of(database)
    if file := file_of(url):
        return read_schema_file(file)
    found = reflected(url, patient=patient, changed_at=changed_at(path, roots, patient=patient))
    if found.error and found.schema is not None:
        warn_once(f"{found.error}; the schema that was read {age_of(found.schema)} is used")
    elif found.error:
        raise SchemaError(found.error)
    return found.schema or NO_SCHEMA
