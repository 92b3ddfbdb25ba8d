"""Say what was verified of the names of the statement that was fixed."""

from __future__ import annotations

import os

from quickfix_ls.languages.sql.environment import SqlEnvironment
from quickfix_ls.languages.sql.fixed_statement import meaning_after
from quickfix_ls.problems.kinds import kind_of
from quickfix_ls.validation.change import Change

COST = 6
STAGE = "offer"


def check(change: Change) -> str:
    """Return "every name is in the schema (shop.db)", or the first error of a name that is left; empty without a
    schema."""
    environment = change.index.environment
    assert isinstance(environment, SqlEnvironment)
    meaning = meaning_after(change)
    if meaning is None or not meaning.schema.tables:
        return ""
    if meaning.errors:
        return f"left: {meaning.errors[0].message}" if kind_of(change.problem).proof == "parser" else ""
    origins = ", ".join(os.path.basename(origin) for origin in environment.schema.origin.split(", "))
    told = f" ({origins})" if origins else ""
    prepared = "SQLite prepares it, and " if environment.dialect == "sqlite" else ""
    return f"{prepared}every name is in the schema{told}"
