"""The pairs of SQL tokens that can be adjacent. Permissive: what depends on more than two tokens is left to parsers."""

from __future__ import annotations

from functools import lru_cache

from quickfix_ls.languages.sql.lexer import WORDS
from quickfix_ls.lexing.tokens import Token

LINE_END = "\n"
"""The role of a line end. Lines mean nothing in SQL, so anything can stand beside it."""

_NAME, _NUMBER, _STRING, _ANY = "name", "number", "string", "any"
_KINDS = {"name": _NAME, "number": _NUMBER, "string": _STRING, "newline": LINE_END}
_BINARY = frozenset(["=", "<>", "!=", "<", ">", "<=", ">=", "==", "||", "/", "%", "+", "^"])
_CLAUSES = frozenset(
    ["from", "where", "having", "limit", "offset", "union", "except", "intersect", "values", "returning"]
)
_NO_OPERAND = (
    _BINARY
    | _CLAUSES
    | frozenset(
        [")", ",", "and", "or", "then", "else", "end", "in", "like", "between", "is", "group", "order", "on", "as"]
    )
)
_BEHIND_LITERAL = frozenset((_NUMBER, "("))


def role_of(token: Token) -> str:
    """Return the role of a token, which decides its possible neighbours: operators and keywords are their own roles."""
    return _KINDS.get(token.kind) or (token.text.lower() if token.kind in ("op", "keyword") else _ANY)


@lru_cache(maxsize=1024)
def role_of_text(text: str) -> str:
    """Return the role of a token that is yet to be inserted."""
    lowered = text.lower()
    if lowered in WORDS or not (text[0].isalnum() or text[0] in "_\"`'"):
        return lowered
    return _NUMBER if text[0].isdigit() else _STRING if text[0] == "'" else _NAME


def may_follow(left: str, right: str) -> bool:
    """Return whether a token with the role `right` may directly follow one with the role `left`."""
    if left in _BINARY or left in ("and", "or", "not", "where", "having", "on", "by", "between"):
        return right not in _NO_OPERAND
    if left in (",", "(", "select", "from"):
        return right not in (_NO_OPERAND - {")"} if left == "(" else _NO_OPERAND) or right in ("values",)
    if left in (_NUMBER, _STRING):
        return right not in _BEHIND_LITERAL
    return True
