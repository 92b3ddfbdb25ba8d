"""The content that a change of Python removes: its pieces, each with a kind that a message can name.

`units` says what is content, `operators` which signs are, `replacements` what is kept in another form, `strays` what is
plainly no part of the program, `pieces` what a removed piece is.
"""

from __future__ import annotations

import re

from quickfix_ls.documents.diff import common_ends
from quickfix_ls.languages.python.content.operators import operators_of, removed_operators
from quickfix_ls.languages.python.content.pieces import pieces_of
from quickfix_ls.languages.python.content.replacements import unreplaced
from quickfix_ls.languages.python.content.strays import is_stray_unit, pasted_spans
from quickfix_ls.languages.python.content.units import Unit, units_of
from quickfix_ls.languages.python.lexer import lex
from quickfix_ls.lexing.relex import Rewritten
from quickfix_ls.problems.kinds import kind_of
from quickfix_ls.validation.change import Change
from quickfix_ls.validation.content import Content, Loss

_IMPORT = re.compile(r"\s*(?:from\s+[\w.]+\s+)?import\s+(?:[\w.]+\s+as\s+)?(?P<name>[\w.]+)\s*(?:#.*)?")


def removed(change: Change, run: Rewritten) -> tuple[Loss, ...]:
    """Return the pieces of content that a change removes; `run` are the changed lines of its region."""
    first, last, end = _middle(run)
    if first == last:
        return _outside(change)
    is_proven = not kind_of(change.problem).stepwise
    start = change.before.start
    deleted = [(edit.span.start - start, edit.span.end - start) for edit in change.inside]
    old, new = units_of(run.before, first, last), units_of(run.after, first, end)
    lost = unreplaced(_said(old), new, deleted, is_proven=is_proven)
    if not lost:
        return (*removed_operators(change, run), *_outside(change))
    lost = [unit for unit in lost if not _is_other_sign(unit, run, is_proven=is_proven)]
    if is_proven and _is_same_import(change):
        return _outside(change)
    gone = {unit.token for unit in lost}
    pasted = pasted_spans(change)
    strays = {
        unit
        for unit in lost
        if any(start <= unit.start and unit.end <= end for start, end in pasted)
        or is_stray_unit(change, run.before, unit, gone)
    }
    return (*pieces_of(change.before.text, run.before, lost, strays), *_outside(change))


CONTENT = Content(removed)


def _middle(run: Rewritten) -> tuple[int, int, int]:
    """Return the indices at which the old and the new tokens begin to differ, and where the difference ends in each.

    Tokens beside the difference belong to it, since a word may be another thing beside a new neighbour.
    """
    head, tail = common_ends([token[:2] for token in run.before], [token[:2] for token in run.after])
    if head == len(run.before):
        return head, head, len(run.after) - tail
    head, tail = max(0, head - 1), max(0, tail - 1)
    return head, len(run.before) - tail, len(run.after) - tail


def _said(units: list[Unit]) -> list[Unit]:
    """Leave out `pass`, which says nothing."""
    return [unit for unit in units if unit.key != "pass" or unit.kind != "keyword"]


def _is_other_sign(unit: Unit, run: Rewritten, *, is_proven: bool) -> bool:
    """Return whether an operator says what a removed word said: `|` for `or`, or `+=` for a method."""
    signs = operators_of(run.after) - operators_of(run.before)
    return bool(signs) and (unit.key in ("and", "or", "not", "is") or (is_proven and unit.kind == "name"))


def _is_same_import(change: Change) -> bool:
    """Return whether a change replaces an import by another one that binds the same name."""
    first, last = change.touched
    grown = len(change.after.text) - len(change.before.text)
    old = _IMPORT.fullmatch(change.before.text[first:last])
    new = _IMPORT.fullmatch(change.after.text[first : last + grown])
    return old is not None and new is not None and old["name"] == new["name"]


def _outside(change: Change) -> tuple[Loss, ...]:
    """Return the content that the edits outside of the region remove."""
    found: list[Loss] = []
    for edit in change.outside:
        old = change.index.snapshot.text[edit.span.start : edit.span.end]
        tokens = lex(old)
        lost = unreplaced(_said(units_of(tokens)), units_of(lex(edit.text)), (), is_proven=True)
        found += pieces_of(old, tokens, lost, set())
    return tuple(found)
