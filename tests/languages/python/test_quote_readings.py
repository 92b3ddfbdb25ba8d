"""Where the strings of a line begin and end, as their author meant it."""

from __future__ import annotations

import pytest

from quickfix_ls.languages.python.quote_readings import line_readings


@pytest.mark.parametrize(
    ("line", "strings"),
    [
        ("note = 'we're late'", ["'we're late'"]),
        ("x = ['he's', 'she's', 'ok']", ["'he's'", "'she's'"]),
        ("d = {'a': 1, 'b': 'O'Hara', 'c': True}", ["'O'Hara'"]),
        ('say("a "big" one", 1)', ['"a "big" one"']),
        ('say("no "this" and no "that" here")', ['"no "this" and no "that" here"']),
        ("path = 'D:\\tools\\'", ["'D:\\tools\\'"]),
        ("parts = name.replace('\\', '/')", ["'\\'"]),
        ('x = f"{", ".join(rows)}"', ['f"{", ".join(rows)}"']),
        ("d = {'a\": 1, 'b': 2}", ["'a\""]),
        ('x = ["a", "b, "c"]', ['"b']),
        ("cell = '<a href='x.html'>x</a>'", ["'<a href='x.html'>x</a>'"]),
    ],
)
def test_the_likeliest_reading(line: str, strings: list[str]) -> None:
    best = line_readings(line)[0]
    assert [line[one.start : one.end + len(one.closing)] for one in best.faulty] == strings


@pytest.mark.parametrize("line", ["x = 'a' 'b'", 'print("a", "b" c)', "x = 1  # it's here", "", "x = a + b"])
def test_a_line_whose_quotes_pair_up_has_none(line: str) -> None:
    assert line_readings(line) == ()
