"""Errors of syntax that sqlglot lets pass, since some dialect or other takes them."""

from __future__ import annotations

from quickfix_ls.index.syntax import SyntaxFault
from quickfix_ls.languages.sql.lexer import lex
from quickfix_ls.languages.sql.parsing import fault_at
from quickfix_ls.languages.sql.stray_tokens import is_stray, is_typographic
from quickfix_ls.lexing.tokens import Token

_CLAUSES = frozenset(
    ["from", "where", "group", "having", "order", "limit", "offset", "union", "except", "intersect", "window"]
)
_RANK = {"select": 0, "from": 1, "where": 2, "group": 3, "having": 4, "window": 5, "order": 6, "limit": 7}
_TRAILING_COMMA = frozenset({"", "duckdb", "bigquery", "snowflake", "databricks", "clickhouse"})
"""Dialects that take a comma before the clause that follows a list."""
_DOUBLE_EQUALS = frozenset({"", "sqlite", "duckdb", "databricks", "spark", "spark2", "hive", "clickhouse"})
_ANY_ORDER = frozenset({"clickhouse", "teradata"})


def strict_fault(text: str, dialect: str) -> SyntaxFault | None:
    """Return the first such error: a comma before a clause or a closing bracket, clauses in another order, `==`, and
    what `stray_tokens` tells."""
    tokens = [token for token in lex(text) if token.kind not in ("comment", "newline")]
    ranks = [-1]
    for at, token in enumerate(tokens):
        word = token.text.lower()
        if token.text == "(":
            ranks.append(-1)
        elif token.text == ")" and len(ranks) > 1:
            ranks.pop()
        if at and tokens[at - 1].text == "," and dialect not in _TRAILING_COMMA and _ends_list(token):
            return fault_at(text, tokens, at)
        if (token.text == "==" and dialect not in _DOUBLE_EQUALS) or is_stray(tokens, at, dialect):
            return fault_at(text, tokens, at)
        if word in ("union", "except", "intersect", "with") or token.text == ";":
            ranks[-1] = -1
        elif word in _RANK and token.kind == "keyword" and not _is_other(tokens, at):
            rank = _RANK[word]
            if rank < ranks[-1] and rank and dialect not in _ANY_ORDER:
                return fault_at(text, tokens, at)
            ranks[-1] = rank if rank else 0
    return None


def typographic_fault(text: str) -> SyntaxFault | None:
    """Return the first quote, bracket or operator of a word processor; SQLite takes most of them for letters."""
    if text.isascii():
        return None
    tokens = [token for token in lex(text) if token.kind not in ("comment", "newline")]
    return next((fault_at(text, tokens, at) for at, token in enumerate(tokens) if is_typographic(token)), None)


def _ends_list(token: Token) -> bool:
    return token.text == ")" or (token.kind == "keyword" and token.text.lower() in _CLAUSES)


def _is_other(tokens: list[Token], at: int) -> bool:
    """Return whether a keyword opens no clause of a query here: `DELETE FROM`, `IS DISTINCT FROM`, `EXTRACT(year FROM
    x)`, `WITHIN GROUP (ORDER BY`, `OVER (ORDER BY`."""
    before = tokens[at - 1].text.lower() if at else ""
    return before in ("delete", "distinct", "within", "for", "(") or (at > 1 and tokens[at - 2].text == "(")
