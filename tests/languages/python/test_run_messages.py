"""Which messages of a run or of the compiler become problems of their own, and which are left to others."""

from __future__ import annotations

import pytest

from quickfix_ls.documents.snapshot import Snapshot
from quickfix_ls.languages.python.run_messages import run_problem
from quickfix_ls.problems import find_at, problem_of
from quickfix_ls.problems.kinds import RUN, kind_of
from quickfix_ls.runs.facts import Facts
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
        ("KeyError: 1", "KeyError"),
        ("KeyError: \"['amout'] not in index\"", "KeyError"),
        ("IndexError: list assignment index out of range", "IndexError"),
        ("TypeError: unhashable type: 'list'", "TypeError"),
        ("TypeError: cannot use 'list' as a dict key (unhashable type: 'list')", "TypeError"),
        ("ValueError: too many values to unpack (expected 2, got 3)", "ValueError"),
        ("ValueError: time data '1' does not match format '%Y'", "ValueError"),
        ("FileNotFoundError: [Errno 2] No such file or directory: 'a.txt'", "FileNotFoundError"),
        ("RuntimeError: dictionary changed size during iteration", "RuntimeError"),
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
        "KeyError: 'plain'",
        "'module' object is not callable",
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


@pytest.mark.parametrize(
    "message",
    [
        "UnboundLocalError: cannot access local variable 'hits' where it is not associated with a value",
        "UnboundLocalError: local variable 'hits' referenced before assignment",
    ],
)
def test_an_unbound_local_variable_is_a_problem_of_its_name(message: str) -> None:
    text = "hits = 0\n\n\ndef f():\n    hits += 1\n"
    place = text.rindex("hits")
    problem = problem_of(python_index(Snapshot.of(text)), Reported(message, Span(place, place + 9), "python"))
    assert problem is not None
    assert (problem.code, problem.name, problem.span) == ("UnboundLocalError", "hits", Span(place, place + 4))


def test_facts_of_the_run_come_with_the_problem() -> None:
    facts = Facts("dict", ("'1'",))
    problem = problem_of(python_index(Snapshot.of("a[1]\n")), Reported("KeyError: 1", Span(0, 4), facts=facts))
    assert problem is not None
    assert problem.facts == facts
