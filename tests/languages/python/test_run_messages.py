"""Which messages of a run or of the compiler become problems of their own, and which are left to others."""

from __future__ import annotations

import pytest

from quickfix_ls.documents.snapshot import Snapshot
from quickfix_ls.languages.python.run_messages import run_problem
from quickfix_ls.problems import find_at, problem_of
from quickfix_ls.problems.kinds import RUN, kind_of
from quickfix_ls.values import Reported, Span
from tests.kit_python import python_index


@pytest.mark.parametrize(
    ("message", "code"),
    [
        ('SyntaxWarning: "is" with a literal. Did you mean "=="?', "SyntaxWarning"),
        ('"is not" with \'str\' literal. Did you mean "!="?', "SyntaxWarning"),
        ("'tuple' object is not callable; perhaps you missed a comma?", "SyntaxWarning"),
        ("DeprecationWarning: invalid escape sequence '\\d'", "DeprecationWarning"),
        ("Invalid escape sequence: `\\d`", "SyntaxWarning"),
        ("TypeError: 'list' object is not callable", "TypeError"),
        ("TypeError: Cat() takes no arguments", "TypeError"),
        ("TypeError: Outer.<locals>.Cat.run() takes 0 positional arguments but 1 was given", "TypeError"),
        ('TypeError: can only concatenate str (not "int") to str\n  more', "TypeError"),
        (
            "ValueError: mutable default <class 'list'> for field items is not allowed: use default_factory",
            "ValueError",
        ),
        ("KeyError: ('a', 'b')", "KeyError"),
    ],
)
def test_a_message_of_a_run_is_a_problem(message: str, code: str) -> None:
    problem = run_problem(Reported(message, Span(0, 3)))
    assert problem is not None
    assert (problem.kind, problem.code, problem.span) == (RUN, code, Span(0, 3))
    assert not problem.message.startswith(code)
    assert "\n" not in problem.message


@pytest.mark.parametrize(
    "message",
    [
        "ValueError: takes no arguments",
        "AttributeError: 'Cat' object has no attribute 'name'",
        "NameError: name 'x' is not defined",
        "invalid syntax",
        "",
    ],
)
def test_other_messages_are_left_to_others(message: str) -> None:
    assert run_problem(Reported(message, Span(0, 3))) is None


def test_it_stands_for_itself_beside_a_syntax_error_elsewhere() -> None:
    index = python_index(Snapshot.of("ok = x is 4\n\n\ndef f(:\n    pass\n"))
    reported = Reported('SyntaxWarning: "is" with a literal. Did you mean "=="?', Span(0, 11))
    problem = problem_of(index, reported)
    assert problem is not None
    assert problem.message == '"is" with a literal. Did you mean "=="?'
    assert problem.reported == reported.message
    assert kind_of(find_at(index, Span(0, 11), (reported,))[0]).proof == "run"


def test_an_attribute_that_nothing_explains_may_come_from_a_misspelt_constructor() -> None:
    text = "class Cat:\n    def __int__(self):\n        self.name = ''\n\n\nprint(Cat().name)\n"
    place = Span(text.index("print"), len(text) - 1)
    problem = problem_of(
        python_index(Snapshot.of(text)), Reported("AttributeError: 'Cat' object has no attribute 'name'", place)
    )
    assert problem is not None
    assert problem.kind == RUN
