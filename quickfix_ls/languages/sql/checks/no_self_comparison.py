"""Refuse a change after which a column is compared with itself: the statement would run, and mean nothing."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise

from quickfix_ls.lexing.lexis import Lexis
from quickfix_ls.lexing.tokens import Token
from quickfix_ls.validation.change import Change, Refused

COST = 2
STAGE = "repair"

_COMPARISONS = frozenset({"=", "<", ">", "<=", ">=", "<>", "!="})


def check(change: Change) -> str:
    lexis = change.index.language.part(Lexis)
    new = +(_compared(lexis.lex(change.after.text)) - _compared(change.tokens))
    if new:
        raise Refused(f"`{next(iter(new))}` would be compared with itself")
    return ""


def _compared(tokens: list[Token]) -> Counter[str]:
    """Return the columns that are compared with themselves, each with its qualifier."""
    code = [token for token in tokens if token.kind not in ("comment", "newline")]
    found: Counter[str] = Counter()
    for at, (token, following) in enumerate(pairwise(code)):
        if token.text in _COMPARISONS and following.kind == "name":
            left, right = _name(code[max(0, at - 3) : at]), _name(code[at + 1 : at + 4])
            if left and left.lower() == right.lower():
                found[left] += 1
    return found


def _name(tokens: list[Token]) -> str:
    """Return the qualified name that ends, or begins, a run of three tokens; empty if there is none."""
    texts = [token.text for token in tokens]
    if len(texts) == 3 and texts[1] == "." and tokens[0].kind == tokens[2].kind == "name":
        return "".join(texts)
    return ""
