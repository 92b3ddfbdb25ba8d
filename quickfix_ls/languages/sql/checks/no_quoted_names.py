"""Refuse a name in double quotes that is none: SQLite takes an unknown one for a text, and so the error would be gone
without anything being mended."""

from __future__ import annotations

from collections import Counter

from quickfix_ls.languages.sql.environment import SqlEnvironment
from quickfix_ls.languages.sql.facts import FileTables
from quickfix_ls.languages.sql.lexer import lex, unquoted
from quickfix_ls.languages.sql.meaning import meaning_of
from quickfix_ls.validation.change import Change, Refused

COST = 3
STAGE = "repair"


def check(change: Change) -> str:
    before, after = (_loose_texts(change, region.text) for region in (change.before, change.after))
    new = +(after - before)
    if new:
        raise Refused(f'"{next(iter(new))}" is no name, and would be taken for a text')
    return ""


def _loose_texts(change: Change, text: str) -> Counter[str]:
    """Return the names in double quotes that refer to no column, table or alias of the statement."""
    if '"' not in text:
        return Counter()
    environment, summary = change.index.environment, change.index.summary
    assert isinstance(environment, SqlEnvironment)
    assert isinstance(summary, FileTables)
    quoted = Counter(unquoted(token.text) for token in lex(text) if token.kind == "name" and token.text[0] == '"')
    meaning = meaning_of(text, environment, summary.schema)
    scopes = [scope for read in meaning.references for scope in read.scopes]
    known = {column.name.lower() for scope in scopes for source in scope.sources for column in source.table.columns}
    known |= {name for scope in scopes for name in scope.outputs}
    known |= {source.name.lower() for scope in scopes for source in scope.sources}
    known |= {source.table.name.lower() for scope in scopes for source in scope.sources}
    return Counter({name: count for name, count in quoted.items() if name.lower() not in known})
