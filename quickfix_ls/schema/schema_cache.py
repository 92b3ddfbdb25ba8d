"""The schemas that were read from databases, in the user's cache folder, so that they are there at once and without a
connection. A file holds names, types and keys; neither rows nor passwords.

The folder is `$XDG_CACHE_HOME/quickfix-ls/schemas` if that variable is set, else in the system's folder for caches.
"""

from __future__ import annotations

import hashlib
import json
import os
import tempfile
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from quickfix_ls.schema.json_file import as_json, schema_from
from quickfix_ls.schema.tables import Schema
from quickfix_ls.settings.databases import redacted

_VERSION = 1


class Cached(NamedTuple):
    """A schema that was read from a database, and the seconds that this took."""

    schema: Schema
    seconds: float


def cached(url: str) -> Cached | None:
    """Return what is kept of a database; None if there is nothing that can be read."""
    try:
        value = json.loads(_file(url).read_text(encoding="utf-8"))
        if value["version"] != _VERSION or value["database"] != redacted(url):
            return None
        return Cached(schema_from(value["schema"], redacted(url)), float(value["seconds"]))
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return None


def keep(url: str, found: Cached) -> None:
    """Keep what was read from a database. Where the folder can't be written to, nothing is kept."""
    value = {
        "version": _VERSION,
        "database": redacted(url),
        "seconds": found.seconds,
        "schema": as_json(found.schema),
    }
    file = _file(url)
    with suppress(OSError):
        file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        # `mkstemp` makes a file that only the user can read.
        handle, name = tempfile.mkstemp(dir=file.parent, prefix=file.stem)
        with open(handle, "w", encoding="utf-8") as stream:
            json.dump(value, stream)
        os.replace(name, file)


def _file(url: str) -> Path:
    digest = hashlib.sha256(redacted(url).encode()).hexdigest()[:32]
    return _folder() / f"{digest}.json"


def _folder() -> Path:
    if home := os.environ.get("XDG_CACHE_HOME"):
        return Path(home) / "quickfix-ls" / "schemas"
    from platformdirs import user_cache_path

    return user_cache_path("quickfix-ls", appauthor=False) / "schemas"
