"""Say what was verified of the names of a statement."""

from __future__ import annotations

import os

from quickfix_ls.languages.sql.environment import SqlEnvironment
from quickfix_ls.languages.sql.findings import meaning_in
from quickfix_ls.languages.sql.placeholders import is_unknown
from quickfix_ls.problems.kinds import kind_of
from quickfix_ls.validation.change import Change

COST = 4
STAGE = "repair"


def check(change: Change) -> str:
    """Return "every name is known in shop.db", or the names that are not; empty without a schema."""
    environment = change.index.environment
    assert isinstance(environment, SqlEnvironment)
    meaning = meaning_in(change.index, change.after)
    if not meaning.schema.tables:
        return ""
    if meaning.errors and kind_of(change.problem).proof == "parser":
        return f"left: {meaning.errors[0].message}"
    if meaning.errors:
        return ""
    origins = ", ".join(os.path.basename(origin) for origin in environment.schema.origin.split(", "))
    told = f" ({origins})" if origins else ""
    is_prepared = environment.dialect == "sqlite" and not is_unknown(change.after.text)
    prepared = "SQLite prepares it, and " if is_prepared else ""
    return f"{prepared}every name is in the schema{told}"
