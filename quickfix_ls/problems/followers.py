"""Leave out syntax errors that only follow from another one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from quickfix_ls.index.index import Index
from quickfix_ls.index.syntax import Syntax
from quickfix_ls.values import Problem


def leading(index: Index, problems: Iterable[Problem]) -> Iterator[Problem]:
    """Yield the syntax errors of a document, given in its order, without those that follow from one before them."""
    is_follower = index.language.part(Syntax).is_follower
    leader: Problem | None = None
    for problem in problems:
        if leader is not None and is_follower(leader.message, _between(index, leader, problem), problem.message):
            continue
        leader = problem
        yield problem


def _between(index: Index, first: Problem, second: Problem) -> str:
    """Return the text between the units of two problems."""
    begin = index.region(index.unit_at(first.span.start)).end
    return index.snapshot.text[begin : index.region(index.unit_at(second.span.start)).start]
