"""The content that a change of SQL removes: names, literals and keywords that come in no other form."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from quickfix_ls.languages.sql.lexer import unquoted
from quickfix_ls.lexing.relex import Rewritten
from quickfix_ls.lexing.tokens import Token
from quickfix_ls.validation.change import Change
from quickfix_ls.validation.content import Content, Loss

_KINDS = {"string": "text", "badstring": "text", "number": "literal", "name": "name", "keyword": "keyword"}
_FREE = frozenset({"as", "all", "asc", "inner", "outer"})
"""Keywords that say nothing which does not hold without them."""


def removed(change: Change, run: Rewritten) -> tuple[Loss, ...]:
    """Return the pieces of content that a change removes.

    A name that another one replaces is no loss, nor is a word that is written anew, so only what is left over counts:
    of names, literals and keywords each, as many as there are fewer.
    """
    old, new = _content(run.before), _content(run.after)
    lost: list[Loss] = []
    for kind in ("text", "literal", "name", "keyword"):
        gone = old[kind]
        come = Counter(_word(token) for token in new[kind])
        missing = []
        for token in gone:
            if come[_word(token)]:
                come[_word(token)] -= 1
            else:
                missing.append(token)
        fewer = len(missing) - come.total()
        doubled = Counter(_word(token) for token in gone)
        for token in missing[: max(0, fewer)]:
            stray = _is_doubled(run.before, token) or (kind == "keyword" and _word(token) in _FREE)
            lost.append(Loss(kind, token.text, 1, stray=stray and doubled[_word(token)] > 0))
    return tuple(lost)


def _content(tokens: Sequence[Token]) -> dict[str, list[Token]]:
    found: dict[str, list[Token]] = {kind: [] for kind in ("text", "literal", "name", "keyword")}
    for token in tokens:
        kind = _KINDS.get(token.kind)
        if kind is not None:
            found[kind].append(token)
    return found


def _word(token: Token) -> str:
    if token.kind in ("name", "keyword"):
        return unquoted(token.text).lower()
    return token.text.strip("'\"`")


def _is_doubled(tokens: Sequence[Token], token: Token) -> bool:
    """Return whether the same token stands directly before or behind one."""
    listed = list(tokens)
    at = listed.index(token)
    around = listed[max(0, at - 1) : at] + listed[at + 1 : at + 2]
    return any(_word(other) == _word(token) for other in around)


CONTENT = Content(removed)
