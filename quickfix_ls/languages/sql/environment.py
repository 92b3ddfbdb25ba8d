"""The environment of an SQL file: the dialect it is written in, and the schema of its database."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from pathlib import PurePath

from quickfix_ls.languages.language import FilePlace
from quickfix_ls.languages.sql.files import SUFFIXES
from quickfix_ls.schema.ddl_statements import dialect_of
from quickfix_ls.schema.explain import engine_of
from quickfix_ls.schema.sources import schema_for, url_for
from quickfix_ls.schema.tables import NO_SCHEMA, Schema
from quickfix_ls.settings.schema import DIALECTS

_COMMENT = re.compile(r"^\s*(?:--|#|/\*)\s*(dialect|database)\s*[:=]\s*([^\s*;]+)", re.IGNORECASE | re.MULTILINE)
_ALIASES = {
    "ansi": "",
    "mariadb": "mysql",
    "mssql": "tsql",
    "postgresql": "postgres",
    "pyspark": "spark",
    "sparksql": "spark",
    "sqlite3": "sqlite",
    "sqlserver": "tsql",
}
_SUFFIXES = {".pgsql": "postgres", ".psql": "postgres", ".hql": "hive"}


@dataclass(frozen=True)
class SqlEnvironment:
    """What a query depends on.

    - `dialect` is sqlglot's name of the dialect (`sqlite`, `duckdb`, `postgres`, `mysql`, `snowflake`, `bigquery`,
      `databricks`, `spark`, `tsql`, ...); empty where it is not known, and then only what is wrong in all of them is.
    - `schema` are the tables that queries can use; not `closed` where there may be others.
    - `explaining_url` is the URL of the database that judges fixed queries (see `explained`), empty if none may.
    """

    dialect: str = ""
    schema: Schema = NO_SCHEMA
    explaining_url: str = field(default="", repr=False)


def environment_for(place: FilePlace) -> SqlEnvironment:
    """Return the environment of a file. Reads files; unless the place is patient, a database is read in the background,
    and what was read before counts.

    The first lines of a file may name the dialect, `-- dialect: postgres`, and the database, `-- database: NAME`, where
    NAME is a key of the setting `databases`. The dialect is that of the comment, of the setting, of the schema, of the
    file's suffix, or the one whose dump the first lines are, in this order.
    """
    if place == FilePlace():
        return SqlEnvironment()
    comments = {key.lower(): value for key, value in reversed(_COMMENT.findall(place.head))}
    settings, chosen = place.settings, comments.get("database", "")
    schema = schema_for(place.path, place.roots, settings, chosen, patient=place.patient)
    suffix = PurePath(place.path).suffix.lower()
    dialect = (
        dialect_named(comments.get("dialect", ""))
        or settings.dialect
        or dialect_named(schema.dialect)
        or _SUFFIXES.get(suffix, "")
        or (dialect_named(dialect_of(place.head)) if suffix in SUFFIXES else "")
    )
    url = url_for(place.path, settings, chosen) if settings.explain else ""
    return SqlEnvironment(dialect, schema, url if engine_of(url) else "")


def dialect_named(name: str) -> str:
    """Return the name of a dialect as settings have it, given one of its usual names; empty if it is none."""
    name = _ALIASES.get(name.lower(), name.lower())
    return name if name in DIALECTS else ""


def in_dialect(environment: object, dialect: str) -> SqlEnvironment:
    """Return the environment of a query that its surroundings say is in a dialect; settings and schema are stronger."""
    assert isinstance(environment, SqlEnvironment)
    return replace(environment, dialect=environment.dialect or dialect)
