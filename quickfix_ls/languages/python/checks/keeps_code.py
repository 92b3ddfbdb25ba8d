"""Check that a change repairs the code instead of deleting it, suppressing the error, or turning code into a
comment."""

from __future__ import annotations

import re
from collections import Counter

from quickfix_ls.languages.python.checks.non_code import is_foreign_word, is_stray, is_translated_comment
from quickfix_ls.languages.python.checks.translations import is_translated, is_void_break, is_void_declaration
from quickfix_ls.languages.python.compile_check import compile_check
from quickfix_ls.languages.python.lexer import lex
from quickfix_ls.validation.change import Change, Refused
from quickfix_ls.values import Edit

COST = 1
STAGE = "step"

_SUPPRESSES = re.compile(r"#\s*(?:type:\s*ignore|noqa|pylint:|pyright:|nosec|ty:\s*ignore)", re.IGNORECASE)
_IMPORT = re.compile(r"(?:from[ \t]+[\w.]+[ \t]+)?import[ \t]+(?:[\w.]+[ \t]+as[ \t]+)?(?P<name>\w+)")
_FAILING_IMPORT = re.compile(r"(?:from[ \t]+[\w.]+[ \t]+)?import[ \t]+(?P<name>[\w.]+)\s*")
_BARE_EXCEPT = re.compile(r"\bexcept\s*:")
_MAX_WORDS_LOST = 1
_WORDS = frozenset({"name", "keyword", "number", "string"})
_SIGNS = {"and": "&", "or": "|", "not": "~!", "is": "="}
"""Operators that are words, with the characters of those that are signs and say the same."""
_MARKERS = re.compile(r"/{2,}!?|/\*|--|;+|%+|REM|rem")


def check(change: Change) -> str:
    """Return an empty string. Raises Refused if the change removes code or suppresses the error."""
    added = "\n".join(edit.text for edit in change.candidate.edits)
    if _SUPPRESSES.search(added):
        raise Refused("it silences the error")
    if _BARE_EXCEPT.search(added):
        raise Refused("it hides errors behind a bare `except`")
    edits = [edit for edit in change.inside if not _is_no_code(change, edit)]
    lost = _lost(change, edits)
    if lost > _MAX_WORDS_LOST:
        raise Refused("it deletes code")
    if lost and "pass" in (token.text for token in lex(added)):
        raise Refused("it puts `pass` in place of code")
    for edit in edits:
        hides = "#" in edit.text and "#" not in _deleted(change, edit)
        is_moved = any(edit.text.strip() in _deleted(change, other) for other in edits)
        if hides and not is_moved and not _is_comment_sign(change, edit):
            raise Refused("it turns code into a comment")
    return ""


def _deleted(change: Change, edit: Edit) -> str:
    start = change.before.start
    return change.before.text[edit.span.start - start : edit.span.end - start]


def _is_no_code(change: Change, edit: Edit) -> bool:
    """Return whether the text that an edit deletes is not code, or is preserved by it."""
    deleted = _deleted(change, edit)
    if is_translated(deleted, edit.text) or is_void_declaration(deleted, change.problem.message):
        return True
    if edit.text:
        return is_translated_comment(deleted, edit.text) or _is_rewritten(deleted, edit.text)
    if is_void_break(deleted, change.before.text) or _is_failing_import(change, deleted):
        return True
    start = edit.span.start - change.before.start
    return is_stray(change.before.text, start, start + len(deleted)) or _is_repeated(change, deleted, start)


def _is_rewritten(deleted: str, added: str) -> bool:
    """Return whether an edit replaces quotes by quotes, joins words to one name or digits to one number, replaces
    `a as b` by `b`, or replaces an import by another import of the same name."""
    imports = _IMPORT.fullmatch(deleted), _IMPORT.fullmatch(added)
    if imports[0] and imports[1] and imports[0]["name"] == imports[1]["name"]:
        return True
    if not set(deleted + added) - {'"', "'"} or deleted.endswith(f" as {added}"):
        return True
    is_one = added.strip().isidentifier() or added.strip().isdecimal()
    return is_one and added.strip().replace("_", "") == re.sub(r"[\s_(),-]", "", deleted)


def _is_failing_import(change: Change, deleted: str) -> bool:
    """Return whether the text is the import that fails, of nothing but the problem's name, which the change replaces
    where it is read."""
    found = _FAILING_IMPORT.fullmatch(deleted)
    if found is None or change.problem.code not in ("ImportError", "ModuleNotFoundError"):
        return False
    return found["name"] == change.problem.name and len(change.candidate.edits) > 1


def _is_repeated(change: Change, deleted: str, start: int) -> bool:
    """Return whether the text is one of two keyword arguments of the same name; Python accepts only one."""
    found = re.match(r"\s*,?\s*([^\W\d]\w*)\s*=(?!=)", deleted)
    if not found or change.problem.message != f"keyword argument repeated: {found[1]}":
        return False
    alike = re.compile(rf"[(,]\s*{found[1]}\s*=(?!=)")
    left = change.after.text[max(0, start - 400) : start + 400]
    return alike.search(left) is not None and _is_single_argument(deleted)


def _is_single_argument(deleted: str) -> bool:
    """Return whether the text is a single argument, with at most one comma outside of brackets."""
    tokens = lex(deleted)
    return sum(token.text == "," for token in tokens) <= 1 or any(token.text in "([{" for token in tokens)


def _lost(change: Change, edits: list[Edit]) -> int:
    """Return the number of words that the edits remove; a word that one edit removes and another adds counts as
    moved."""
    lost = 0
    taken: Counter[str] = Counter()
    given: Counter[str] = sum((_words(edit.text) for edit in change.outside), Counter())
    for edit in edits:
        follows = change.before.text[edit.span.end - change.before.start :][:40]
        deleted = _deleted(change, edit)
        old, new = _words(deleted, follows), _words(edit.text)
        for word, signs in _SIGNS.items():
            if any(edit.text.count(sign) > deleted.count(sign) for sign in signs):
                old[word] = min(old[word], new[word])
        lost += max(0, old.total() - new.total())
        if old.total() > new.total():
            taken += old - new
        elif old.total() < new.total():
            given += new - old
    return lost - (taken & given).total() if lost else 0


def _words(text: str, follows: str = "") -> Counter[str]:
    """Count the words of source text, including those in an unterminated string; `elif` counts as `else` and `if`."""
    tokens = lex(text)
    words: Counter[str] = Counter()
    for index, token in enumerate(tokens):
        if token.kind in _WORDS and not is_foreign_word(tokens, index, follows):
            words[token.text] += 1
        elif token.kind == "badstring":
            words.update(re.findall(r"\w+", token.text.lstrip("rRbBuUfFtT")))
    words["else"] += words["elif"]
    return words


def _is_comment_sign(change: Change, edit: Edit) -> bool:
    """Return whether an edit replaces the sign of another language's comment: `//` at the beginning of a line, or a
    sign in front of text that is no code."""
    sign = _deleted(change, edit).strip()
    if _MARKERS.fullmatch(sign) is None:
        return False
    start = edit.span.start - change.before.start
    begins_line = not change.before.text[change.before.text.rfind("\n", 0, start) + 1 : start].strip()
    return (begins_line and sign.startswith("//")) or _is_prose(_rest_of_line(change, edit))


def _rest_of_line(change: Change, edit: Edit) -> str:
    return change.before.text[edit.span.end - change.before.start :].split("\n", 1)[0].strip()


def _is_prose(text: str) -> bool:
    """Return whether the text after another language's comment sign reads like a comment: nothing, one word, or words
    that do not compile."""
    tokens = lex(text)
    return len(tokens) <= 1 or compile_check(text) is not None
