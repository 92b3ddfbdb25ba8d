"""The commands in SQL files for the tools that run them: psql's backslash commands and copied rows, the dot commands of
SQLite's shell, MySQL's DELIMITER with the procedures up to the next one, and GO between batches."""

from __future__ import annotations

import re

from quickfix_ls.languages.sql.lexer import COMMANDS, lex

_BATCH_END = re.compile(r"^[ \t]*go[ \t]*(?:\d+[ \t]*)?$", re.IGNORECASE | re.MULTILINE)
_KEPT = re.compile(r"stdin\b[^;]*", re.IGNORECASE)
_OTHER = re.compile(r"[^\r\n]")


def masked(text: str) -> str:
    """Return a text of the same length with spaces in the place of what is no SQL; line ends are kept."""
    if COMMANDS.search(text):
        for token in lex(text):
            if token.kind == "comment" and not token.text.startswith(("--", "/*")):
                kept = _KEPT.match(token.text)
                start = token.start + (kept.end() if kept else 0)
                text = text[:start] + _OTHER.sub(" ", text[start : token.end]) + text[token.end :]
    return _BATCH_END.sub(lambda found: " " * len(found.group()), text)
