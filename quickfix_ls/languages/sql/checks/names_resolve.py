"""Say what was verified of the names of the statement that was fixed."""

from __future__ import annotations

import os

from quickfix_ls.languages.sql.environment import SqlEnvironment
from quickfix_ls.languages.sql.findings import meaning_in
from quickfix_ls.problems.kinds import kind_of
from quickfix_ls.validation.change import Change

COST = 6
STAGE = "offer"


def check(change: Change) -> str:
    """Return "every name is in the schema (shop.db)", or the first error of a name that is left; empty without a
    schema."""
    after = change.index_after
    environment = after.environment
    assert isinstance(environment, SqlEnvironment)
    first = min((change.problem.span, *(edit.span for edit in change.candidate.edits)))
    unit = after.unit_at(first.start)
    if after.unit_fault(unit) is not None:
        return ""
    meaning = meaning_in(after, after.region(unit))
    if not meaning.schema.tables:
        return ""
    if meaning.errors:
        return f"left: {meaning.errors[0].message}" if kind_of(change.problem).proof == "parser" else ""
    origins = ", ".join(os.path.basename(origin) for origin in environment.schema.origin.split(", "))
    told = f" ({origins})" if origins else ""
    prepared = "SQLite prepares it, and " if environment.dialect == "sqlite" else ""
    return f"{prepared}every name is in the schema{told}"
