"""The change mends the code: it does not delete it, silence it, or hide it in a comment."""

from __future__ import annotations

import re

from quickfix_ls.languages.python.judge import judge
from quickfix_ls.languages.python.tokens import Token, lex
from quickfix_ls.validation.change import Change, Refused
from quickfix_ls.values import Edit

COST = 0
STEPWISE = True

_SUPPRESSES = re.compile(r"#\s*(?:type:\s*ignore|noqa|pylint:|pyright:|nosec|ty:\s*ignore)", re.IGNORECASE)
_BARE_EXCEPT = re.compile(r"\bexcept\s*:")
_MOST_WORDS_LOST = 1
_MARKERS = frozenset({"//", "/*", "--"})


def check(change: Change) -> str:
    added = "\n".join(edit.text for edit in change.candidate.edits)
    if _SUPPRESSES.search(added):
        raise Refused("it silences the error")
    if _BARE_EXCEPT.search(added):
        raise Refused("it hides errors behind a bare `except`")
    lost = sum(max(0, _words(_deleted(change, edit)) - _words(edit.text)) for edit in change.inside)
    if lost > _MOST_WORDS_LOST:
        raise Refused("it deletes code")
    if lost and "pass" in (token.text for token in lex(added)):
        raise Refused("it puts `pass` in place of code")
    for edit in change.inside:
        hides = "#" in edit.text and "#" not in _deleted(change, edit)
        if hides and not (_deleted(change, edit).strip() in _MARKERS and _is_prose(_rest_of_line(change, edit))):
            raise Refused("it turns code into a comment")
    return ""


def _deleted(change: Change, edit: Edit) -> str:
    start = change.before.start
    return change.before.text[edit.span.start - start : edit.span.end - start]


def _words(text: str) -> int:
    return sum(_is_word(token) for token in lex(text))


def _is_word(token: Token) -> bool:
    return token.kind in ("name", "keyword", "number", "string")


def _rest_of_line(change: Change, edit: Edit) -> str:
    return change.before.text[edit.span.end - change.before.start :].split("\n", 1)[0].strip()


def _is_prose(text: str) -> bool:
    """Whether what follows another language's comment sign reads like a comment: nothing, one word, or words that do
    not compile."""
    tokens = lex(text)
    return len(tokens) <= 1 or judge(text) is not None
