"""The record of Python's lexical rules."""

from __future__ import annotations

from quickfix_ls.languages.python.adjacent import may_follow, role_of, role_of_text
from quickfix_ls.languages.python.lexer import KEYWORDS, OPENERS, lexed
from quickfix_ls.languages.python.statement_lines import begins_statement
from quickfix_ls.lexing.lexis import Lexis

LEXIS = Lexis(
    lexed=lexed,
    keywords=KEYWORDS,
    openers=OPENERS,
    comment="#",
    begins_statement=begins_statement,
    role_of=role_of,
    role_of_text=role_of_text,
    is_adjacent=may_follow,
)
