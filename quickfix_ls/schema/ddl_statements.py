"""Split files with data definition statements (DDL) of any dialect, and parse the statements that define tables."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from sqlglot import Token, exp
    from sqlglot.dialects.dialect import Dialect

_DIALECTS = ("", "postgres", "mysql", "tsql", "sqlite", "snowflake", "bigquery", "duckdb", "oracle", "spark")
_MAX_RETRIES = 50

_DIALECT_COMMENT = re.compile(r"\s*(?:--|#|/\*)\s*dialect\s*[:=]\s*(\w+)", re.IGNORECASE)
_EVIDENCE = (
    (re.compile(r"-- PostgreSQL database dump|\bpg_catalog\.|\bCREATE EXTENSION\b|\bBIGSERIAL\b"), "postgres"),
    (re.compile(r"-- MySQL dump|-- MariaDB dump|/\*!\d{5}|\bENGINE\s*=\s*\w", re.IGNORECASE), "mysql"),
    (re.compile(r"\[dbo\]\.|^GO\s*$|\bNVARCHAR\b.*\bIDENTITY\s*\(", re.MULTILINE), "tsql"),
)
_GUESSES = (
    (re.compile(r"\$\$|::\w|\bSERIAL\b|\bJSONB\b|\bTIMESTAMPTZ\b", re.IGNORECASE), "postgres"),
    (re.compile(r"\bAUTO_INCREMENT\b", re.IGNORECASE), "mysql"),
    (re.compile(r"\bAUTOINCREMENT\b", re.IGNORECASE), "sqlite"),
    (re.compile(r"\bVARCHAR2\b", re.IGNORECASE), "oracle"),
    (re.compile(r"\bSTRUCT<|\bOPTIONS\s*\("), "bigquery"),
)
_HEAD_LINES = 20

_COPIED_ROWS = re.compile(r"^COPY\b[^;]*\bFROM\s+stdin\b[^;]*;\n.*?^\\\.$", re.IGNORECASE | re.MULTILINE | re.DOTALL)
_CLIENT_LINE = re.compile(r"^(?:GO|\\\w.*|DELIMITER\s+\S+)[ \t]*$", re.IGNORECASE | re.MULTILINE)
_DOWN = re.compile(r"^--\s*(?:\+goose\s+Down|\+migrate\s+Down|migrate:down|rollback)\b.*", re.IGNORECASE | re.MULTILINE)
_STATEMENT_END = re.compile(r";[ \t]*(?:--.*)?$", re.MULTILINE)
_LEADING = re.compile(r"\A(?:\s+|--[^\n]*\n|/\*.*?\*/)*", re.DOTALL)
_RELEVANT = re.compile(
    r"CREATE\s+(?!(?:UNIQUE\s+)?INDEX|TRIGGER|DATABASE|SCHEMA|EXTENSION|SEQUENCE|TYPE|USER|ROLE|POLICY)"
    r"|DROP\s+(?:TABLE|VIEW|MATERIALIZED|FOREIGN)"
    r"|ALTER\s+(?:TABLE|FOREIGN|VIEW|MATERIALIZED)\b.*?\b(?:ADD|DROP|RENAME|CHANGE|INHERIT)\b",
    re.IGNORECASE | re.DOTALL,
)


class DdlStatement(NamedTuple):
    """A statement that defines or changes a table, view or function: its text, and its syntax tree; None if it can't
    be parsed."""

    text: str
    tree: exp.Expr | None


def dialect_comment(text: str) -> str:
    """Return the dialect that a comment `-- dialect: x` in the first lines of a file names, in lower case, or empty."""
    for line in text.split("\n", _HEAD_LINES)[:_HEAD_LINES]:
        if found := _DIALECT_COMMENT.match(line):
            return found[1].lower()
    return ""


def dialect_of(text: str) -> str:
    """Return the dialect that a file certainly is in, by a comment or by what only one dialect has, or empty."""
    return dialect_comment(text) or next((dialect for known, dialect in _EVIDENCE if known.search(text)), "")


def statements(text: str, dialect: str = "") -> Iterator[DdlStatement]:
    """Yield the statements of a file that define tables, in order. `dialect` is empty if it is not known: then each
    statement is read in the first of the common dialects that takes it."""
    text = _CLIENT_LINE.sub(";", _COPIED_ROWS.sub("", text))
    if down := _DOWN.search(text):
        text = text[: down.start()]
    first = dialect or dialect_of(text) or next((guess for known, guess in _GUESSES if known.search(text)), "")
    retries = _MAX_RETRIES
    for statement, tokens in _split(text, first):
        if not _RELEVANT.match(statement):
            continue
        tree = _parsed(text, first, tokens) if tokens else _parsed(statement, first)
        for other in _DIALECTS if tree is None and retries > 0 and not dialect else ():
            if other != first and (tree := _parsed(statement, other)) is not None:
                break
        retries -= tree is None
        yield DdlStatement(statement, tree)


def _split(text: str, dialect: str) -> Iterator[tuple[str, list[Token] | None]]:
    """Yield the statements of a text without comments in front, with their tokens; at line ends and without tokens,
    where the dialect can't read the text."""
    from sqlglot import TokenType

    try:
        tokens = _dialect(dialect).tokenize(text)
    except _unreadable():
        yield from ((_LEADING.sub("", part, count=1), None) for part in _STATEMENT_END.split(text))
        return
    first = 0
    for number, token in enumerate(tokens):
        if token.token_type is TokenType.SEMICOLON:
            if first < number:
                yield text[tokens[first].start : token.start], tokens[first:number]
            first = number + 1
    if first < len(tokens):
        yield text[tokens[first].start :], tokens[first:]


def _parsed(text: str, dialect: str, tokens: list[Token] | None = None) -> exp.Expr | None:
    """Return the syntax tree of the statement that is the text, or that consists of some `tokens` of it; None if the
    dialect can't read it, or sqlglot has no tree for it."""
    from sqlglot import exp

    try:
        reader = _dialect(dialect)
        trees = reader.parser().parse(tokens or reader.tokenize(text), text)
    except _unreadable():
        return None
    tree = trees[0] if len(trees) == 1 else None
    return None if isinstance(tree, exp.Command) else tree


@cache
def _unreadable() -> tuple[type[Exception], ...]:
    """Return the errors that sqlglot raises for texts that it can't read, its own and those of its code."""
    from sqlglot.errors import SqlglotError

    return SqlglotError, RecursionError, ValueError, AttributeError, TypeError, IndexError, KeyError


def _dialect(name: str) -> Dialect:
    from sqlglot.dialects.dialect import Dialect

    # It warns of each statement that it has no tree for.
    logging.getLogger("sqlglot").setLevel(logging.ERROR)
    try:
        return Dialect.get_or_raise(name)
    except ValueError:
        return Dialect.get_or_raise("")
