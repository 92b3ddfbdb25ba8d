"""The errors of an SQL file beyond its syntax, as problems."""

from __future__ import annotations

from collections.abc import Iterator

from quickfix_ls.index.index import Index, Region
from quickfix_ls.index.syntax import SyntaxFault
from quickfix_ls.languages.sql.environment import SqlEnvironment
from quickfix_ls.languages.sql.facts import FileTables
from quickfix_ls.languages.sql.meaning import Meaning, meaning_of
from quickfix_ls.values import Problem, Span


def findings(index: Index, first: int, last: int | None) -> Iterator[Problem]:
    """Yield every error of the well-formed statements from unit `first` to `last` (inclusive; to the end if None)."""
    for unit in range(first, len(index.cuts) if last is None else last + 1):
        region = index.region(unit)
        if index.unit_fault(unit) is None and region.text.strip():
            for error in meaning_in(index, region).errors:
                yield problem_of(error, region)


def meaning_in(index: Index, region: Region) -> Meaning:
    """Return what is known of a well-formed region of a file."""
    assert isinstance(index.environment, SqlEnvironment)
    assert isinstance(index.summary, FileTables)
    return meaning_of(region.text, index.environment, index.summary.schema)


def problem_of(error: SyntaxFault, region: Region) -> Problem:
    """Turn an error of a region into a problem of the file."""
    span = Span(region.start + error.span.start, region.start + error.span.end)
    return Problem(error.kind, error.message, error.code, span, error.name, origin="analysis")
