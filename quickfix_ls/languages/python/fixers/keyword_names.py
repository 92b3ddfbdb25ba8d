"""Keywords that are used as names: which of the places of a keyword can only be a name."""

from __future__ import annotations

from collections.abc import Sequence

from quickfix_ls.languages.python.lexer import CLOSERS, OPENERS
from quickfix_ls.lexing.tokens import Token

_OPENING = frozenset(
    ["class", "def", "import", "global", "nonlocal", "with", "del", "elif", "try", "while", "return", "break",
     "continue", "raise", "finally", "except", "assert", "pass"]
)  # fmt: skip
"""Keywords that only begin statements."""
_BETWEEN = frozenset({"in", "is", "and", "or", "as", "if", "else", "for"})
"""Keywords that, unless they begin a statement, need an operand before them."""
RENAMED = _OPENING | _BETWEEN | {"from", "lambda", "await", "async", "yield", "not"}
_ASSIGNS = frozenset({"=", "+=", "-=", "*=", "/=", ":="})
_WITH_COLON = frozenset({"else", "try", "finally", "except", "lambda"})
_NAMING = frozenset({".", "def", "global", "nonlocal"})
_OPERATORS = frozenset(
    {"*", "/", "//", "%", "==", "!=", "<", ">", "<=", ">=", "and", "or", "in", "is", ".", "**", "|", "&"}
)
_REACH = 30


def is_name(tokens: Sequence[Token], index: int) -> bool:
    """Return whether a keyword stands where only a name can: as a target, a parameter, an attribute, in a definition,
    or as an operand."""
    word = tokens[index].text
    before = tokens[index - 1] if index else None
    after = tokens[index + 1] if index + 1 < len(tokens) else None
    if before is not None and before.text in _NAMING:
        return word != "import" or before.text != "."
    if after is not None and after.text in _ASSIGNS:
        return True
    if before is None or before.kind in ("newline", "comment") or before.text == ";":
        return _is_name_at_start(word, after)
    if _ends_operand(before) or before.text == "async":
        return False
    if word in _OPENING:
        return before.text not in (":", "else") and not (word == "import" and _is_after(tokens, index, "from"))
    if word in _BETWEEN:
        return not (word == "in" and before.text == "not") and not (word == "else" and before.text == ":")
    if word == "from":
        return before.text not in ("yield", "raise")
    if word == "lambda":
        return not _has_colon(tokens, index)
    if word == "async":
        return after is None or after.text not in ("def", "for", "with")
    return word == "await" and (after is None or _ends(after) or after.text in _OPERATORS)


def _is_name_at_start(word: str, after: Token | None) -> bool:
    """Return whether a keyword at the beginning of a line is a name, by the token after it."""
    if after is None:
        return False
    if after.text == ":":
        return word not in _WITH_COLON
    if after.text == ".":
        return word not in ("from", "import")
    return after.text == "," and word not in ("lambda", "yield")


def _ends_operand(token: Token) -> bool:
    return token.kind in ("name", "number", "string") or token.text in ("None", "True", "False", *CLOSERS)


def _ends(token: Token) -> bool:
    return token.kind in ("newline", "comment") or token.text in CLOSERS or token.text in (",", ";", ":")


def _is_after(tokens: Sequence[Token], index: int, word: str) -> bool:
    """Return whether the token's line begins with a word."""
    while index > 0 and tokens[index - 1].kind != "newline":
        index -= 1
    return tokens[index].text == word


def _has_colon(tokens: Sequence[Token], index: int) -> bool:
    """Return whether the colon of an anonymous function follows, within its brackets and its line."""
    depth = 0
    for token in tokens[index + 1 : index + _REACH]:
        depth += (token.text in OPENERS) - (token.text in CLOSERS)
        if depth < 0 or token.kind == "newline":
            return False
        if depth == 0 and token.text == ":":
            return True
    return False
