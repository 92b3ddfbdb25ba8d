"""The environment of an SQL file: the dialect it is written in, and the schema of its database."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from quickfix_ls.languages.language import FilePlace
from quickfix_ls.languages.sql.explaining_database import explaining_url
from quickfix_ls.schema.tables import NO_SCHEMA, Schema


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
    """Return the environment of a file. Reads files; connects to nothing."""
    return SqlEnvironment(explaining_url=explaining_url(place))


def in_dialect(environment: object, dialect: str) -> SqlEnvironment:
    """Return the environment of a query that its surroundings say is in a dialect; settings and schema are stronger."""
    assert isinstance(environment, SqlEnvironment)
    return replace(environment, dialect=environment.dialect or dialect)
