"""SQLite itself as the judge of its dialect: it prepares a statement in an empty database in memory.

Nothing is executed: `EXPLAIN` makes SQLite prepare a statement and list its instructions. There is no row anywhere.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Sequence
from functools import lru_cache
from typing import Literal, NamedTuple

from quickfix_ls.index.syntax import SyntaxFault
from quickfix_ls.languages.sql.lexer import lex
from quickfix_ls.languages.sql.parsing import fault_at, unended
from quickfix_ls.lexing.tokens import Token
from quickfix_ls.schema.tables import Table

_SYNTAX = re.compile(
    r'near "(?P<near>.*)": syntax error|incomplete input|unrecognized token: "(?P<token>.*)"'
    r"|a JOIN clause is required before (?P<join>ON)",
    re.DOTALL | re.IGNORECASE,
)
_LEADS = frozenset({"select", "with", "values", "insert", "update", "delete", "replace"})
_NEWER_FUNCTIONS = frozenset(
    ["concat", "concat_ws", "string_agg", "octet_length", "timediff", "unistr", "unistr_quote", "if"]
)
"""Functions of SQLite 3.43 to 3.50, which the library at hand may lack."""


class Complaint(NamedTuple):
    """SQLite's `message` about a statement."""

    message: str
    sort: Literal["syntax", "meaning"]


def syntax_fault(text: str) -> SyntaxFault | None:
    """Return the first syntax error of a text, for SQLite, at the token that its parser could not take.

    SQLite names that token but not its place: it is where the text, cut off behind the token, is refused in the same
    way for the first time.
    """
    if ";" not in text.rstrip("; \t\r\n"):
        # To lex a text takes longer than SQLite does to parse it, and most texts are one statement.
        message = _refusal(text.rstrip("; \t\r\n"), ())
        if message is None or not _SYNTAX.match(message):
            return None
    for statement in statements_of(text):
        message = _refusal(statement.text, ())
        if message is None or not _SYNTAX.match(message):
            continue
        tokens = statement.tokens
        at = _refused_token(statement, message)
        found = unended(statement.text, tokens) or fault_at(statement.text, tokens, at)
        start, span = statement.start, found.span
        return SyntaxFault(found.message, found.code, type(span)(span.start + start, span.end + start))
    return None


def complaint(text: str, tables: Sequence[Table], functions: frozenset[str] = frozenset()) -> Complaint | None:
    """Return what SQLite has against a statement that reads or changes rows, in a database with these tables.

    None if it prepares it, and for statements of other sorts, whose effect on the tables is not known.
    """
    for statement in statements_of(text):
        if not statement.tokens or statement.tokens[0].text.lower() not in _LEADS:
            continue
        message = _refusal(statement.text, tuple(tables), functions)
        if message is not None:
            return Complaint(message, "syntax" if _SYNTAX.match(message) else "meaning")
    return None


class Statement(NamedTuple):
    """One of several statements in a text, without its semicolon; `tokens` are its own, with offsets in it."""

    text: str
    start: int
    tokens: list[Token]


def statements_of(text: str) -> list[Statement]:
    """Cut a text at its semicolons; the body of a trigger is kept whole."""
    found: list[Statement] = []
    start, own = 0, list[Token]()
    is_trigger = re.search(r"\bcreate\s+(?:temp\w*\s+)?trigger\b", text, re.IGNORECASE) is not None
    for token in lex(text):
        if token.text == ";" and not is_trigger:
            found.append(Statement(text[start : token.start], start, own))
            start, own = token.end, []
        elif token.kind not in ("comment", "newline"):
            own.append(token._replace(start=token.start - start, end=token.end - start))
    found.append(Statement(text[start:], start, own))
    return [statement for statement in found if statement.tokens]


@lru_cache(maxsize=4096)
def _refusal(statement: str, tables: tuple[Table, ...], functions: frozenset[str] = frozenset()) -> str | None:
    database = _database(tables, functions)
    try:
        database.execute("EXPLAIN " + statement)
    except sqlite3.ProgrammingError:
        # It was prepared, and lacks the values of its parameters; or it is empty.
        return None
    except sqlite3.Error as error:
        message = str(error)
        unknown = re.fullmatch(r"no such function: (\w+)", message)
        return None if unknown and unknown[1].lower() in _NEWER_FUNCTIONS else message
    except (sqlite3.Warning, UnicodeError, ValueError):
        return None
    return None


@lru_cache(maxsize=32)
def _database(tables: tuple[Table, ...], functions: frozenset[str]) -> sqlite3.Connection:
    """Return an empty database in memory with the given tables and functions; the last few are kept."""
    database = sqlite3.connect(":memory:", check_same_thread=False, isolation_level=None)
    attached = {table.namespace for table in tables if table.namespace.lower() not in ("", "main", "temp")}
    for namespace in sorted(attached):
        database.execute(f"ATTACH ':memory:' AS {_quoted(namespace)}")
    for table in tables:
        prefix = f"{_quoted(table.namespace)}." if table.namespace in attached else ""
        columns = ", ".join(_quoted(column.name) for column in table.columns) or '"_"'
        key = f", PRIMARY KEY ({', '.join(map(_quoted, table.primary_key))})" if table.primary_key else ""
        try:
            database.execute(f"CREATE TABLE {prefix}{_quoted(table.name)} ({columns}{key})")
        except sqlite3.Error:
            # A table of an odd source, such as one with a column twice; its statements are judged without it.
            continue
    for function in functions:
        database.create_function(function, -1, lambda *values: None)
    return database


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _refused_token(statement: Statement, message: str) -> int:
    """Return the index of the token that SQLite could not take; the number of tokens if it lacks further ones."""
    found = _SYNTAX.match(message)
    if found and found["join"]:
        return next((at for at, token in enumerate(statement.tokens) if token.text.lower() == "on"), 0)
    near = (found["near"] or found["token"] if found else None) or ""
    if not near:
        return len(statement.tokens)
    for number, token in enumerate(statement.tokens):
        if token.text != near and not token.text.startswith(near) and not near.startswith(token.text):
            continue
        refusal = _refusal(statement.text[: token.end], ())
        if refusal is not None and refusal.startswith(("near", "unrecognized")):
            return number
    return len(statement.tokens)
