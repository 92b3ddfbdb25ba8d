"""What Python sees of a notebook's cells: IPython's syntax masked, names and lines kept."""

from __future__ import annotations

import ast
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quickfix_ls.documents.composed_view import ComposedView
from quickfix_ls.documents.formats.notebook import ANYTHING, pieces_of
from quickfix_ls.values import Span


def shown(text: str) -> str:
    return ComposedView(pieces_of("u", text)).text


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("%matplotlib inline\nimport os\n", "\nimport os\n"),
        ("%load_ext autoreload\n%autoreload 2\n", "\n\n"),
        ("%time df = load(1)\n", "df = load(1)\n"),
        ("%timeit -n 10 -r3 f(x)\n", "f(x)\n"),
        ("%time total = sum(\n    xs)\n", "total = sum(\n    xs)\n"),
        ("%time\n", "\n"),
        ("if x:\n    %magic a\n    !echo it's\nelse:\n    obj?\n", "if x:\n    pass\n    pass\nelse:\n    pass\n"),
        ("!ls -l \\\n  foo\ny = 1\n", "\n\ny = 1\n"),
        ("!!ls\n", "\n"),
        ("files = !ls *.py\n", "files = _\n"),
        ("a, b = %lsmagic\n", "a, b = _\n"),
        ("x[0] = !ls\r\ny\r\n", "x[0] = _\r\ny\r\n"),
        ("?df\n??df\ndf?\ndf.head??  # help\n", "\n\n\n  # help\n"),
        ("%run helpers.py\n", f"{ANYTHING}\n"),
        ("%load_ext mine\n", f"{ANYTHING}\n"),
        ("%store -r\n", f"{ANYTHING}\n"),
        ("%store -r model\n", "model = _\n"),
        ("%pylab\n", f"{ANYTHING}\n"),
        ("%sql rows << select 1\n", "rows = _\n"),
        ("def f():\n    %run x.py\n", f"def f():\n    {ANYTHING}\n"),
        ("  a = 1\n  %time b\n", "a = 1\nb\n"),
    ],
    ids=repr,
)
def test_lines(text: str, expected: str) -> None:
    assert shown(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("%%time\nx = 1\n", "\nx = 1\n"),
        ("%%timeit -n 5 x = 3\nf(x)\n", "x = 3\nf(x)\n"),
        ("%%prun -s cumulative -l 5 foo(1)\nbar(2)\n", "foo(1)\nbar(2)\n"),
        ("%%capture out --no-stderr\nprint(1)\n", "out = _\nprint(1)\n"),
        ("%%bash --out listing --err=errors\nls 'x\n", "errors = listing = _\n\n"),
        ("# a comment\n\n%%html\n<b>\n", "# a comment\n\n\n\n"),
        ("%%sql result <<\nselect (\n", "result = _\n\n"),
        ("%%writefile tools.py\nx = (\n", "\n\n"),
        ("%%cython\ncdef int f(): pass\n", f"{ANYTHING}\n\n"),
        ("%%ours a\nwhatever (\n", f"{ANYTHING}\n\n"),
        ("%sql\nselect (\n", "\n\n"),
        ("%%time?\nx = 1\n", "\nx = 1\n"),
    ],
    ids=repr,
)
def test_cells(text: str, expected: str) -> None:
    assert shown(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "s = '''\n%time x\n!ls\n'''\n",
        "x = (1\n%foo)\n",
        "x = (1\n     % foo)\n",
        "a != b\nc = d != e\n",
        "x = y % z\nprint('%s' % q)\n",
        "x = '!ls'\ny = f(a='%time')\n",
        "f(a=!x)\n",
        "print(x)?\n",
        "x = [a\n  %b]\n",
        "x = 1 \\\n  % y\n",
    ],
    ids=repr,
)
def test_python_stays_as_it_is(text: str) -> None:
    assert shown(text) == text


def test_what_follows_an_open_bracket_is_masked_where_it_can_t_be_python() -> None:
    assert shown("f(1,\n%timeit g()\n!ls\n") == "f(1,\ng()\n\n"
    assert shown("x = f(1\nimport os\n?os\n") == "x = f(1\nimport os\n\n"


def test_text_that_is_never_closed_hides_no_magic() -> None:
    assert shown("x = '''\n!ls\ny = 'a\n!ls\n") == "x = '''\n\ny = 'a\n\n"


def test_no_position_is_lost() -> None:
    view = ComposedView(pieces_of("u", "%time df = load()\nx = !ls\nlast"))
    assert view.to_document(Span(0, 2)) == ("u", Span(6, 8))
    assert view.to_view("u", Span(6, 8)) == Span(0, 2)
    assert view.text[view.end - 5 :] == "last\n"
    assert view.to_document(Span(view.end - 5, view.end)) == ("u", Span(26, 30))


PIECES = st.one_of(
    st.sampled_from(
        ["%", "%%", "!", "?", "??", "=", " = ", "x", "time", "bash", "def f():", "%run a", "é", "😀", "\ud800"]
    ),
    st.sampled_from([" ", "    ", "\t", "\f", "\n", "\r\n", "\r", "\\", "\\\n", "\0", "#", ":"]),
    st.sampled_from(["'", '"', '"""', "'''", "(", ")", "[", "]", "{", "}"]),
)


@given(st.lists(PIECES, max_size=25).map("".join))
def test_masking_takes_any_text_and_keeps_its_lines(text: str) -> None:
    pieces = pieces_of("u", text)
    view = ComposedView(pieces)
    before, after = lines(text), lines(view.text)
    assert len(after) - len(before) == (text != "" and not text.endswith(("\n", "\r")))
    assert all(piece.uri == "u" for piece in pieces)
    covered = [piece.span for piece in pieces if not piece.is_line_end]
    assert covered[0].start == 0
    assert covered[-1].end == len(text)
    assert all(one.end == following.start for one, following in pairwise(covered))
    assert all(text[piece.span.start : piece.span.end] == piece.text for piece in pieces if piece.exact)


def lines(text: str) -> list[str]:
    return text.replace("\r\n", "\n").replace("\r", "\n").split("\n")


@given(
    st.lists(st.sampled_from(["%time f()", "!ls", "x = !ls", "x?", "%run a", "pass", "%%who", "%alias a"]), max_size=8)
)
def test_masked_code_is_python(statements: list[str]) -> None:
    block = "".join(f"    {one}\n" for one in ["pass", *statements])
    ast.parse(shown(f"def f():\n{block}" + "".join(f"{one}\n" for one in statements)))
