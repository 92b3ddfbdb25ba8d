"""Check, by our own analysis, that the name that the problem is about is no longer undefined or wrong."""

from __future__ import annotations

from functools import lru_cache

from quickfix_ls.languages.python.checks.changed_code import free_after, misspellings_after, misspellings_before
from quickfix_ls.languages.python.facts import names_in
from quickfix_ls.languages.python.names.scopes import names_of
from quickfix_ls.problems.kinds import kind_of
from quickfix_ls.validation.change import Change, Refused

COST = 2
STAGE = "repair"


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
    is_bound = bool(change.outside) and name in names_in(change.index_after).bound
    if not is_bound and _reads(change, name) >= _reads_before(change, name):
        raise Refused(f"`{name}` is still undefined")
    return f"`{name}` is no longer undefined"


def _reads(change: Change, name: str) -> int:
    return sum(free.name == name for free in free_after(change))


def _reads_before(change: Change, name: str) -> int:
    before = change.before
    return sum(free.name == name for free in _names_before(before.text, before.prefix, before.suffix).free) or 1


# All candidates for a problem change the same region.
_names_before = lru_cache(maxsize=8)(names_of)
