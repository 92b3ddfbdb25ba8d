"""Keywords that are used as names: which of the places of a keyword can only be a name."""

from __future__ import annotations

from collections.abc import Sequence

from quickfix_ls.languages.python.lexer import CLOSERS, OPENERS
from quickfix_ls.lexing.tokens import Token

RENAMED = frozenset(
    ["class", "def", "lambda", "pass", "from", "import", "in", "is", "global", "nonlocal", "with", "as", "and", "or",
     "del", "for", "if", "elif", "else", "try", "while", "yield", "return", "async", "await", "break", "continue",
     "raise", "finally", "except", "assert", "not"]
)  # fmt: skip
_ASSIGNS = frozenset({"=", "+=", "-=", "*=", "/=", ":="})
_BINARY = frozenset({"in", "is", "and", "or", "as", "if", "else", "for", "not"})
_ALONE = frozenset({"pass", "break", "continue", "return", "raise", "yield"})
_WITH_COLON = frozenset({"else", "try", "finally", "except"})
_CALLABLE = frozenset({"class", "def", "pass", "break", "continue", "global", "nonlocal", "as", "async", "is", "and",
                       "or", "try", "finally"})  # fmt: skip
_NAMING = frozenset({".", "def", "global", "nonlocal"})


def is_name(tokens: Sequence[Token], index: int) -> bool:
    """Return whether a keyword stands where only a name can: at a target, a parameter, a definition, an attribute, or
    an operand that has none beside it."""
    word = tokens[index].text
    before = tokens[index - 1] if index else None
    after = tokens[index + 1] if index + 1 < len(tokens) else None
    starts = before is None or before.kind in ("newline", "comment") or before.text in (";",)
    ends = after is None or after.kind in ("newline", "comment") or after.text in CLOSERS or after.text in (",", ";")
    if before is not None and before.text in _NAMING:
        return word != "import" or before.text != "."
    if after is not None and after.text in _ASSIGNS:
        return True
    if after is not None and after.text == ".":
        return word not in ("from", "import")
    if after is not None and after.text == "[" and not starts:
        return word in _CALLABLE and _is_operand_place(before)
    if starts:
        return after is not None and after.text == "," and word not in _BINARY
    if _ends_operand(before):
        return False
    if before is not None and before.text in ("for", "as") and word != "in":
        return after is not None and (after.text in ("in", ",", ":", ")") or after.kind == "newline")
    if ends:
        return _is_operand_place(before) and not (word in _ALONE and before is not None and before.text == ":")
    if after is not None and after.text == ":":
        return word not in ("lambda", *_WITH_COLON) and _is_operand_place(before)
    if after is not None and after.text == "(":
        return word in _CALLABLE and _is_operand_place(before)
    return _is_operator(after) and word not in ("not", "return", "yield", "print") and _is_operand_place(before)


def _is_operand_place(before: Token | None) -> bool:
    """Return whether an operand must follow a token."""
    if before is None:
        return False
    if before.kind == "keyword":
        return before.text in ("return", "if", "elif", "while", "in", "and", "or", "not", "is", "else", "assert", "del",
                               "yield", "await", "raise", "as")  # fmt: skip
    return before.kind == "op" and before.text not in CLOSERS and before.text != "."


def _is_operator(after: Token | None) -> bool:
    if after is None:
        return False
    if after.kind == "keyword":
        return after.text in ("in", "is", "and", "or", "if", "else", "not")
    return after.kind == "op" and after.text not in OPENERS and after.text not in (":", "~", "@")


def _ends_operand(token: Token | None) -> bool:
    if token is None:
        return False
    return token.kind in ("name", "number", "string") or token.text in ("None", "True", "False", *CLOSERS)
