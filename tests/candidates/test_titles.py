"""The title of a change: a text before and after, the title."""

from __future__ import annotations

import re

import pytest

from quickfix_ls.candidates.titles import MAX_DETAIL, MAX_LENGTH, changed_text, is_true, joined, phrases_of, title_of
from tests.kit_changes import edits_between

LONG = "a sentence that goes on and on until nobody reads it any more"


@pytest.mark.parametrize(
    ("before", "after", "title"),
    [
        ("x === 3\n", "x == 3\n", "Replace `===` with `==`"),
        ("x = 01\n", "x = 1\n", "Replace `01` with `1`"),
        ("x = 10L\n", "x = 10\n", "Replace `10L` with `10`"),
        ("retrun x\n", "return x\n", "Replace `retrun` with `return`"),
        ("de f x():\n", "def x():\n", "Replace `de f` with `def`"),
        ("importos\n", "import os\n", "Replace `importos` with `import os`"),
        ("if x\n", "if x:\n", "Add `:` after `x`"),
        ("f(a b)\n", "f(a, b)\n", "Add `,` after `a`"),
        ("x = )\n", "x = \n", "Remove `)` after `x =`"),
        ("print(f(1, 2)\n", "print(f(1, 2))\n", "Add `)` after `2)`"),
        ("name == 3\n", "(name == 3\n", "Add `(` before `name`"),
        ("x = y y\n", "x = y\n", "Remove `y`"),
        ("x = np.float(1)\n", "x = float(1)\n", "Replace `np.float` with `float`"),
        ("x = name\n", "x = self.name\n", "Replace `name` with `self.name`"),
        ("{('a': 1}\n", "{'a': 1}\n", "Remove `(` after `{`"),
        ("('a': 1}\n", "'a': 1}\n", "Remove `(` before `'a`"),
        ("f(a=1, b=2, a=3)\n", "f(a=1, b=2)\n", "Remove `, a=3`"),
        ('x = """a"\n', 'x = """a"""\n', 'Replace `"` with `"""`'),
        ("x = `y`\n", "x = repr(y)\n", "Replace `y` with `repr(y)`"),
        ("x = 1`\n", "x = 1\n", "Remove a backtick after `1`"),
        ("s = “a”\n", 's = "a"\n', 'Replace `“a”` with `"a"`'),
        ("if x:\ny\n", "if x:\n    y\n", "Indent `y` to column 4"),
        ("if x:\n     y\n", "if x:\n    y\n", "Dedent `y` to column 4"),
        ("if x:\n\ty\n", "if x:\n        y\n", "Respace `y` to column 8"),
        ("def f( ) :\nx\ny\n", "def f( ) :\n    x\n    y\n", "Indent 2 lines from `x` to column 4"),
        ("def f():\nx = 1\n", "def f():\n    pass\nx = 1\n", "Add the line `pass`"),
        ("x = 1\ny = 2\nz = 3\n", "x = 1\nz = 3\n", "Remove the line `y = 2`"),
        ("a\n\n\nb\n", "a\nb\n", "Remove 2 blank lines"),
        ("a\nb\n", "a\nx\ny\nz\nb\n", "Add 3 lines from `x`"),
        ("a\n+ b\n", "a + b\n", "Replace 2 lines from `a` with the line `a + b`"),
        ("x = 1", "x = 1\n", "Add a line end"),
        ("f (x)\n", "f(x)\n", "Remove the space after `f`"),
        ("[\n1\n2\n3\n]\n", "[\n1,\n2,\n3\n]\n", "Add `,` (2 places)"),
        ("if x\ny = (1\n", "if x:\ny = (1)\n", "Add `:` after `x`; add `)` after `1`"),
        ("x = 1;\r\ny\r\n", "x = 1\r\ny\r\n", "Remove `;` after `1`"),
        (f"x = '{LONG}'\n", "x = ''\n", "Remove `a sentence that` … `eads it any more`"),
        ("x\n", "x\n", "Change nothing"),
    ],
)
def test_a_title_says_what_changes(before: str, after: str, title: str) -> None:
    edits = edits_between(before, after)
    assert title_of(before, edits) == title
    assert not edits or is_true(title, before, edits)


def test_a_long_title_counts_what_it_leaves_out() -> None:
    before = "".join(f"name{n} == 1\n" for n in range(9))
    equal = before.replace("==", "=")
    assert title_of(before, edits_between(before, equal)) == "Replace `==` with `=` (9 places)"
    title = title_of(before, edits_between(before, before.replace("name", "other")))
    assert title.endswith(" more changes")
    assert len(title) <= MAX_LENGTH


def test_more_detail_tells_more_of_the_place() -> None:
    edits = edits_between("a = 1\nb == 2\n", "a = 1\nb = 2\n")
    assert [joined(phrases_of("a = 1\nb == 2\n", edits, detail)) for detail in range(MAX_DETAIL + 1)] == [
        "Replace `==` with `=`",
        "Replace `==` with `=` after `b`",
        "Replace `==` with `=` after `b` in line 2",
        "Replace `==` with `=` after `b` in line 2, column 3",
    ]


@pytest.mark.parametrize(
    ("title", "truth"),
    [
        ("Close the bracket: `f(1)`", True),
        ("Add `)` after `f(1`", True),
        ("Close the bracket", True),
        ("Close `{`: add `)`", False),
        ("Close the bracket: `f(…1)`", False),
        ("Remove `)`", False),
        ("Replace `2` with `)`", False),
        ("Add `)` and `]`", False),
        ("Add `)", False),
        ("", False),
        ("Close the bracket" + " of the call" * 6, False),
    ],
)
def test_words_of_a_fixer_are_true_if_all_that_they_quote_is_in_the_change(title: str, truth: bool) -> None:
    assert is_true(title, "x = f(1\ny = {2}\n", edits_between("x = f(1\n", "x = f(1)\n")) is truth


def test_the_changed_lines_are_those_that_edits_touch() -> None:
    before, after = "a\nb (\nc\nd\ne f\n", "a\nb ()\nc\nd\ne, f\n"
    assert changed_text(before, edits_between(before, after)) == ("b (\ne f\n", "b ()\ne, f\n")


def test_each_quoted_piece_of_a_random_change_is_in_it() -> None:
    text = "def f(a, b):\n    x = a + b  # a sum, `quoted`\n\n    return [x, 'a  b', \"c\"]\n"
    places = range(0, len(text), 3)
    for start in places:
        for end in (start, start + 1, start + 7, start + 30):
            for new in ("", ")", " name", "\n    y = 1\n"):
                after = text[:start] + new + text[min(end, len(text)) :]
                edits = edits_between(text, after)
                old, now = changed_text(text, edits)
                for piece in re.findall(r"`([^`]*)`", title_of(text, edits)):
                    assert piece in old or piece in now, (text[start:end], new)
