"""The pairs of Python tokens that can be adjacent: a necessary condition for a program to be well formed.

The table was derived by hand from the grammar of CPython 3.11 to 3.13 (docs.python.org/3/reference/grammar.html), and
is permissive where the grammar depends on more than one token. No valid program contains a pair that it excludes:
`tests/languages` checks that against the standard library.
"""

from __future__ import annotations

from functools import lru_cache

from quickfix_ls.languages.python.lexer import KEYWORDS
from quickfix_ls.lexing.tokens import Token

LINE_END = "\n"
"""The role of a line end outside of brackets, and of both ends of the source text."""

_NAME, _SOFT, _NUMBER, _STRING, _ANY = "name", "soft", "number", "string", "any"
_KINDS = {"number": _NUMBER, "string": _STRING, "newline": LINE_END, "badstring": _ANY, "error": _ANY, "comment": _ANY}
_SOFT_KEYWORDS = frozenset({"match", "case", "type"})


def _set(signs: str, *more: str) -> frozenset[str]:
    return frozenset({*signs.split(), *more})


_BEGIN = _set("( [ { not - + ~ lambda await None True False ...", _NAME, _SOFT, _NUMBER, _STRING)
"""The tokens that an operand can begin with."""
_UNPACKED = _BEGIN | _set("* **")
_END = _set(") ] } None True False ...", _NAME, _SOFT, _NUMBER, _STRING)
_ASSIGN = _set("= += -= *= /= //= %= @= &= |= ^= >>= <<= **=")
_BINARY = _set("+ - * / // % @ ** << >> & | ^ < > <= >= == != and or")
_BEHIND_OPERAND = _BINARY | _ASSIGN | _set("in is not if else for async ( [ . ) ] } , : ; := as from", LINE_END)
_STATEMENTS = _set(
    "pass break continue return raise del import from global nonlocal assert yield if elif else while for try except"
    " finally with def class async @"
)
_BEGIN_STATEMENT = _BEGIN | _STATEMENTS | _set("*", LINE_END)
_ENDS_STATEMENT = _set(";", LINE_END)

_BEHIND: dict[str, frozenset[str]] = {
    **dict.fromkeys(_END, _BEHIND_OPERAND),
    **dict.fromkeys(_BINARY | _set("~ -> is := @ del assert if elif while await with"), _BEGIN),
    **dict.fromkeys(_ASSIGN, _UNPACKED | _set("yield")),
    _NAME: _BEHIND_OPERAND | _set("import"),
    _SOFT: _BEHIND_OPERAND | _BEGIN | _set("import"),
    _STRING: _BEHIND_OPERAND | {_STRING},
    ")": _BEHIND_OPERAND | _set("->"),
    "...": _BEHIND_OPERAND | _set("import . ...", _NAME, _SOFT),
    ".": _set("import . ...", _NAME, _SOFT),
    "*": _BEGIN | _set(", ) ; :", LINE_END),
    "/": _BEGIN | _set(", ) :"),
    ",": _UNPACKED | _set(") ] } / : = in ;", LINE_END),
    ":": _BEGIN | _STATEMENTS | _set("* ] ) } , : = ;", LINE_END),
    "(": _UNPACKED | _set(") yield"),
    "[": _UNPACKED | _set("] : yield"),
    "{": _UNPACKED | _set("}"),
    ";": _BEGIN_STATEMENT,
    LINE_END: _BEGIN_STATEMENT,
    **dict.fromkeys(("pass", "break", "continue"), _ENDS_STATEMENT),
    **dict.fromkeys(("return", "raise"), _UNPACKED | _ENDS_STATEMENT),
    "yield": _UNPACKED | _ENDS_STATEMENT | _set("from ) ] } , = :"),
    **dict.fromkeys(("global", "nonlocal", "class", "def"), _set("", _NAME, _SOFT)),
    "import": _set("( *", _NAME, _SOFT),
    "from": _BEGIN | _set("."),
    "as": _UNPACKED,
    "async": _set("def for with"),
    "else": _BEGIN | _set(":"),
    "for": _UNPACKED,
    "in": _UNPACKED,
    "not": _BEGIN | _set("in"),
    "lambda": _set(": * **", _NAME, _SOFT),
    **dict.fromkeys(("try", "finally"), _set(":")),
    "except": _BEGIN | _set(": *"),
}


def role_of(token: Token) -> str:
    """Return the role of a token, which decides its possible neighbours: operators and keywords are their own roles."""
    if token.kind == "name":
        return _SOFT if token.text in _SOFT_KEYWORDS else _NAME
    return _KINDS.get(token.kind, token.text)


@lru_cache(maxsize=1024)
def role_of_text(text: str) -> str:
    """Return the role of a token that is yet to be inserted: an operator, a keyword, a name or a number."""
    if text in KEYWORDS or not (text[0].isalnum() or text[0] == "_"):
        return text
    if text[0].isdigit():
        return _NUMBER
    return _SOFT if text in _SOFT_KEYWORDS else _NAME


def may_follow(left: str, right: str) -> bool:
    """Return whether a token with the role `right` may directly follow one with the role `left`; True where either is
    not a token of Python."""
    if _ANY in (left, right):
        return True
    return right in _BEHIND.get(left, frozenset())
