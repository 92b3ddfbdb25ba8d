"""Syntax errors as problems, by the language's judge."""

from __future__ import annotations

from collections.abc import Iterator

from quickfix_ls.index.index import Index
from quickfix_ls.index.syntax import Syntax, SyntaxFault
from quickfix_ls.problems.kinds import SYNTAX
from quickfix_ls.values import Problem, Span


def syntax_problems(index: Index, first: int = 0, last: int | None = None) -> Iterator[Problem]:
    """The first syntax error of every unit from `first` to `last` (inclusive; to the end where None)."""
    for unit in range(first, len(index.cuts) if last is None else last + 1):
        fault = index.facts(unit).fault
        if fault is not None:
            region = index.region(unit)
            above = index.snapshot.line_at(region.start) - region.prefix.count("\n")
            yield syntax_problem(fault, region.start, index, above)


def syntax_problem(fault: SyntaxFault, start: int, index: Index, above: int = 0) -> Problem:
    """The problem that a fault in a region is; `start` is the region's offset in its document, and `above` how many
    lines of the document the line numbers of its message leave out."""
    span = Span(start + fault.span.start, start + fault.span.end)
    message = index.language.part(Syntax).relocate(fault.message, above)
    return Problem(SYNTAX, message, fault.code, span)
