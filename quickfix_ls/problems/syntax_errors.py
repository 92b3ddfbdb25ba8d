"""Turn the syntax errors that a language's parser finds into problems."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from quickfix_ls.index.index import Index, Region
from quickfix_ls.index.syntax import Syntax, SyntaxFault
from quickfix_ls.lexing.lexis import Lexis
from quickfix_ls.problems.kinds import kind_of
from quickfix_ls.problems.marks import marked
from quickfix_ls.values import Problem, Span


def syntax_problems(index: Index, first: int = 0, last: int | None = None) -> Iterator[Problem]:
    """Yield the first syntax error of every unit from `first` to `last` (inclusive; to the end if None)."""
    for unit in range(first, len(index.cuts) if last is None else last + 1):
        fault = index.unit_fault(unit)
        if fault is not None:
            region, around, snapshot = index.region(unit), index.around(unit), index.snapshot
            first = snapshot.line_at(around.start)
            above = snapshot.line_at(region.start) - first - region.prefix.count("\n")
            found = syntax_problem(fault, region.start, index, above)
            if around.end < len(snapshot.text) and found.span.end >= around.end:
                # Report it at the end of its own document, not at the beginning of the next one in the view.
                at = around.start + len(snapshot.text[around.start : around.end].rstrip("\r\n"))
                found = replace(found, span=Span(min(found.span.start, at), at))
            yield replace(found, marked=marked(index.language.part(Lexis), region, found.span))


def first_error(index: Index, region: Region, problem: Problem) -> SyntaxFault | None:
    """Return the first error of a region: of its syntax alone if the parser is what proves `problem` gone, else of its
    meaning too."""
    return index.fault(region) if kind_of(problem).proof == "parser" else index.error(region)


def syntax_problem(fault: SyntaxFault, start: int, index: Index, above: int = 0) -> Problem:
    """Turn a fault in a region into a problem.

    `start` is the region's offset in its document; `above` is added to the line numbers in the fault's message, since
    the parser counted from the region's first line.
    """
    span = Span(start + fault.span.start, start + fault.span.end)
    message = index.language.part(Syntax).relocate(fault.message, above)
    return Problem(fault.kind, message, fault.code, span, fault.name)
