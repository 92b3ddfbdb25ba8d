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
        if leader is not None and is_follower(leader.message, _lines(index, leader, problem), problem.message):
            continue
        leader = problem
        yield problem


def _lines(index: Index, first: Problem, second: Problem) -> str:
    """Return the text from the line of one problem to that of another."""
    snapshot = index.snapshot
    begin, end = (snapshot.line_span(snapshot.line_at(problem.span.start)) for problem in (first, second))
    return snapshot.text[begin.start : end.end]
