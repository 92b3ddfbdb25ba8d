"""What may not be shown, and why: a broken text, a proposed one, the verdict."""

from __future__ import annotations

from dataclasses import replace

import pytest

from quickfix_ls.documents.snapshot import Snapshot
from quickfix_ls.index.index import Region
from quickfix_ls.languages.python.lexer import lex
from quickfix_ls.problems import find_all
from quickfix_ls.validation import all_checks, surroundings, validate
from quickfix_ls.validation.change import Change, Refused
from quickfix_ls.values import Candidate, Edit, Span
from tests.kit_python import PYTHON, python_index


def change(before: str, after: str) -> Change:
    """The change from one text to the other, as the one edit in which they differ."""
    shorter = min(len(before), len(after))
    head = next((i for i in range(shorter) if before[i] != after[i]), shorter)
    tail = 0
    while tail < shorter - head and before[-1 - tail] == after[-1 - tail]:
        tail += 1
    edit = Edit(Span(head, len(before) - tail), after[head : len(after) - tail])
    index = python_index(Snapshot.of(before))
    region = index.region(0, len(index.cuts) - 1)
    problem = find_all(index)[0]
    return Change(index, problem, Candidate((edit,), "a change"), region, lex(before))


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("if x\n    y\n", "if x:\n    y\n"),
        ("total = 1\nprint(totl)\n", "total = 1\nprint(total)\n"),
        ("x = new Foo()\n", "x = Foo()\n"),
        ("import math\nmath.squrt(2)\n", "import math\nmath.sqrt(2)\n"),
        ("f(a=1, b=2, a=3)\n", "f(a=1, b=2)\n"),
        ("x = 1 // half of it\n", "x = 1 # half of it\n"),
        ('x = int("i)\ni = 3\n', "x = int(i)\ni = 3\n"),
        ("n = 1\nn +=\nprint(n)\n", "n = 1\nn += 1\nprint(n)\n"),
        ("a = b = 1\nx = a +\n    b\n", "a = b = 1\nx = a + b\n"),
        ("a = b = 1\nif a is equal to b:\n    x = 1\n", "a = b = 1\nif a == b:\n    x = 1\n"),
        ("def f(x):\n    global x\n    x = 1\n", "def f(x):\n    x = 1\n"),
        (
            "try:\n    x = 1\nexcept OSError, e:\n    print(repr('%s') %\n          e.f[1])\n",
            "try:\n    x = 1\nexcept OSError as e:\n    print(repr('%s') %\n          e.f[1])\n",
        ),
        ("x = max(1,\ny=3,\nz=4\n", "x = max(1,\ny=3,\nz=4)\n"),
        ("try:\n    x = 1\nexcept OSError:\n    rise\n", "try:\n    x = 1\nexcept OSError:\n    raise\n"),
        ("x = f(\na=1,\nb=2,\n", "x = f(\na=1,\nb=2,\n)\n"),
        ("d = {\n'a': {\n'b': 1,\n'c': 2,\n}\n", "d = {\n'a': {\n'b': 1,\n'c': 2,\n}}\n"),
    ],
)
def test_honest_repairs_pass(before: str, after: str) -> None:
    verdict = validate(change(before, after), "step", "repair")
    assert verdict.passed, verdict.refusal
    assert "parses" in verdict.checks


@pytest.mark.parametrize(
    ("before", "after", "refusal"),
    [
        ("if x\n    y\n", "if x;\n    y\n", "does not parse"),
        ("import math\nmath.squrt(2)\n", "import math\nmath.squrt(3)\n", "`squrt` is still wrong"),
        ("import math\nmath.squrt(2)\n", "import math\nmath.sqrtt(2)\n", "`sqrtt` would be wrong"),
        ("total = 1\nprint(totl)\n", "total = 1\nprint(totle)\n", "`totle` would be undefined"),
        ("total = 1\nprint(totl)\n", "total = 1\nprint(totl )\n", "`totl` is still undefined"),
        ("x = foo(bar, baz\n", "x = 1\n", "deletes code"),
        ("def f():\n    x = = g(1)\n", "def f():\n    pass\n", "deletes code"),
        ("x = (y\n", "x = (y)  # type: ignore\n", "silences the error"),
        ("x = (y\n", "x = (y)  # noqa\n", "silences the error"),
        ("try:\n    go()\nprint(1)\n", "try:\n    go()\nexcept: print(1)\n", "bare `except`"),
        ("x = foo(1 2)\n", "x = foo(1)#2)\n", "turns code into a comment"),
        ("x = 1 y = foo(2)\n", "x = 1 # y = foo(2)\n", "turns code into a comment"),
        ("here = os.\nprint(here)\n", "here = os.print(here)\n", "finishes a statement by guessing"),
        ("here = os.\nprint(here)\n", "here = os\nprint(here)\n", "finishes a statement by guessing"),
        ("total =\nprint(total)\n", "total = 1\nprint(total)\n", "finishes a statement by guessing"),
        ("import\nx = 1\n", "x = 1\n", "finishes a statement by guessing"),
        ("d = {'a':\nreturned = 1\n", "d = {'a'}\nreturned = 1\n", "finishes a statement by guessing"),
        ("with open(\nx = 1\n", "with open():\n    x = 1\n", "finishes a statement by guessing"),
        ("x = max(1,\ny = 3\n", "x = max(1,\ny = 3)\n", "joins the next statement"),
        ("x = [n for n in\nprint('a')\n", "x = [n for n in\nprint('a')]\n", "joins the next statement"),
        ("n = 3\nif n > 2:\n    break\n", "n = 3\nif n > 2:\n    raise\n", "raises nothing"),
        ("n = 3\nif n > 2:\n    break\n", "n = 3\nwhile n > 2:\n    break\n", "does not go round"),
        (
            "try:\n    n = f()\nif n:\n    g()\n",
            "try:\n    n = f()\nexcept n:\n    g()\n",
            "catches what is no exception",
        ),
        (
            "try:\n    n = f()\nif n > 2:\n    g()\n",
            "try:\n    n = f()\nexcept n > 2:\n    g()\n",
            "catches what is no exception",
        ),
        (
            "d = {\n    'a': {\n        'b': 1,\n    'c': 2,\n}\n",
            "d = {\n    'a': {\n        'b': 1,\n    'c': 2,\n}}\n",
            "the bracket ends elsewhere",
        ),
    ],
)
def test_what_is_refused(before: str, after: str, refusal: str) -> None:
    verdict = validate(change(before, after), "step", "repair")
    assert refusal in verdict.refusal


def test_the_search_takes_no_operator_apart() -> None:
    whole = change("a = b = 1\nif a && b:\n    x = 1\n", "a = b = 1\nif a & b:\n    x = 1\n")
    assert validate(whole, "step", "repair").passed
    searched = replace(whole, candidate=replace(whole.candidate, source="search:delete"))
    assert "takes an operator apart" in validate(searched, "step", "repair").refusal


def test_every_check_is_found_by_its_place() -> None:
    stages = {check.__module__.rsplit(".", 1)[-1]: stage for stage, check in all_checks(PYTHON.checks)}
    assert stages == {
        **dict.fromkeys(("error_gone", "known_name", "nothing_new", "problem_gone"), "repair"),
        **dict.fromkeys(("dead_statements", "half_typed_whole", "surroundings", "well_formed"), "repair"),
        **dict.fromkeys(("bracket_layout", "keeps_code", "keeps_text", "half_typed", "whole_operators"), "step"),
        **dict.fromkeys(("content_kept", "file_improves", "older_version"), "offer"),
    }


def test_a_stage_runs_its_own_checks_alone() -> None:
    silenced = change("x = (y\n", "x = (y)  # noqa\n")
    assert validate(silenced, "repair").passed
    assert validate(silenced, "step").refusal == "it silences the error"
    assert validate(silenced, "step", "repair").checks == ("parses",)


def test_an_error_further_down_is_progress_and_one_above_is_not() -> None:
    assert change("if x\n    y\nif z\n    y\n", "if x:\n    y\nif z\n    y\n").makes_progress
    assert not change("if x\n    y\nif z\n    y\n", "if x\n    y\nif z:\n    y\n").makes_progress


def test_an_error_of_scopes_is_progress_after_one_of_grammar_wherever_it_is() -> None:
    broken = "def f():\n    x = await g()\n    retrun x\n"
    assert change(broken, broken.replace("retrun", "return")).makes_progress


def test_a_change_behind_an_error_that_is_settled_is_too_late() -> None:
    assert change("if x\n    y\n", "if x\n    z\n").is_too_late
    assert not change("if x\n    y\n", "if x:\n    y\n").is_too_late
    assert not change("x = (1,\n2\n", "x = (1,\n2)\n").is_too_late
    assert not change("x = 'it's\n", "x = 'its\n").is_too_late


def test_a_part_of_a_unit_may_leave_its_later_errors_and_no_others() -> None:
    text = "def f(x):\n    if x\n        y()\n    if x\n        z()\n"
    index = python_index(Snapshot.of(text))
    problem = find_all(index)[0]
    for start, end, added, passes in ((10, 34, ":", True), (10, 34, " +", False), (0, len(text), ":", False)):
        region = Region(text[start:end], start, "def _():\n" if start else "")
        edit = Edit(Span(18, 18), added)
        verdict = validate(Change(index, problem, Candidate((edit,), "a change"), region, lex(region.text)), "offer")
        assert verdict.passed == passes, verdict


def test_a_closed_bracket_is_progress_where_one_above_stays_open() -> None:
    before = "x = [1,\n(2,\nf(3\n"
    assert change(before, "x = [1,\n(2,\nf(3)\n").makes_progress
    assert not change(before, "x = [1],\n(2,\nf(3\n").makes_progress


def test_what_follows_the_region_must_still_parse() -> None:
    header = "class A:\n    x = 1\n\n     y = 2\n\n"
    text = header + "    def f(self):\n        return 1\n"
    index = python_index(Snapshot.of(text))
    problem = find_all(index)[0]
    region = index.region(0)
    assert region.text == header
    deeper = Candidate((Edit(Span(9, 13), "     "),), "indent `x = 1`")
    assert not validate(Change(index, problem, deeper, region, lex(header)), "step", "repair").passed
    with pytest.raises(Refused, match="what follows would no longer parse"):
        surroundings.check(Change(index, problem, deeper, region, lex(header)))
    level = Candidate((Edit(Span(header.index("     y"), header.index("y")), "    "),), "dedent `y = 2`")
    assert validate(Change(index, problem, level, region, lex(header)), "step", "repair").passed


def test_what_stands_before_the_region_must_line_up_with_it() -> None:
    text = "class A:\n    x = 1\n\n    @property\n     def f(self):\n        return 1\n"
    index = python_index(Snapshot.of(text))
    problem = find_all(index)[0]
    region = index.region(index.unit_at(problem.span.start))
    assert region.text.startswith("    @property")
    deeper = Candidate((Edit(Span(region.start, region.start + 4), "     "),), "indent `@property`")
    with pytest.raises(Refused, match="line up with what stands before"):
        surroundings.check(Change(index, problem, deeper, region, lex(region.text)))
    back = Candidate((Edit(Span(region.start + 14, region.start + 19), "    "),), "dedent `def f`")
    assert validate(Change(index, problem, back, region, lex(region.text)), "step", "repair").passed


def test_the_search_guesses_no_operand() -> None:
    whole = change("age = 3\nprint('a' + age + )\n", "age = 3\nprint('a' + age + age)\n")
    searched = replace(whole, candidate=replace(whole.candidate, source="search:insert"))
    assert "an operand by guessing" in validate(searched, "step", "repair").refusal


def test_the_search_takes_no_dot_from_a_chain_of_calls() -> None:
    whole = change("rows.filter(f)\n.map(g)\n", "rows.filter(f)\nmap(g)\n")
    searched = replace(whole, candidate=replace(whole.candidate, source="search:delete"))
    assert "the dot from a line that goes on" in validate(searched, "step", "repair").refusal
