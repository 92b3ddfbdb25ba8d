"""What is offered leaves the file less broken, whatever its region does by itself."""

from __future__ import annotations

from quickfix_ls.analysis.index import Analysis
from quickfix_ls.documents.snapshot import Snapshot
from quickfix_ls.problems import find_all
from quickfix_ls.validation.fewer_broken import refusal_of
from quickfix_ls.values import Edit, Problem, Span

TWO = """\
class A:
        return 1

    def f(self):
        return 2

    def g(self):
        return 3
"""


def problem_of(text: str) -> tuple[Analysis, Problem]:
    analysis = Analysis.of(Snapshot.of(text))
    return analysis, find_all(analysis)[0]


def test_one_that_runs_into_a_broken_neighbour_is_refused() -> None:
    analysis, first = problem_of(TWO)
    problems = find_all(analysis)
    assert len(problems) == 2
    start = TWO.index("        return 2")
    into = (Edit(Span(start, start + 15), "   "),)
    assert refusal_of(analysis, problems[1], into) == "the file would be no less broken"
    assert refusal_of(analysis, first, (Edit(Span(9, 17), "    "), Edit(Span(17, 24), ""))) == ""


def test_a_name_may_be_mended_in_a_file_that_stays_broken() -> None:
    analysis, _ = problem_of("print(lenn(1))\n\n\ndef f(:\n    pass\n")
    name = next(one for one in find_all(analysis) if one.kind == "name")
    assert refusal_of(analysis, name, (Edit(name.span, "len"),)) == ""
    assert refusal_of(analysis, name, (Edit(name.span, "len("),)) == "the file would be no less broken"


def test_a_file_with_one_problem_has_none_left() -> None:
    analysis, problem = problem_of("x = (1\n\n\ny = 2\n")
    assert refusal_of(analysis, problem, (Edit(Span(6, 6), ")"),)) == ""
    assert refusal_of(analysis, problem, (Edit(Span(6, 6), "]"),)) != ""
