"""The setting `databases`: which database the queries of which files are for.

Each value is the URL of a database as SQLAlchemy writes it, the name of an environment variable that holds one, or the
path of a file with a schema. URLs can hold passwords, so that no message shows one as it is.
"""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from typing import Any

SCHEMA: dict[str, Any] = {"type": "object", "additionalProperties": {"type": "string"}}

_VARIABLE = re.compile(r"[A-Za-z_]\w*")
_FILE_URL = re.compile(r"(?P<start>(?:sqlite|duckdb)(?:\+\w+)?:///)(?P<path>[^?]+)(?P<rest>\?.*)?")
_NO_FILES = ("file:", ":memory:", "md:", "motherduck:")
_PASSWORD = re.compile(r"(?<=://)(?P<user>[^:/@?\s]*):(?P<password>[^\n]*)(?=@)")
_PARAMETER = re.compile(r"(?P<name>[?&;][\w.-]*(?:pass|pwd|token|key|secret|cred|auth)[\w.-]*=)[^&;\s]*", re.IGNORECASE)


def mismatch(value: object) -> str:
    """Return a description of the valid values if `value` is invalid, else an empty string."""
    right = isinstance(value, Mapping) and all(isinstance(database, str) and database for database in value.values())
    return (
        ""
        if right
        else "an object of globs, each with the URL of a database, the name of an environment variable, or a file"
    )


def is_url(database: str) -> bool:
    """Return whether a value is a URL."""
    return "://" in database


def is_variable(database: str) -> bool:
    """Return whether a value is the name of an environment variable."""
    return _VARIABLE.fullmatch(database) is not None


def file_of(database: str) -> str:
    """Return the path of the file that a value names, as a path or as a URL of SQLite or DuckDB; empty for others."""
    if not is_url(database):
        return "" if is_variable(database) else database
    found = _FILE_URL.fullmatch(database)
    return found["path"] if found and not found["path"].startswith(_NO_FILES) else ""


def placed(database: str, folder: str) -> str:
    """Return a value whose file, if it names one, is absolute; a relative one is resolved against `folder`."""
    if not (path := file_of(database)):
        return database
    absolute = os.path.join(folder, path)
    found = _FILE_URL.fullmatch(database)
    return f"{found['start']}{absolute}{found['rest'] or ''}" if found else absolute


def redacted(text: str) -> str:
    """Return a text without the passwords, tokens and keys in its URLs."""
    return _PARAMETER.sub(r"\g<name>***", _PASSWORD.sub(r"\g<user>:***", text))
