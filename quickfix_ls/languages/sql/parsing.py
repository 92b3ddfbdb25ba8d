"""Parse statements with sqlglot: the tree of a text, or where and why it is no statement of its dialect."""

from __future__ import annotations

import logging
import re
from collections.abc import Sequence
from functools import cache, lru_cache
from typing import Any, NamedTuple

from quickfix_ls.index.syntax import SyntaxFault
from quickfix_ls.languages.sql.lexer import lex
from quickfix_ls.languages.sql.tool_commands import masked
from quickfix_ls.lexing.tokens import Token
from quickfix_ls.values import Span

CODE = "SyntaxError"

_ANY_DIALECT = ("", "postgres", "mysql", "sqlite", "duckdb", "bigquery", "snowflake", "databricks", "tsql", "oracle")
"""The dialects to try where none is known: what one of them takes is no error."""

_BACKTICKED = re.compile(r"`([^`\n\"]+)`")


class Parsed(NamedTuple):
    """The statements of a text as sqlglot's trees, whose identifiers have `meta["start"]` and `meta["end"]`, offsets of
    their first and last character; or the `fault` for which there are none."""

    trees: Sequence[Any] = ()
    fault: SyntaxFault | None = None


@lru_cache(maxsize=2048)
def parsed(text: str, dialect: str) -> Parsed:
    """Parse a text in a dialect (sqlglot's name; empty if unknown). Never raises."""
    first = _parsed(text, dialect)
    if first.fault is not None and not dialect:
        return next((other for name in _ANY_DIALECT[1:] if not (other := _parsed(text, name)).fault), first)
    return first


def _parsed(text: str, dialect: str) -> Parsed:
    sqlglot = _sqlglot()
    sql = masked(text)
    if dialect == "duckdb":
        # DuckDB takes names in backticks, which sqlglot does not know.
        sql = _BACKTICKED.sub(r'"\1"', sql)
    try:
        return Parsed([tree for tree in sqlglot.parse(sql, dialect=dialect or None) if tree is not None])
    except sqlglot.errors.ParseError as error:
        return Parsed((), _fault(text, error.errors))
    except (sqlglot.errors.TokenError, RecursionError, ValueError, AttributeError, TypeError, IndexError):
        return Parsed((), unended(text, lex(text)) or SyntaxFault("the statement can't be read", CODE, _all_of(text)))


@cache
def _sqlglot() -> Any:
    """Import sqlglot when the first statement is parsed. Its warnings about statements that it does not know in detail
    are none for users."""
    import sqlglot

    logging.getLogger("sqlglot").setLevel(logging.CRITICAL)
    return sqlglot


def _fault(text: str, errors: Sequence[dict[str, Any]]) -> SyntaxFault:
    """Return the fault for sqlglot's first error, at the token that it could not take."""
    tokens = [token for token in lex(text) if token.kind not in ("comment", "newline")]
    broken = unended(text, tokens)
    if broken is not None:
        return broken
    if not errors or not tokens:
        return SyntaxFault("the statement can't be read", CODE, _all_of(text))
    error = errors[0]
    end = _offset(text, error["line"], error["col"])
    at = next((number for number, token in enumerate(tokens) if token.end >= end), len(tokens) - 1)
    if "missing for" in error["description"] or error["description"].startswith("Expect"):
        # Here sqlglot names the last token that it took.
        is_taken = error["highlight"].lower() == tokens[at].text.lower() and error["end_context"].strip(" \r\n;") == ""
        at += is_taken
    return fault_at(text, tokens, at)


def fault_at(text: str, tokens: Sequence[Token], at: int) -> SyntaxFault:
    """Return the fault at a token that can't stand where it does; at the end of the text behind the last one."""
    if at < len(tokens) and tokens[at].text != ";":
        token = tokens[at]
        return SyntaxFault(f"syntax error near `{token.text}`", CODE, Span(token.start, token.end))
    end = tokens[at - 1].end if tokens and at else 0
    return SyntaxFault("the statement is not complete", CODE, Span(end, end))


def unended(text: str, tokens: Sequence[Token]) -> SyntaxFault | None:
    """Return the fault for the first string without its closing quote, or comment without its end."""
    for token in tokens:
        if token.kind == "badstring":
            return SyntaxFault(
                f"the text that begins with {token.text[0]} has no end", CODE, Span(token.start, token.end)
            )
    return None


def _all_of(text: str) -> Span:
    start = len(text) - len(text.lstrip())
    return Span(start, max(start, len(text.rstrip())))


def _offset(text: str, line: int, column: int) -> int:
    """Return the offset behind `column` characters of a line, both counted as sqlglot does."""
    start = 0
    for _ in range(line - 1):
        start = text.find("\n", start) + 1
    return min(len(text), start + column)
