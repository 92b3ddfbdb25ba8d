"""Which lines are certainly code, and which names a broken text surely defines."""

from __future__ import annotations

import pytest

from quickfix_ls.languages.python.lexer import lex
from quickfix_ls.languages.python.names.known import bound_by_tokens
from quickfix_ls.languages.python.prose import is_code


@pytest.mark.parametrize(
    "line",
    ["return a + b", "import os", "x = run(a)", "def f(self):", "elif a:", "x = {", "@cached", "# note", ")"],
)
def test_code(line: str) -> None:
    assert is_code(line)


@pytest.mark.parametrize("line", ["Adds two numbers.", "Args:", "name: the first", "None", "Returns the sum", ">>> x"])
def test_prose(line: str) -> None:
    assert not is_code(line)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("age = int(input(enter your age))\n", {"age"}),
        ("a = b = 1\nprint(c d)\n", {"a", "b"}),
        ("import os.path as p, re\nfor i, j in rows:\n    x y\n", {"p", "re", "os", "i", "j"}),
        ("def f(a, b=1, *c):\n    call(d=1 e)\n", {"f", "a", "b", "c"}),
    ],
)
def test_names_that_are_bound(text: str, names: set[str]) -> None:
    assert set(bound_by_tokens(lex(text))) == names
