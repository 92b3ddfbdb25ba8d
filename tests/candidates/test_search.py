"""The search finds one-step repairs of any kind, and stays within its numbers."""

from __future__ import annotations

import pytest

from quickfix_ls.candidates.search import HORIZON, MAX_CANDIDATES, Gains, search
from quickfix_ls.candidates.search.neighbours import Neighbours
from quickfix_ls.candidates.search.step_prior import TERMS, StepPrior
from quickfix_ls.candidates.search.steps import Step, anchors, families_of, steps_of
from quickfix_ls.candidates.search.token_edits import edit_of
from quickfix_ls.context import Context
from quickfix_ls.context.build import build_context
from quickfix_ls.documents.snapshot import Snapshot
from quickfix_ls.languages.python.lexer import lex
from quickfix_ls.plausibility import Plausibility
from quickfix_ls.problems import find_all
from quickfix_ls.values import apply_edits
from tests.kit_python import PLAUSIBILITY as MODEL
from tests.kit_python import PYTHON, python_index

PLAUSIBILITY = Plausibility.load(PYTHON.tokenizer, MODEL)


def context_of(text: str) -> Context:
    index = python_index(Snapshot.of(text))
    return build_context(index, index.region(0, len(index.cuts) - 1), find_all(index)[0])


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
    made = [apply_edits(broken, one.edits) for one, _ in search(context_of(broken), PLAUSIBILITY)]
    assert fixed in made


def test_there_are_never_more_than_asked_for() -> None:
    context = context_of("def f(a, b:\n    return [a, (b, {c: d}\n" * 20)
    assert len(list(search(context, PLAUSIBILITY))) <= MAX_CANDIDATES
    assert len(list(search(context, PLAUSIBILITY, 5))) == 5


def test_the_same_text_gives_the_same_candidates() -> None:
    context = context_of("x = (1, 2\ny = 3\n")
    assert list(search(context, PLAUSIBILITY)) == list(search(context, PLAUSIBILITY))


def test_no_bracket_is_opened_where_all_are_closed() -> None:
    def open_brackets(text: str) -> set[int]:
        texts = [apply_edits(text, candidate.edits) for candidate, _ in search(context_of(text), PLAUSIBILITY, 500)]
        return {sum(map(fixed.count, "([{")) - sum(map(fixed.count, ")]}")) for fixed in texts}

    assert max(open_brackets("if a b:\n    pass\n")) == 0
    assert max(open_brackets("if f(a b[0]:\n    pass\n")) > 1
    assert max(open_brackets("x = {'a': 1, 2, 3}\n")) == 1


def test_names_come_from_the_lines_close_by_and_are_no_attributes() -> None:
    context = context_of("far = 1\n" * 30 + "near = self.hidden + \n")
    inserted = {step.new for step in steps_of(context) if PYTHON.vocabulary.is_operand(step.new)}
    assert {"near", "self", "1"} <= inserted
    assert "hidden" not in inserted


def test_a_bracket_error_asks_for_brackets() -> None:
    step = Step("insert", 3, 3, ")")
    other = Step("insert", 3, 3, "+")
    for_brackets = StepPrior("'(' was never closed", (3, 3), PYTHON.vocabulary)
    assert for_brackets.of(step) - for_brackets.of(other) > 10
    assert StepPrior("invalid syntax", (3, 3), PYTHON.vocabulary).of(step) == StepPrior(
        "invalid syntax", (3, 3), PYTHON.vocabulary
    ).of(other)
    assert len(for_brackets.terms(step)) == len(TERMS) == len(PYTHON.vocabulary.weights)


def test_a_family_is_weighed_like_its_steps() -> None:
    for broken in ("x = (1, 2\ny = 3 4\n", "if a b:\n    pass\n", "f(a))\n"):
        context = context_of(broken)
        prior = StepPrior(context.problem.message, anchors(context), PYTHON.vocabulary)
        for family in families_of(context):
            steps = [family.step(index) for index in range(len(family.news))]
            assert prior.of_all(family) == pytest.approx([prior.of(step) for step in steps])
            assert len(Gains(context.tokens, PLAUSIBILITY).rough(family)) == len(steps)


def test_only_what_fits_between_its_neighbours_is_put_there() -> None:
    neighbours = Neighbours(lex("x = foo(1 2)\n"), PYTHON.lexis)
    assert neighbours.fitting(5, 5, (",", "for", "def", "=", ")")) == (",", "for", "=")
    assert neighbours.fitting(5, 6, ("(", ",", "x")) == ("(", ",")
    assert neighbours.is_closed(5, 6)
    assert not neighbours.is_closed(1, 2)
    assert not neighbours.is_swapped(3)


def test_in_brackets_that_do_not_match_both_readings_of_a_line_end_count() -> None:
    neighbours = Neighbours(lex("f(a\nb = 1\n"), PYTHON.lexis)
    assert neighbours.fitting(3, 3, (")", ",", "+")) == (")", ",", "+")
    assert neighbours.fitting(4, 4, ("if", "+", "import")) == ("if", "+", "import")


def test_a_steps_gain_is_the_difference_of_the_texts_scores() -> None:
    context = context_of("def f(a, b):\n    if a = b:\n        return [a b]\n    return {a: b}\n")
    gains = Gains(context.tokens, PLAUSIBILITY)
    symbols = PLAUSIBILITY.symbols(context.tokens)
    for step in steps_of(context):
        start, end = gains._place[step.first], gains._place[step.last]
        after = [*symbols[:start], *gains._new(step, start, end), *symbols[end:]]
        wanted = PLAUSIBILITY.score(after) - PLAUSIBILITY.score(symbols)
        assert gains.of(step) == pytest.approx(wanted, abs=1e-6)


def test_the_likeliest_come_first_and_many_are_beyond_the_horizon() -> None:
    likely = [bits for _, bits in search(context_of("def f(a)\n    return a\n"), PLAUSIBILITY)]
    assert likely == sorted(likely, reverse=True)
    assert 1 < sum(bits >= likely[0] - HORIZON for bits in likely) < len(likely)


def test_a_comma_is_added_at_the_end_of_a_line() -> None:
    text = "x = [\n    1  # one\n    2,\n]\n"
    context = context_of(text)
    step = Step("insert", [token.text for token in context.tokens].index("2"), 0, ",")
    edit = edit_of(context, step)
    assert edit is not None
    assert apply_edits(text, (edit,)) == "x = [\n    1,  # one\n    2,\n]\n"
