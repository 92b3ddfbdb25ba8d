"""Which names a text reads as code, and what a fix says of names that are undefined."""

from __future__ import annotations

import pytest

from quickfix_ls.documents.snapshot import Snapshot
from quickfix_ls.index.index import Region
from quickfix_ls.languages.python.checks.names_read import names_read
from quickfix_ls.languages.python.checks.nothing_new import check
from quickfix_ls.languages.python.lexer import lex
from quickfix_ls.validation.change import Change, Refused
from quickfix_ls.values import Candidate, Edit, Problem, Span
from tests.kit_python import python_index


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("print(a + b)\n", {"print", "a", "b"}),
        ("note = 'it's late'\n", {"note"}),
        ('print("say "go" twice")\n', {"print"}),
        ('print("you have" n "cups")\n', {"print", "n"}),
        ("x = 'a'b'c'\n", {"x"}),
        ("print('no names here')\n", {"print"}),
        ("print(f'{name} is {age')\n", {"print", "name", "age"}),
        ('"""Doc\nx = np.zeros(3)\n', {"x", "np", "zeros"}),
        ("print('hello, name)\n", {"print"}),
    ],
)
def test_names_are_read_outside_of_strings(text: str, read: set[str]) -> None:
    assert names_read(text, lex(text)) == read


def changed(before: str, old: str, new: str) -> Change:
    index = python_index(Snapshot.of(before))
    start = before.index(old)
    span = Span(start, start + len(old))
    problem = Problem("syntax", "invalid syntax", "SyntaxError", span)
    return Change(index, problem, Candidate((Edit(span, new),), ""), Region(before, 0), lex(before))


def test_a_word_of_a_string_is_no_name() -> None:
    with pytest.raises(Refused, match="`s` would be undefined"):
        check(changed("note = 'it's late'\n", "'it's late'", "'it', s, late"))


def test_what_is_still_undefined_is_named() -> None:
    assert check(changed("x = f(a b)\n", "a b", "a, b")) == ("nothing new is undefined (`f`, `a`, `b` still are)")
    assert check(changed("f = 1\nx = f(f f)\n", "f f", "f, f")) == "nothing new is undefined"
