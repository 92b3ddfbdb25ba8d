"""Connect to a database by SQLAlchemy, read-only and with time limits.

A database is named as in the setting `databases`. Its URL can take passwords from the environment, written
`${NAME}`; where it has a user and no password, the keyring is asked for that of the service `quickfix-ls` and the URL
as the user's name; drivers have ways of their own, like `~/.pgpass`. No message holds a password.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import lru_cache
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from quickfix_ls.errors import SchemaError
from quickfix_ls.settings.databases import is_url, is_variable, redacted

if TYPE_CHECKING:
    from sqlalchemy import Connection
    from sqlalchemy.engine import URL

CONNECT_SECONDS = 10
STATEMENT_SECONDS = 30
SERVICE = "quickfix-ls"
"""The name of our passwords' service in the keyring."""

_WITHOUT_PASSWORD = re.compile(r"[\w+]+://[^:/@?]+(?=@[^/?])")
_PLACEHOLDER = re.compile(r"\$\{(\w+)\}")
_ALIASES = {"postgres": "postgresql"}
_DIALECTS = {
    "postgresql": "postgres",
    "cockroachdb": "postgres",
    "mariadb": "mysql",
    "mssql": "tsql",
    "awsathena": "athena",
    "sqlite": "sqlite",
}
"""sqlglot's names of the dialects of SQLAlchemy that have another one there."""

_PACKAGES = {
    "bigquery": "sqlalchemy-bigquery",
    "clickhouse": "clickhouse-sqlalchemy",
    "databricks": "databricks-sqlalchemy",
    "mariadb": "pymysql",
    "mssql": "pyodbc",
    "mysql": "pymysql",
    "oracle": "oracledb",
    "postgresql": "'quickfix-ls[sql]'",
    "redshift": "sqlalchemy-redshift redshift-connector",
    "snowflake": "snowflake-sqlalchemy",
    "trino": "'trino[sqlalchemy]'",
}
_FREE_DRIVERS = {"postgresql": ("psycopg", "psycopg2"), "mysql": ("pymysql", "MySQLdb"), "mariadb": ("pymysql",)}
"""The drivers to take, in this order, where a URL names none."""

_CONNECT_ARGUMENTS: dict[str, dict[str, Any]] = {
    "postgresql+psycopg": {"connect_timeout": CONNECT_SECONDS},
    "postgresql+psycopg2": {"connect_timeout": CONNECT_SECONDS},
    "mysql+pymysql": {"connect_timeout": CONNECT_SECONDS, "read_timeout": STATEMENT_SECONDS},
    "mariadb+pymysql": {"connect_timeout": CONNECT_SECONDS, "read_timeout": STATEMENT_SECONDS},
    "mysql+mysqldb": {"connect_timeout": CONNECT_SECONDS, "read_timeout": STATEMENT_SECONDS},
    "snowflake": {"login_timeout": CONNECT_SECONDS, "network_timeout": STATEMENT_SECONDS},
}
_READ_ONLY = {
    "postgresql": (f"SET statement_timeout = '{STATEMENT_SECONDS}s'", "SET TRANSACTION READ ONLY"),
    "mysql": ("SET SESSION TRANSACTION READ ONLY", f"SET SESSION MAX_EXECUTION_TIME = {STATEMENT_SECONDS}000"),
    "mariadb": ("SET SESSION TRANSACTION READ ONLY", f"SET SESSION max_statement_time = {STATEMENT_SECONDS}"),
    "snowflake": (f"ALTER SESSION SET STATEMENT_TIMEOUT_IN_SECONDS = {STATEMENT_SECONDS}",),
}


def url_of(database: str, environ: Mapping[str, str] = os.environ) -> str:
    """Return the URL that a value of `databases` names: itself, or that in an environment variable, with the values of
    its placeholders. Raises SchemaError if a variable is not set, or holds no URL."""
    if is_variable(database):
        url = environ.get(database, "")
        if not is_url(url):
            wrong = "holds no URL" if url else "is not set"
            raise SchemaError(f"the environment variable {database}, which is to hold a database's URL, {wrong}")
        database = url

    def value(found: re.Match[str]) -> str:
        if found[1] not in environ:
            raise SchemaError(f"{redacted(database)}: the environment variable {found[1]} is not set")
        return quote(environ[found[1]], safe="")

    return _PLACEHOLDER.sub(value, database)


@lru_cache(maxsize=64)
def with_password(url: str) -> str:
    """Return a URL with the password that the keyring holds for it, if it has a user, a host and no password.

    The keyring is asked once.
    """
    found = _WITHOUT_PASSWORD.match(url)
    if found is None:
        return url
    try:
        import keyring
        from keyring.errors import KeyringError
    except ImportError:
        return url
    try:
        password = keyring.get_password(SERVICE, url)
    except (KeyringError, RuntimeError, OSError):
        return url
    return f"{found[0]}:{quote(password, safe='')}{url[found.end() :]}" if password else url


def dialect_of_url(url: str) -> str:
    """Return sqlglot's name of the dialect of a database."""
    name = url.partition("://")[0].partition("+")[0].lower()
    name = _ALIASES.get(name, name)
    return _DIALECTS.get(name, name)


@contextmanager
def connected(url: str) -> Iterator[Connection]:
    """Yield a connection to a database, in a transaction that is read-only where the database has such, and that is
    rolled back. Raises SchemaError, also for what the body lets through of SQLAlchemy's errors."""
    try:
        import sqlalchemy
        from sqlalchemy.exc import NoSuchModuleError, SQLAlchemyError
    except ImportError:
        raise SchemaError(f"{redacted(url)}: SQLAlchemy is not installed: pip install 'quickfix-ls[sql]'") from None
    try:
        parsed = _parsed(with_password(url))
        engine = sqlalchemy.create_engine(
            parsed,
            poolclass=sqlalchemy.pool.NullPool,
            connect_args=_CONNECT_ARGUMENTS.get(parsed.drivername, {}),
            hide_parameters=True,
        )
        with engine.connect() as connection:
            for statement in _READ_ONLY.get(parsed.get_backend_name(), ()):
                connection.execute(sqlalchemy.text(statement))
            yield connection
            connection.rollback()
    except (NoSuchModuleError, ImportError) as error:
        raise SchemaError(f"{redacted(url)}: {_missing(url, error)}") from None
    except SQLAlchemyError as error:
        raise SchemaError(f"{redacted(url)}: {_reason(url, error)}") from None
    except (OSError, ValueError, TypeError) as error:
        # A driver's own errors about what is in the URL.
        raise SchemaError(f"{redacted(url)}: {_without_secrets(url, str(error))}") from None


def _parsed(url: str) -> URL:
    """Return a URL with the driver that is installed."""
    from sqlalchemy.engine import make_url

    parsed = make_url(url)
    backend = _ALIASES.get(parsed.drivername, parsed.drivername)
    drivers = _FREE_DRIVERS.get(backend, ())
    driver = next((name for name in drivers if find_spec(name) is not None), drivers[0] if drivers else "")
    return parsed.set(drivername=f"{backend}+{driver.lower()}" if driver else backend)


def _missing(url: str, error: Exception) -> str:
    backend = url.partition("://")[0].partition("+")[0]
    backend = _ALIASES.get(backend, backend)
    package = _PACKAGES.get(backend)
    what = getattr(error, "name", None) or f"SQLAlchemy's dialect {backend}"
    return f"{what} is not installed" + (f": pip install {package}" if package else "")


def _reason(url: str, error: Exception) -> str:
    """Return the first line of the driver's own error, which SQLAlchemy's wraps."""
    inner = getattr(error, "orig", None) or error
    lines = [line.strip() for line in str(inner).splitlines() if line.strip()]
    return _without_secrets(url, lines[0] if lines else type(inner).__name__)


def _without_secrets(url: str, text: str) -> str:
    """Return a driver's message without the URL's password, which some quote."""
    from sqlalchemy.engine import make_url
    from sqlalchemy.exc import SQLAlchemyError

    try:
        password = str(make_url(url).password or "")
    except (SQLAlchemyError, ValueError):
        password = ""
    return redacted(text.replace(password, "***") if password else text)
