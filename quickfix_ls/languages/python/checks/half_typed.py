"""Check that a change does not finish an unfinished statement by guessing: by deleting it or its end, by joining the
next statement to it, or by putting in an operand that nothing suggests."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from quickfix_ls.languages.python.checks.non_code import is_stray
from quickfix_ls.languages.python.half_typed import half_typed_lines
from quickfix_ls.languages.python.lexer import CLOSERS, lex, lexed
from quickfix_ls.problems.kinds import kind_of
from quickfix_ls.validation.change import Change, Refused
from quickfix_ls.values import Edit

COST = 1
STAGE = "step"

_COMPLETED_BY = frozenset({"+=", "-=", "in"})
"""Tokens behind which a number, or the name of the rows of a loop, can be told."""
_BINARY = ("+", "-", "*", "/", "%", "|", "&", "^", "==", "!=", "<", ">", "<=", ">=")
_FAR = 2000
_NAMING = frozenset({f"fixer:{name}" for name in ("rename_keyword", "mend_import", "complete_header")})


def check(change: Change) -> str:
    """Return an empty string. Raises Refused if the change touches an unfinished line, and does more than add what
    must follow; or deletes the statement below it."""
    if kind_of(change.problem).stepwise:
        if any(_is_guessed_operand(change, edit) for edit in change.inside):
            raise Refused("it puts in an operand by guessing")
        check_lines(change, half_typed_lines(change.before.text, below_region(change)))
    return ""


def check_lines(change: Change, lines: Iterable[tuple[int, int]]) -> None:
    """Raise Refused, as `check` does, for unfinished lines at offsets [start, end) of the region."""
    text, origin = change.before.text, change.before.start
    for start, end in lines:
        following, below = _next_line(text, end)
        for edit in change.inside:
            first, last = edit.span.start - origin, edit.span.end - origin
            deleted = text[first:last]
            if following <= first < below and deleted.strip() and not edit.text.strip():
                raise Refused("it deletes what follows an unfinished statement")
            if not edit.text and is_stray(text, first, last):
                continue
            if last < start or first >= following or (first == last == start and edit.text.endswith("\n")):
                continue
            if deleted.strip() or "\n" in deleted or not edit.text.isspace():
                _allow(change, edit, deleted, text[start:end])


def _is_guessed_operand(change: Change, edit: Edit) -> bool:
    """Return whether the search puts an operand between a binary operator and a closing bracket: `(a + )`."""
    text, start = change.before.text, edit.span.start - change.before.start
    new = edit.text.strip()
    is_inserted = not text[start : edit.span.end - change.before.start].strip()
    if not change.candidate.source.startswith("search") or not is_inserted or not (new.isidentifier() or new.isdigit()):
        return False
    below = text[edit.span.end - change.before.start :].lstrip()
    return below[:1] in tuple(CLOSERS) and text[:start].rstrip().endswith(_BINARY)


def below_region(change: Change) -> str:
    """Return the text from the end of the region to the end of the next line with code; empty if the region is not as
    in the document, as after a step of a repair."""
    return _below(change.index.snapshot.text, change.before.text, change.before.start)


# All candidates for a step change the same region.
@lru_cache(maxsize=64)
def _below(text: str, region: str, start: int) -> str:
    if not text.startswith(region, start):
        return ""
    end = start + len(region)
    below = text[end : end + _FAR]
    code = next((token for token in lexed(below) if token.kind not in ("newline", "comment")), None)
    return below[: (below.find("\n", code.start) + 1) or len(below)] if code is not None else ""


def _allow(change: Change, edit: Edit, deleted: str, line: str) -> None:
    """Raise Refused unless an edit only adds a name or a number that can be told."""
    keeps = not deleted.strip() and "\n" not in deleted
    is_named = change.candidate.source in _NAMING and (keeps or line.split()[-1] not in ("import", "from"))
    words = [token.text for token in lex(line)]
    can_be_told = words[-1] in _COMPLETED_BY and (words[-1] != "in" or words[0] in ("for", "async"))
    if not is_named and not (keeps and can_be_told and edit.text.strip()):
        raise Refused("it finishes a statement by guessing")


@lru_cache(maxsize=64)
def _next_line(text: str, end: int) -> tuple[int, int]:
    """Return the start and the end of the next line with code after an offset; both behind the text if there is
    none."""
    for token in lex(text[end:]):
        if token.kind not in ("newline", "comment"):
            start = end + token.start
            newline = text.find("\n", start)
            return start, newline if newline >= 0 else len(text)
    return len(text) + 1, len(text) + 1
