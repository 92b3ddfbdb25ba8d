"""The statements whose syntax is judged: those that read and change rows, and those that create tables, views
and indexes.

sqlglot knows functions, operators, roles and the procedural parts of the engines only in part; an error that it reports
of them proves nothing."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from quickfix_ls.languages.sql.lexer import lexed
from quickfix_ls.lexing.tokens import Token

_STATEMENTS = """
    grant revoke comment do call exec execute declare begin if else elseif elsif while loop repeat return returns
    set copy prepare deallocate open fetch close leave iterate signal listen notify end analyze analyse explain
    describe desc show use lock unlock vacuum reindex cluster checkpoint discard load reset security start savepoint
    release rollback commit import export install attach detach pragma kill flush handler raise print throw waitfor
    goto optimize msck refresh summarize cache uncache add list remove put get rename undrop until exit continue for
    delimiter source abort
"""
_OBJECTS = """
    function procedure operator aggregate type cast rule event package domain extension policy role user server
    foreign trigger language trusted collation text access publication subscription statistics conversion transform
    sequence schema database tablespace synonym stage task stream pipe warehouse definer algorithm sql force
    editionable stored macro secret constraint default group share connection model row search security login
    assembly queue fulltext spatial bitmap cluster context directory library profile resource storage tag masking
    network integration alert
"""
_MODIFIERS = (
    "or replace alter temp temporary global local unlogged unique materialized external transient hidden secure"
)
_OTHER_STATEMENTS, _OTHER_OBJECTS, _BETWEEN = (
    frozenset(words.split()) for words in (_STATEMENTS, _OBJECTS, _MODIFIERS)
)
_MOST_WORDS = 8


def is_judged(text: str) -> bool:
    """Return whether an error that a parser reports of a statement can be trusted."""
    words = [token.text.lower() for token in islice(_code(text), 40)]
    if not words:
        return True
    if words[0] in _OTHER_STATEMENTS:
        return False
    if words[0] not in ("create", "alter", "drop"):
        return True
    thing = next((at for at in range(1, min(len(words), _MOST_WORDS)) if words[at] not in _BETWEEN), len(words))
    if thing < len(words) and words[thing] in _OTHER_OBJECTS:
        return False
    # `CREATE VIEW v WITH (option) AS`
    has_options = any(
        words[at : at + 2] == ["with", "("] and "as" not in words[:at] for at in range(thing, len(words) - 1)
    )
    return not (has_options and words[thing : thing + 1] == ["view"])


def _code(text: str) -> Iterator[Token]:
    return (token for token in lexed(text) if token.kind not in ("comment", "newline"))
