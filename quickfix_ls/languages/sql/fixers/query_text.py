"""Places in the text of a query: where a further join goes, how its keywords are written."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from quickfix_ls.context import Context
from quickfix_ls.languages.sql.names.scopes import Scope
from quickfix_ls.lexing.tokens import Token

_AFTER_SOURCES = frozenset(
    (
        "where",
        "group",
        "having",
        "order",
        "limit",
        "window",
        "union",
        "except",
        "intersect",
        "qualify",
        "offset",
        "fetch",
    )
)


def end_of_sources(context: Context, scope: Scope) -> int | None:
    """Return the offset in the region behind the last table of a query's FROM clause and its joins; None if the query
    reads from no named table."""
    tokens = [token for token in context.tokens if token.kind not in ("comment", "newline")]
    first = _first_source(tokens, scope)
    if first is None:
        return None
    depth = 0
    for at in range(first, len(tokens)):
        token = tokens[at]
        if token.text == "(":
            depth += 1
        elif token.text == ")":
            depth -= 1
        if depth < 0 or (not depth and (token.text == ";" or token.text.lower() in _AFTER_SOURCES)):
            return tokens[at - 1].end
    return tokens[-1].end


def _first_source(tokens: Sequence[Token], scope: Scope) -> int | None:
    starts = [source.node.this.meta.get("start") for source in scope.sources if source.node is not None]
    known = [start for start in starts if start is not None]
    if not known:
        return None
    return next((at for at, token in enumerate(tokens) if token.start == min(known)), None)


def cased(context: Context, words: str) -> str:
    """Return keywords in the case in which the statement has its own."""
    keywords = [token.text for token in context.tokens if token.kind == "keyword"]
    lower = sum(text.islower() for text in keywords)
    return words.lower() if lower * 2 > len(keywords) else words.upper()


def unqualified_in(scope: Scope, references: Sequence[Any]) -> list[Any]:
    """Return the columns of a scope that are read without a qualifier, each once."""
    return [r.node for r in references if r.scope is scope and r.node.args.get("table") is None]
