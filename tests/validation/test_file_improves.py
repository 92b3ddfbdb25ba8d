"""What is offered leaves the file less broken, whatever its region does by itself."""

from __future__ import annotations

from quickfix_ls.documents.snapshot import Snapshot
from quickfix_ls.index.index import Index
from quickfix_ls.languages.python.lexer import lex
from quickfix_ls.problems import find_all
from quickfix_ls.validation import validate
from quickfix_ls.validation.change import Change
from quickfix_ls.values import Candidate, Edit, Problem, Span
from tests.kit_python import python_index

TWO = "class A:\n        return 1\n\n    def f(self):\n        return 2\n\n    def g(self):\n        return 3\n"


def problem_of(text: str) -> tuple[Index, Problem]:
    index = python_index(Snapshot.of(text))
    return index, find_all(index)[0]


def refusal_of(index: Index, problem: Problem, edits: tuple[Edit, ...]) -> str:
    """Why a change is not fit to be offered; empty where it is."""
    region = index.region(index.unit_at(problem.span.start))
    change = Change(index, problem, Candidate(edits, "a change"), region, lex(region.text))
    return validate(change, "offer").refusal


def test_one_that_runs_into_a_broken_neighbour_is_refused() -> None:
    index, first = problem_of(TWO)
    problems = find_all(index)
    assert len(problems) == 2
    start = TWO.index("        return 2")
    into = (Edit(Span(start, start + 15), "   "),)
    assert refusal_of(index, problems[1], into) == "the file would be no less broken"
    assert refusal_of(index, first, (Edit(Span(9, 17), "    "), Edit(Span(17, 24), ""))) == ""


def test_a_name_may_be_mended_in_a_file_that_stays_broken() -> None:
    index, _ = problem_of("print(lenn(1))\n\n\ndef f(:\n    pass\n")
    name = next(one for one in find_all(index) if one.kind == "name")
    assert refusal_of(index, name, (Edit(name.span, "len"),)) == ""
    assert refusal_of(index, name, (Edit(name.span, "len("),)) == "the file would be no less broken"


def test_a_file_with_one_problem_has_none_left() -> None:
    index, problem = problem_of("x = (1\n\n\ny = 2\n")
    assert refusal_of(index, problem, (Edit(Span(6, 6), ")"),)) == ""
    assert refusal_of(index, problem, (Edit(Span(6, 6), "]"),)) != ""
