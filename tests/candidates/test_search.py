"""The search finds one-step repairs of any kind, and stays within its numbers."""

from __future__ import annotations

import pytest

from quickfix_ls.analysis.index import Analysis
from quickfix_ls.candidates.search import MOST_CANDIDATES, search
from quickfix_ls.candidates.search.step_prior import TERMS, WEIGHTS, StepPrior
from quickfix_ls.candidates.search.steps import Step, steps_of
from quickfix_ls.context import Context
from quickfix_ls.context.build import build_context
from quickfix_ls.documents.snapshot import Snapshot
from quickfix_ls.plausibility import Plausibility
from quickfix_ls.problems import find_all
from quickfix_ls.values import apply_edits

PLAUSIBILITY = Plausibility.load()


def context_of(text: str) -> Context:
    analysis = Analysis.of(Snapshot.of(text))
    return build_context(analysis, analysis.region(0, len(analysis.cuts) - 1), find_all(analysis)[0])


@pytest.mark.parametrize(
    ("broken", "fixed"),
    [
        ("rows = [f(x for x in xs if g(x)]\n", "rows = [f(x) for x in xs if g(x)]\n"),
        ("flat = [x for row in matrix for in row]\n", "flat = [x for row in matrix for x in row]\n"),
        ("if score > 3:\n    a()\nelif < 60:\n    b()\n", "if score > 3:\n    a()\nelif score < 60:\n    b()\n"),
        ("for num in :\n    print(num)\n", "for num in num:\n    print(num)\n"),
        ("count += \n", "count += 1\n"),
        ("q = s.query(a)outerjoin(b)\n", "q = s.query(a).outerjoin(b)\n"),
        ("from a.lib,pages import letter\n", "from a.lib.pages import letter\n"),
        ("d = {'a': 1, 'gif'. run}\n", "d = {'a': 1, 'gif': run}\n"),
        ("from sysconfig import get_paths()\n", "from sysconfig import get_paths\n"),
        ("print(lab) and so on it goes\n", "print(lab)\n"),
        ("x = a b + c\n", "x = a, b + c\n"),
    ],
)
def test_the_repair_is_among_the_candidates(broken: str, fixed: str) -> None:
    made = [apply_edits(broken, one.edits) for one in search(context_of(broken), PLAUSIBILITY)]
    assert fixed in made


def test_there_are_never_more_than_asked_for() -> None:
    context = context_of("def f(a, b:\n    return [a, (b, {c: d}\n" * 20)
    assert len(list(search(context, PLAUSIBILITY))) <= MOST_CANDIDATES
    assert len(list(search(context, PLAUSIBILITY, 5))) == 5


def test_the_same_text_gives_the_same_candidates() -> None:
    context = context_of("x = (1, 2\ny = 3\n")
    assert list(search(context, PLAUSIBILITY)) == list(search(context, PLAUSIBILITY))


def test_names_come_from_the_lines_close_by_and_are_no_attributes() -> None:
    context = context_of("far = 1\n" * 30 + "near = self.hidden + \n")
    inserted = {step.new for step in steps_of(context) if step.is_operand}
    assert {"near", "self", "1"} <= inserted
    assert "hidden" not in inserted


def test_a_bracket_error_asks_for_brackets() -> None:
    step = Step("insert", 3, 3, ")")
    other = Step("insert", 3, 3, "+")
    for_brackets = StepPrior("'(' was never closed", (3, 3))
    assert for_brackets.of(step) - for_brackets.of(other) > 10
    assert StepPrior("invalid syntax", (3, 3)).of(step) == StepPrior("invalid syntax", (3, 3)).of(other)
    assert len(for_brackets.terms(step)) == len(TERMS) == len(WEIGHTS)
