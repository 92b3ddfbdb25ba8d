"""The record of SQL's lexical rules."""

from __future__ import annotations

from collections.abc import Sequence

from quickfix_ls.languages.sql.adjacent import may_follow, role_of, role_of_text
from quickfix_ls.languages.sql.lexer import KEYWORDS, OPENERS, lexed
from quickfix_ls.lexing.layout import Line
from quickfix_ls.lexing.lexis import Lexis
from quickfix_ls.lexing.tokens import Token

_STATEMENTS = frozenset({"insert", "update", "delete", "create", "alter", "drop"})


def begins_statement(tokens: Sequence[Token], line: Line) -> bool:
    """Return whether a line is very unlikely to continue an expression in brackets."""
    return line.indent == 0 and tokens[line.first].text.lower() in _STATEMENTS


LEXIS = Lexis(
    lexed=lexed,
    keywords=KEYWORDS,
    openers=OPENERS,
    comment="--",
    begins_statement=begins_statement,
    role_of=role_of,
    role_of_text=role_of_text,
    is_adjacent=may_follow,
)
