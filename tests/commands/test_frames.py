"""What a change looks like: its lines, what is marked in them, and the part of long lines that is shown."""

from __future__ import annotations

import pytest
from rich.cells import cell_len

from quickfix_ls.commands.changed_words import changed_words
from quickfix_ls.commands.frames import change_frame, error_frame, printable
from quickfix_ls.documents.snapshot import Snapshot
from quickfix_ls.values import Edit, Span


def edits_of(text: str, *changes: tuple[str, str]) -> list[Edit]:
    """An edit for each pair of a piece of the text, which occurs once, and what replaces it."""
    found = []
    for old, new in changes:
        assert text.count(old) == 1
        found.append(Edit(Span(text.index(old), text.index(old) + len(old)), new))
    return found


def framed(text: str, *changes: tuple[str, str], width: int = 80) -> str:
    """The frames of a change, with `...` between its places."""
    places = changed_words(Snapshot.of(text), edits_of(text, *changes))
    return "\n...\n".join("\n".join(line.plain for line in change_frame(lines, width, 1)) for lines in places)


@pytest.mark.parametrize(
    ("text", "changes", "expected"),
    [
        pytest.param(
            "total = 1\nprint(totl)\n",
            [("totl", "total")],
            """\
1 | total = 1
2 - print(totl)
  |       ~~~~
2 + print(total)
  |       ~~~~~""",
            id="a replaced word is marked as a whole",
        ),
        pytest.param(
            "def f(x)\n    return x\n",
            [("f(x)", "f(x):")],
            """\
1 - def f(x)
1 + def f(x):
  |         +
2 |     return x""",
            id="what is put in is marked where it is",
        ),
        pytest.param(
            "f(a,, b)\n",
            [(",,", ",")],
            """\
1 - f(a,, b)
  |     -
1 + f(a, b)""",
            id="what is taken out is marked where it was",
        ),
        pytest.param(
            "x = 1\nprint(x)\n",
            [("x = 1\n", "import os\n\nx = 1\n")],
            """\
1 + import os
2 +
3 | x = 1""",
            id="a whole line has no marks",
        ),
        pytest.param(
            "a\nb\nc\n",
            [("b\n", "")],
            """\
1 | a
2 - b
2 | c""",
            id="a line is gone",
        ),
        pytest.param(
            "a = 1\nb = 2\n\n\n\nc = 3\nd = 4\n",
            [("1", "10"), ("4", "40")],
            """\
1 - a = 1
  |     ~
1 + a = 10
  |     ~~
2 | b = 2
...
6 | c = 3
7 - d = 4
  |     ~
7 + d = 40
  |     ~~""",
            id="two places",
        ),
        pytest.param(
            "if x:\n\treturn\ty\n",
            [("y", "z")],
            """\
1 | if x:
2 -     return    y
  |               ~
2 +     return    z
  |               ~""",
            id="a tab has four columns",
        ),
        pytest.param(
            "s = '日本'; x = (1\r\n",
            [("(1", "(1)")],
            """\
1 - s = '日本'; x = (1
1 + s = '日本'; x = (1)
  |                   +""",
            id="a wide character has two",
        ),
        pytest.param(
            "x = [\n  1\n  2\n]\n",
            [("1\n  2", "1,\n  2")],
            """\
1 | x = [
2 -   1
2 +   1,
  |    +
3 |   2""",
            id="lines that an edit leaves as they are",
        ),
        pytest.param("x = 1\n", [("1", "1")], "", id="nothing changes"),
        pytest.param("", [], "", id="no text"),
    ],
)
def test_the_lines_of_a_change(text: str, changes: list[tuple[str, str]], expected: str) -> None:
    assert framed(text, *changes) == expected


def test_of_a_long_line_the_changed_part_is_shown() -> None:
    text = f"x = [{', '.join(map(str, range(300)))}, lenn(y), {', '.join(map(str, range(300)))}]\n"
    shown = framed(text, ("lenn", "len"), width=40)
    old, old_marks, new, new_marks = shown.splitlines()
    assert "lenn(y)" in old
    assert old[4] == old[-1] == "…"
    assert old_marks.index("~") == old.index("lenn")
    assert new_marks.index("~") == new.index("len")
    assert all(cell_len(line) <= 40 + 4 for line in shown.splitlines())


@pytest.mark.parametrize("width", [1, 2, 5, 20])
def test_a_narrow_terminal_breaks_nothing(width: int) -> None:
    text = "s = '日本語日本語日本語'; print(totl, '\N{GRINNING FACE}' * 20)\n"
    for line in framed(text, ("totl", "total"), width=width).splitlines():
        assert cell_len(line) <= max(width, 4) + 4


@pytest.mark.parametrize(
    ("text", "span", "expected"),
    [
        ("x = (1\n", Span(4, 5), "1 | x = (1\n  |     ^"),
        ("x = (1\n", Span(6, 6), "1 | x = (1\n  |       ^"),
        ("x = 1", Span(5, 5), "1 | x = 1\n  |      ^"),
        ("", Span(0, 0), "1 |\n  | ^"),
        ("a = '''\nb\n", Span(4, 9), "1 | a = '''\n  |     ^^^"),
        ("\tx = y\r\n", Span(5, 6), "1 |     x = y\n  |         ^"),
        ("\x1b[31m\x07 = 1\n", Span(0, 1), "1 | \\x1b[31m\\x07 = 1\n  | ^^^^"),
    ],
)
def test_the_line_of_an_error_has_carets(text: str, span: Span, expected: str) -> None:
    lines = [line.plain for line in error_frame(Snapshot.of(text), span, 80, 1)]
    assert lines[0] == lines[-1] == "  |"
    assert "\n".join(lines[1:-1]) == expected


def test_what_a_terminal_would_obey_is_escaped() -> None:
    assert printable("\x1b[2J\r\u202e\tx") == "\\x1b[2J\\r\\u202e    x"
