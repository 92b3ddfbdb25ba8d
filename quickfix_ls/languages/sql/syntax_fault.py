"""The first syntax error of a statement, in its dialect."""

from __future__ import annotations

from quickfix_ls.index.syntax import SyntaxFault
from quickfix_ls.languages.sql.environment import SqlEnvironment
from quickfix_ls.languages.sql.judged import is_judged
from quickfix_ls.languages.sql.parsing import parsed
from quickfix_ls.languages.sql.sqlite_judge import syntax_fault
from quickfix_ls.languages.sql.strictness import strict_fault, typographic_fault
from quickfix_ls.languages.sql.tool_commands import masked


def fault(text: str, prefix: str, suffix: str, environment: object) -> SyntaxFault | None:
    """Return the first syntax error of a text, in the dialect of its environment.

    SQLite judges its own dialect, sqlglot the others, and `strictness` what sqlglot lets pass.
    """
    assert isinstance(environment, SqlEnvironment)
    if not text.strip():
        return None
    dialect = environment.dialect
    if dialect == "sqlite":
        return syntax_fault(masked(text)) or typographic_fault(text)
    if not is_judged(text):
        return None
    found = parsed(text, dialect).fault or strict_fault(text, dialect)
    return None if found and not dialect and _is_sqlite(text) else found


def _is_sqlite(text: str) -> bool:
    """Return whether SQLite takes a text that sqlglot does not, all of it."""
    return syntax_fault(masked(text)) is None and typographic_fault(text) is None
