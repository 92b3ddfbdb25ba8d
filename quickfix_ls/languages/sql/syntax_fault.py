"""The first syntax error of a statement, in its dialect."""

from __future__ import annotations

from quickfix_ls.index.syntax import SyntaxFault
from quickfix_ls.languages.sql.environment import SqlEnvironment
from quickfix_ls.languages.sql.parsing import parsed
from quickfix_ls.languages.sql.sqlite_judge import syntax_fault
from quickfix_ls.languages.sql.strictness import strict_fault


def fault(text: str, prefix: str, suffix: str, environment: object) -> SyntaxFault | None:
    """Return the first syntax error of a text, in the dialect of its environment.

    SQLite judges its own dialect, sqlglot the others, and `strictness` what sqlglot lets pass.
    """
    assert isinstance(environment, SqlEnvironment)
    if not text.strip():
        return None
    if environment.dialect == "sqlite":
        return syntax_fault(text)
    return parsed(text, environment.dialect).fault or strict_fault(text, environment.dialect)
