"""Check, by our own analysis, that the name that the problem is about is no longer undefined or wrong."""

from __future__ import annotations

from functools import lru_cache

from quickfix_ls.languages.python.checks.changed_code import free_after, misspellings_after, misspellings_before
from quickfix_ls.languages.python.facts import names_in
from quickfix_ls.languages.python.names.scopes import names_of
from quickfix_ls.problems.kinds import kind_of
from quickfix_ls.validation.change import Change, Refused
from quickfix_ls.values import Edit

COST = 2
STAGE = "repair"

_IMPORTS = ("import ", "from ")


def check(change: Change) -> str:
    """Return what was shown, or an empty string if our analysis cannot decide. Raises Refused if the problem
    persists."""
    if kind_of(change.problem).proof != "analysis":
        return ""
    name = change.problem.name
    if change.problem.code != "NameError":
        wrong = change.problem.code, name
        if misspellings_after(change)[wrong] >= max(1, misspellings_before(change)[wrong]):
            raise Refused(f"`{name}` is still wrong")
        return f"`{name}` is no longer wrong"
    if not _is_bound_by(change, name) and _reads(change, name) >= _reads_before(change, name):
        raise Refused(f"`{name}` is still undefined")
    return f"`{name}` is no longer undefined"


def _is_bound_by(change: Change, name: str) -> bool:
    """Return whether edits outside of the region define the name: a new import statement, or an extended one."""
    for edit in change.outside:
        if edit.text.lstrip().startswith(_IMPORTS):
            if name in names_of(edit.text.strip() + "\n").bound:
                return True
        elif _may_bind(edit, name) and name in names_in(change.index_after).bound:
            return True
    return False


def _may_bind(edit: Edit, name: str) -> bool:
    """Return whether an edit may add the name to an import statement, or correct it there."""
    return edit.text == name or (edit.span.start == edit.span.end and name in edit.text)


def _reads(change: Change, name: str) -> int:
    return sum(free.name == name for free in free_after(change))


def _reads_before(change: Change, name: str) -> int:
    before = change.before
    return sum(free.name == name for free in _names_before(before.text, before.prefix, before.suffix).free) or 1


# All candidates for a problem change the same region.
_names_before = lru_cache(maxsize=8)(names_of)
