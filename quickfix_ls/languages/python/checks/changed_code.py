"""Derived data of changed Python for checks and features: its tree, its undefined names, its misspellings."""

from __future__ import annotations

import ast
from collections import Counter

from quickfix_ls.index.index import Index
from quickfix_ls.languages.python.findings import member_findings
from quickfix_ls.languages.python.names.scopes import FreeName, names_of
from quickfix_ls.languages.python.quiet_parse import module_of
from quickfix_ls.validation.change import Change


def tree_after(change: Change) -> ast.Module | None:
    """Return the syntax tree of the region after the edits, prefix and suffix included; None if it does not compile, or
    is nested too deep for the parser."""
    return change.derived(_tree_after)


def free_after(change: Change) -> tuple[FreeName, ...]:
    """Return the names that the region after the edits reads and does not bind; empty if it does not compile."""
    return change.derived(_free_after)


def misspellings_before(change: Change) -> Counter[tuple[str, str]]:
    """Count the misspelt members, arguments and modules of the region, by the error's code and the name."""
    return change.derived(_before)


def misspellings_after(change: Change) -> Counter[tuple[str, str]]:
    """Count the same after the edits, including those outside of the region."""
    return change.derived(_after)


def _tree_after(change: Change) -> ast.Module | None:
    after = change.after
    return module_of(after.prefix + after.text + after.suffix)


def _free_after(change: Change) -> tuple[FreeName, ...]:
    tree = tree_after(change)
    if tree is None:
        return ()
    return names_of(change.after.text, change.after.prefix, change.after.suffix, tree).free


def _before(change: Change) -> Counter[tuple[str, str]]:
    return _misspellings(change.index, change.before.start, change.before.end)


def _after(change: Change) -> Counter[tuple[str, str]]:
    shift = sum(edit.growth for edit in change.outside if edit.span.end <= change.before.start)
    return _misspellings(change.index_after, change.before.start + shift, change.after.end + shift)


def _misspellings(index: Index, start: int, end: int) -> Counter[tuple[str, str]]:
    first, last = index.unit_at(start), index.unit_at(max(start, end - 1))
    return Counter((problem.code, problem.name) for problem in member_findings(index, first, last))
