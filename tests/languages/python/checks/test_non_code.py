"""What may go though it holds words, because it is no code; and what only looks like it."""

from __future__ import annotations

import pytest

from quickfix_ls.documents.snapshot import Snapshot
from quickfix_ls.languages.python.checks.keeps_code import check
from quickfix_ls.languages.python.lexer import lex
from quickfix_ls.problems import find_all
from quickfix_ls.validation.change import Change, Refused
from quickfix_ls.values import Candidate, Edit, Span
from tests.kit_python import python_index


def replacing(before: str, *pieces: tuple[str, str]) -> Change:
    """The change that replaces each piece of a text, found in this order, by another one."""
    edits: list[Edit] = []
    place = 0
    for old, new in pieces:
        start = before.index(old, place)
        place = start + len(old)
        edits.append(Edit(Span(start, place), new))
    index = python_index(Snapshot.of(before))
    region = index.region(0, len(index.cuts) - 1)
    return Change(index, find_all(index)[0], Candidate(tuple(edits), "a change"), region, lex(before))


CONFLICT = """\
<<<<<<< a
x = f(1, 2)
=======
x = g(3, 4)
>>>>>>> b
y = 5
"""
BASE = """\
<<<<<<< a
x = f(1)
||||||| o
x = 0 + 0
=======
x = g(3)
>>>>>>> b
"""


@pytest.mark.parametrize(
    ("before", "pieces"),
    [
        ("In [12]: import os\nIn [13]: os.x(1)\n", [("In [12]: ", ""), ("In [13]: ", "")]),
        (">>> x = (1\n... + 2)\n>>> y\n", [(">>> ", ""), ("... ", ""), (">>> ", "")]),
        ("1 import a\n2 import b\n3 import c\n", [("1 ", ""), ("2 ", ""), ("3 ", "")]),
        (">>> f(1)\n2\n3 4\n>>> y y\n", [(">>> ", ""), ("2\n3 4\n", ""), (">>> ", "")]),
        ("In [1]: 1 + 1 1\nOut[1]: 2\n", [("In [1]: ", ""), ("Out[1]: 2\n", "")]),
        (
            "Here it is:\n```\nx = 1\n```\nHave a nice day\n",
            [("Here it is:\n```\n", ""), ("```\nHave a nice day\n", "")],
        ),
        ("f(a=1, b=2, a=3)\n", [(", a=3", "")]),
        ("f(a=g(1, 2), b=2, a=3)\n", [("a=g(1, 2), ", "")]),
        ("```python\nx = 1\n```\n", [("```python\n", ""), ("```\n", "")]),
        (CONFLICT, [("<<<<<<< a\n", ""), ("=======\nx = g(3, 4)\n>>>>>>> b\n", "")]),
        (CONFLICT, [("<<<<<<< a\nx = f(1, 2)\n=======\n", ""), (">>>>>>> b\n", "")]),
        (BASE, [("<<<<<<< a\n", ""), ("||||||| o\nx = 0 + 0\n=======\nx = g(3)\n>>>>>>> b\n", "")]),
        (BASE, [("<<<<<<< a\n", ""), ("||||||| o\nx = 0 + 0\n=======\n", ""), (">>>>>>> b\n", "")]),
        ("/* one\n * two three */\nx = 1\n", [("/* one\n * two three */", "# one\n# two three")]),
        ("int a = 1\nString b = 2\nvar c = new D()\n", [("int ", ""), ("String ", ""), ("var ", ""), ("new ", "")]),
        ("x = 10L + 20L + 0777L\n", [("10L", "10"), ("20L", "20"), ("0777L", "0o777")]),
        (
            "print >>a, b\nprint >>c, d\n",
            [(" >>a, ", "("), ("\n", ", file=a)\n"), (" >>c, ", "("), ("\n", ", file=c)\n")],
        ),
        ("my-big-name = 3\nf(my-big-name)\n", [("my-big-name", "my_big_name"), ("my-big-name", "my_big_name")]),
        ("f(a=1, b=2, a=1)\n", [("b", "b"), (", a=1", "")]),
    ],
)
def test_what_is_no_code_may_go(before: str, pieces: list[tuple[str, str]]) -> None:
    assert check(replacing(before, *pieces)) == ""


@pytest.mark.parametrize(
    ("before", "pieces"),
    [
        ("x = In [12]: a b\n", [("In [12]: a ", "")]),
        ("x = (\n1 + 2\n5 * 6\n", [("1 + 2\n", "")]),
        ("x = f(\n3 4 5\n", [("3 4", "")]),
        ("import os\nHere it is:\n```\nx = 1\n", [("import os\nHere it is:\n```\n", "")]),
        ("x y\n```\nz = 1\nfoo = 2\n", [("```\nz = 1\nfoo = 2\n", "")]),
        ("1 x\n7 y\n", [("1 ", ""), ("7 ", "")]),
        (CONFLICT, [("<<<<<<< a\nx = f(1, 2)\n=======\nx = g(3, 4)\n>>>>>>> b\n", "")]),
        (CONFLICT, [("=======\nx = g(3, 4)\n>>>>>>> b\ny = 5\n", "")]),
        (CONFLICT, [("x = f(1, 2)\n", "")]),
        (BASE, [("||||||| o\nx = 0 + 0\n=======\nx = g(3)\n", "")]),
        ("/* one two */\nx = f(1)\n", [("/* one two */\nx = f(1)", "# one two")]),
        ("x = 1 */ y = 2 /* z\n", [("*/ y = 2 /*", "# y = 2")]),
        ("int(a) b\nint(c)\n", [("int(a) ", "")]),
        ("x = f(1, a=1) g(2, a=1)\n", [(", a=1) g(2, a=1)", ")")]),
        ("f(a=1, b=2, a=3)\n", [(", b=2, a=3", "")]),
        ("f(a=1, b=2, a=3)\n", [("a=1, ", ""), (", a=3", "")]),
        (">>> f(1)\nx = 2\ny = 3\n", [(">>> ", ""), ("x = 2\n", "")]),
        (">>> f(1)\nx = 2\n>>> y y\n", [("x = 2\n>>> y y\n", "")]),
        ("x = 1\ny = '''z\nfoo(1, 2)\nbar(3)\n", [("'''z\nfoo(1, 2)\nbar(3)\n", "0")]),
        ("a = b c\nd = e f\n", [(" b c", ""), ("d = e f", "b")]),
    ],
)
def test_what_looks_like_it_is_code(before: str, pieces: list[tuple[str, str]]) -> None:
    with pytest.raises(Refused):
        check(replacing(before, *pieces))
