"""Write a name as an identifier of a dialect: quoted where it has to be."""

from __future__ import annotations

import re

from quickfix_ls.languages.sql.lexer import WORDS

_PLAIN = re.compile(r"[^\W\d]\w*\Z")
_BACKTICKS = frozenset({"mysql", "bigquery", "spark", "spark2", "databricks", "hive", "clickhouse"})
_CASE_SENSITIVE = frozenset({"bigquery", "mysql", "clickhouse"})
"""Dialects in which the names of tables may differ in case alone."""

_FOLDS_TO_LOWER = frozenset({"postgres", "redshift"})


def written(name: str, dialect: str, like: str = "") -> str:
    """Return a name as it is written in a query: with the quotes of `like`, the identifier that it replaces, if it has
    any or needs some, and in its case, where case means nothing."""
    if like[:1] in ('"', "`", "[") and len(like) > 1:
        return like[0] + name + {"[": "]"}.get(like[0], like[0])
    if is_plain(name, dialect):
        return _cased(name, like) if dialect not in _CASE_SENSITIVE else name
    if dialect == "tsql":
        return f"[{name}]"
    quote = "`" if dialect in _BACKTICKS else '"'
    return quote + name.replace(quote, quote * 2) + quote


def _cased(name: str, like: str) -> str:
    """Return a name in lower or upper case if another one is written so, and has more than two letters."""
    if like.islower():
        return name.lower()
    return name.upper() if like.isupper() and len(like) > 2 else name


def is_plain(name: str, dialect: str) -> bool:
    """Return whether a name can be written without quotes."""
    if not _PLAIN.match(name) or (name.lower() in WORDS and name.lower() not in _SOFT):
        return False
    return dialect not in _FOLDS_TO_LOWER or name == name.lower()


_SOFT = frozenset(
    [
        "key",
        "language",
        "function",
        "left",
        "right",
        "replace",
        "ilike",
        "qualify",
        "truncate",
        "rollup",
        "procedure",
        "view",
        "within",
    ]
)
"""Words of the lexer's list that most engines take as names."""
