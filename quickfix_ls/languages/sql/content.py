"""The content that a change of SQL removes: names, literals and keywords that come in no other form."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from rapidfuzz.distance import OSA

from quickfix_ls.languages.sql.lexer import unquoted
from quickfix_ls.languages.sql.names.similarity import words_of
from quickfix_ls.lexing.relex import Rewritten
from quickfix_ls.lexing.tokens import Token
from quickfix_ls.validation.change import Change
from quickfix_ls.validation.content import Content, Loss

_KINDS = {"string": "text", "badstring": "text", "number": "literal", "name": "name", "keyword": "keyword"}
_OPERATORS = frozenset({*"<>!=+-*/%|&", "<=", ">=", "<>", "!=", "||", "==", "::", "->", "->>"})
_SORTS = ("text", "literal", "name", "keyword", "function", "operator")
_FREE = frozenset({"as", "asc", "inner", "outer"})
"""Keywords that say nothing which does not hold without them."""
_WORD = re.compile(r"\w+")
_MIN_LETTERS = 3


def removed(change: Change, run: Rewritten) -> tuple[Loss, ...]:
    """Return the pieces of content that a change removes.

    A name that another one replaces is no loss, nor is a word that is written anew, so only what is left over counts:
    of names, literals, keywords and operators each, as many as there are fewer. A word that is respelt, split, joined
    with the next one, or put into quotes is kept in another form, and a call may become an expression.
    """
    old, new = _content(run.before), _content(run.after)
    come = _come(run)
    joined_before, joined_after = (_letters(tokens) for tokens in (run.before, run.after))
    all_before, all_after = (Counter(map(_word, tokens)) for tokens in (run.before, run.after))
    lost: list[Loss] = []
    for kind in _SORTS:
        if kind == "function" and _signs(run.after) > _signs(run.before):
            continue
        left = Counter(_word(token) for token in new[kind])
        missing = []
        for token in old[kind]:
            if left[_word(token)]:
                left[_word(token)] -= 1
            else:
                missing.append(token)
        missing = [
            token for token in missing if token.kind == "op" or all_after[_word(token)] < all_before[_word(token)]
        ]
        fewer = len(missing) - left.total()
        gone = [token for token in missing if not _is_kept(token, come, joined_before, joined_after)]
        for token in gone[: max(0, fewer)]:
            stray = _is_doubled(run.before, token) or (kind == "keyword" and _word(token) in _FREE)
            lost.append(Loss(kind, token.text, 1, stray=stray))
    return tuple(lost)


def _content(tokens: Sequence[Token]) -> dict[str, list[Token]]:
    """Return the tokens that are content, by their sort; of an operator, each of its signs."""
    found: dict[str, list[Token]] = {sort: [] for sort in _SORTS}
    for token, following in pairwise((*tokens, Token("newline", "", 0, 0))):
        if token.text in _OPERATORS:
            found["operator"] += [token._replace(text=sign) for sign in token.text.replace("==", "=")]
        elif token.kind == "name" and following.text == "(":
            found["function"].append(token)
        elif token.kind in _KINDS:
            found[_KINDS[token.kind]].append(token)
    return found


def _signs(tokens: Sequence[Token]) -> int:
    """Return the number of tokens that an expression may have in the place of a call."""
    return sum(token.kind in ("op", "keyword", "string") and token.text not in "(),;" for token in tokens)


def _come(run: Rewritten) -> list[Token]:
    """Return the tokens with content that were not there before, as often as they are new."""
    before = Counter(_word(token) for token in run.before if token.kind in _KINDS)
    come = []
    for token in run.after:
        if token.kind in _KINDS:
            if before[_word(token)]:
                before[_word(token)] -= 1
            else:
                come.append(token)
    return come


def _is_kept(token: Token, come: Sequence[Token], joined_before: str, joined_after: str) -> bool:
    """Return whether a token is there in another form: within a new string or name, as the parts it was split into,
    as a part of what was joined, or respelt as a keyword."""
    words = [word.lower() for word in _WORD.findall(_word(token))]
    inside = {word for new in come for word in (*map(str.lower, _WORD.findall(new.text)), *words_of(new.text))}
    if words and all(word in inside for word in words):
        return True
    word = "".join(words)
    if not word or token.kind not in ("name", "keyword"):
        return not word
    for new in come:
        letters = _word(new).replace("_", "")
        is_joined = word in letters and letters in joined_before
        is_respelt = new.kind == "keyword" and OSA.distance(word, letters, score_cutoff=2) <= min(
            2, (len(word) + 1) // 2
        )
        if is_joined or is_respelt:
            return True
    if len(word) < _MIN_LETTERS:
        return False
    return bool(come) and word in joined_after and any(word.startswith(_word(new)) for new in come)


def _letters(tokens: Sequence[Token]) -> str:
    return "".join(_word(token).replace("_", "") for token in tokens if token.kind in _KINDS)


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
