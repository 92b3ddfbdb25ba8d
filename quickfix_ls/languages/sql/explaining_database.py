"""The database that may judge the fixed queries of a file."""

from __future__ import annotations

import os

from quickfix_ls.languages.language import FilePlace
from quickfix_ls.schema.explain import engine_of
from quickfix_ls.settings import databases
from quickfix_ls.settings.globs import fits


def explaining_url(place: FilePlace) -> str:
    """Return the URL of the database that judges the fixed queries of a file; empty if none may."""
    if not place.settings.explain:
        return ""
    database = next((value for glob, value in place.settings.databases if fits(glob, place.path)), "")
    url = os.environ.get(database, "") if databases.is_variable(database) else database
    return url if engine_of(url) else ""
