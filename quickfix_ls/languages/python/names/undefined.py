"""Undefined names: reads of names that nothing in the file binds."""

from __future__ import annotations

from collections.abc import Iterator

from quickfix_ls.index.index import Index
from quickfix_ls.languages.python.facts import binds, facts_of, names_in
from quickfix_ls.problems.kinds import NAME
from quickfix_ls.values import Problem, Span


def undefined_names(index: Index, first: int = 0, last: int | None = None) -> Iterator[Problem]:
    """Yield a problem for every read of a name that nothing in the file binds, in the units from `first` to `last`
    (inclusive; to the end if None). Needs the names of all units, so the first call takes time linear in the file's
    length."""
    if names_in(index).is_opaque:
        return
    for unit in range(first, len(index.cuts) if last is None else last + 1):
        start = index.cuts[unit].start
        for free in facts_of(index, unit).names.free:
            if not binds(index, free.name, free.in_class):
                span = Span(start + free.span.start, start + free.span.end)
                yield Problem(NAME, f"name '{free.name}' is not defined", "NameError", span, free.name, "analysis")
