"""Which problem is meant, from a place and from what other tools say of it."""

from __future__ import annotations

from quickfix_ls.documents.snapshot import Snapshot
from quickfix_ls.index.index import Index
from quickfix_ls.problems import find_all, find_at
from quickfix_ls.values import Reported, Span
from tests.kit_python import python_index

TWO_ERRORS = """\
def f(:
    return 1


def g():
    return lenght


length = [1
"""


def index_of_file(text: str) -> Index:
    return python_index(Snapshot.of(text))


def test_every_error_of_the_file_is_found_unit_by_unit() -> None:
    found = [(problem.kind, problem.span.start) for problem in find_all(index_of_file(TWO_ERRORS))]
    assert [kind for kind, _ in found] == ["syntax", "name", "syntax"]


def test_the_cursor_on_a_line_asks_for_that_lines_problems() -> None:
    index = index_of_file(TWO_ERRORS)
    span = index.snapshot.line_span(5)
    assert [problem.name for problem in find_at(index, span)] == ["lenght"]
    assert find_at(index, index.snapshot.line_span(3)) == []


def test_a_reported_syntax_error_is_found_where_it_really_is() -> None:
    text = "x = 1\ny = foo(1,\n       2\nz = 3\n"
    index = index_of_file(text)
    # Another tool points at the line after.
    where = index.snapshot.line_span(3)
    (problem,) = find_at(index, Span(where.start, where.start), (Reported("'(' was not closed", where, "Pylance"),))
    assert text[problem.span.start] == "("


def test_a_reported_name_is_taken_from_the_text_not_from_its_range() -> None:
    text = "from os import *\nprint(pth)\n"
    index = index_of_file(text)
    whole = Span(0, len(text))
    assert find_at(index, whole) == []
    (problem,) = find_at(index, whole, (Reported('"pth" is not defined', whole, "Pyright"),))
    assert (text[problem.span.start : problem.span.end], problem.origin) == ("pth", "client:Pyright")


def test_other_tools_other_worries_are_not_ours() -> None:
    index = index_of_file("import os\n")
    assert find_at(index, Span(0, 9), (Reported("`os` imported but unused", Span(7, 9), "Ruff", "F401"),)) == []
