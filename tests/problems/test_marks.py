"""Which part of the text is marked for a syntax error, and which errors are reported at all."""

from __future__ import annotations

import pytest

from quickfix_ls.documents.snapshot import Snapshot
from quickfix_ls.problems import find_all, find_at
from tests.kit_python import python_index


@pytest.mark.parametrize(
    ("text", "marked"),
    [
        ("def f(x) # abc\n    return x\n", "def f(x)"),
        ("class A\n    x = 1\n", "class A"),
        ("for i in range(3):  # each\nprint(i)\n", "for i in range(3):"),
        ("import os\n\nx = os.path.\n", "x = os.path."),
        ("def load(path):\n    try:\n        x = 1\n\n\ndef main():\n    pass\n", "x = 1"),
        ("print(\n", "print("),
        ("values = [1, 2\nprint(values)\n", "["),
        ("x = 'it\n", "'it"),
        ("def f():\n    return '''abc\n\n", "'''abc"),
        ("x = 1 1\n", "1 1"),
        ("x = )\n", "= )"),
        ("x == 1:\n", "1:"),
    ],
)
def test_a_person_sees_where_to_look(text: str, marked: str) -> None:
    problem = find_all(python_index(Snapshot.of(text)))[0]
    assert text[problem.shown.start : problem.shown.end] == marked


def test_the_cursor_on_what_is_marked_finds_the_problem() -> None:
    text = "try:\n    x = 1\n\n\n\ndef main():\n    pass\n"
    index = python_index(Snapshot.of(text))
    (problem,) = find_all(index)
    assert find_at(index, problem.shown) == [problem]


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("def f(x):\ny = x + 1\nreturn y\n", 1),
        ("for x in [1]:\n\nif x:\n    break\n", 1),
        ("def f(x):\nreturn x\n\ndef g(x):\nreturn x\n", 2),
        ("def f(x):\n    y = x\nreturn y\n", 1),
        ("def f(x):\nx = 1\n\ndef g(x):\n    return x\n\nreturn x\n", 2),
        ("<<<<<<< a\ndef f():\n    pass\n=======\ndef g():\n    pass\n>>>>>>> b\n", 1),
        ("<<<<<<< a\nx = 1\n=======\nx = 2\n>>>>>>> b\n\ndef f():\n    pass\n\n<<<<<<< a\nx\n=======\n>>>>>>> b\n", 2),
    ],
)
def test_what_only_follows_from_another_error_is_not_reported(text: str, count: int) -> None:
    assert len(find_all(python_index(Snapshot.of(text)))) == count


def test_a_follower_is_still_found_at_its_own_line() -> None:
    text = "def f(x):\ny = x + 1\nreturn y\n"
    index = python_index(Snapshot.of(text))
    found = find_at(index, index.snapshot.line_span(2))
    assert "'return' outside function" in [problem.message for problem in found]
