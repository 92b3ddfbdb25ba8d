"""Which problem is meant, from a place and from what other tools say of it."""

from __future__ import annotations

from quickfix_ls.analysis.index import Analysis
from quickfix_ls.documents.snapshot import Snapshot
from quickfix_ls.problems import Reported, find_all, find_at
from quickfix_ls.values import Span

TWO_ERRORS = """\
def f(:
    return 1


def g():
    return lenght


length = [1
"""


def analysis_of(text: str) -> Analysis:
    return Analysis.of(Snapshot.of(text))


def test_every_error_of_the_file_is_found_unit_by_unit() -> None:
    found = [(problem.kind, problem.span.start) for problem in find_all(analysis_of(TWO_ERRORS))]
    assert [kind for kind, _ in found] == ["syntax", "name", "syntax"]


def test_the_cursor_on_a_line_asks_for_that_lines_problems() -> None:
    analysis = analysis_of(TWO_ERRORS)
    span = analysis.snapshot.line_span(5)
    assert [problem.name for problem in find_at(analysis, span)] == ["lenght"]
    assert find_at(analysis, analysis.snapshot.line_span(3)) == []


def test_a_reported_syntax_error_is_found_where_it_really_is() -> None:
    text = "x = 1\ny = foo(1,\n       2\nz = 3\n"
    analysis = analysis_of(text)
    # Another tool points at the line after.
    where = analysis.snapshot.line_span(3)
    (problem,) = find_at(analysis, Span(where.start, where.start), (Reported("'(' was not closed", where, "Pylance"),))
    assert text[problem.span.start] == "("


def test_a_reported_name_is_taken_from_the_text_not_from_its_range() -> None:
    text = "from os import *\nprint(pth)\n"
    analysis = analysis_of(text)
    whole = Span(0, len(text))
    assert find_at(analysis, whole) == []
    (problem,) = find_at(analysis, whole, (Reported('"pth" is not defined', whole, "Pyright"),))
    assert (text[problem.span.start : problem.span.end], problem.origin) == ("pth", "client:Pyright")


def test_other_tools_other_worries_are_not_ours() -> None:
    analysis = analysis_of("import os\n")
    assert find_at(analysis, Span(0, 9), (Reported("`os` imported but unused", Span(7, 9), "Ruff", "F401"),)) == []
