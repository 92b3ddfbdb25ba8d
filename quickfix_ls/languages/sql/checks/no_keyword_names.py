"""Refuse a change that makes an unknown name of a keyword: `WHERE a > 2 AND;` is not mended by `AND BY`."""

from __future__ import annotations

from quickfix_ls.languages.sql.fixed_statement import meaning_after
from quickfix_ls.languages.sql.lexer import WORDS
from quickfix_ls.validation.change import Change, Refused

COST = 5
STAGE = "offer"


def check(change: Change) -> str:
    meaning = meaning_after(change)
    for error in meaning.errors if meaning is not None else ():
        if error.name.lower() in WORDS:
            raise Refused(f"`{error.name}` is no name")
    return ""
