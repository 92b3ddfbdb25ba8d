"""The content that a change of SQL removes: names, literals and keywords that come in no other form."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise

from quickfix_ls.languages.sql.lexer import unquoted
from quickfix_ls.languages.sql.names.similarity import words_of
from quickfix_ls.lexing.relex import Rewritten
from quickfix_ls.lexing.tokens import Token
from quickfix_ls.validation.change import Change
from quickfix_ls.validation.content import Content, Loss

_KINDS = {"string": "text", "badstring": "text", "number": "literal", "name": "name", "keyword": "keyword"}
_OPERATORS = frozenset({*"<>!=+-*/%|&", "<=", ">=", "<>", "!=", "||", "==", "::", "->", "->>"})
_FREE = frozenset({"as", "asc", "inner", "outer"})
"""Keywords that say nothing which does not hold without them."""


def removed(change: Change, run: Rewritten) -> tuple[Loss, ...]:
    """Return the pieces of content that a change removes.

    A name that another one replaces is no loss, nor is a word that is written anew or becomes a part of a quoted name,
    so only what is left over counts: of names, literals and keywords each, as many as there are fewer. A call of a
    function may become an expression.
    """
    old, new = _content(run.before), _content(run.after)
    lost: list[Loss] = []
    for kind, tokens in old.items():
        come = Counter(word for token in new.get(kind, ()) for word in _words(token))
        missing = [token for token in tokens if not _takes(come, token)]
        replaced = sum(1 for token in new.get(kind, ()) if come[_words(token)[0]] > 0)
        if kind == "function" and _operators(run.after) > _operators(run.before):
            continue
        for token in missing[: max(0, len(missing) - replaced)]:
            stray = _is_doubled(run.before, token) or (kind == "keyword" and token.text.lower() in _FREE)
            lost.append(Loss(kind, token.text, 1, stray=stray))
    return tuple(lost)


def _content(tokens: Sequence[Token]) -> dict[str, list[Token]]:
    """Return the tokens that are content, by their sort."""
    found: dict[str, list[Token]] = {}
    for token, following in pairwise((*tokens, Token("newline", "", 0, 0))):
        kind = "function" if token.kind == "name" and following.text == "(" else _KINDS.get(token.kind)
        if token.text in _OPERATORS:
            kind = "operator"
        if kind is not None:
            found.setdefault(kind, []).append(token)
    return found


def _takes(come: Counter[str], token: Token) -> bool:
    """Return whether all words of a token are among those that come, and take them from there."""
    words = Counter(_words(token))
    if words - come:
        return False
    come.subtract(words)
    return True


def _words(token: Token) -> list[str]:
    """Return the words of a token in lower case: of a quoted name each, so that they can be written without quotes."""
    if token.kind == "name" and token.text[0] in '"`[':
        return [*words_of(unquoted(token.text))] or [token.text]
    if token.text in _OPERATORS:
        return list(token.text)
    return [token.text.lower()] if token.kind in ("name", "keyword") else [token.text.strip("'\"`")]


def _operators(tokens: Sequence[Token]) -> int:
    return sum(token.kind in ("op", "keyword", "string") and token.text not in "(),;" for token in tokens)


def _is_doubled(tokens: Sequence[Token], token: Token) -> bool:
    """Return whether the same token stands directly before or behind one."""
    return any(token in pair and _words(pair[0]) == _words(pair[1]) for pair in _neighbours(tokens))


def _neighbours(tokens: Sequence[Token]) -> Iterator[tuple[Token, Token]]:
    code = [token for token in tokens if token.kind not in ("comment", "newline")]
    return pairwise(code)


CONTENT = Content(removed)
