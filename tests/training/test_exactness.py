"""What counts as the human's fix, as a table of texts."""

from __future__ import annotations

import pytest

from quickfix_ls.training.exactness import is_exact, is_well_formed

SAME = {
    "comments and blank lines": ("x = 1  # one\n\n\ny = 2\n", "x = 1\ny = 2\n"),
    "spaces between tokens": ("f( x,y )\n", "f(x, y)\n"),
    "the width of indentation": ("if x:\n  y\n", "if x:\n        y\n"),
    "a line end at the end": ("x = 1", "x = 1\n"),
    "the sort of line end": ("if x:\r\n    y\r\n", "if x:\n    y\n"),
    "a line broken inside of brackets": ("f(\n    x,\n    y\n)\n", "f(x, y)\n"),
    "a joined line": ("x = 1 + \\\n    2\n", "x = 1 + 2\n"),
}
DIFFERENT = {
    "another name": ("x = 1\n", "y = 1\n"),
    "another sort of quotes": ("x = 'a'\n", 'x = "a"\n'),
    "a trailing comma": ("f(x,)\n", "f(x)\n"),
    "a line in another block": ("if x:\n    y\n    z\n", "if x:\n    y\nz\n"),
    "two statements joined": ("x; y\n", "x\ny\n"),
    "a text that has no tokens": ("x = '''\n", "x = 1\n"),
    "another number": ("x = 1\n", "x = 1.0\n"),
}
ANOTHER_PLACE = {
    "after the other import": ("import os\nimport re\nx\n", "import re\nimport os\nx\n"),
    "under the docstring": ('"""Doc."""\nimport re\nre.sub\n', 'import re\n"""Doc."""\nre.sub\n'),
    "of several names": ("x = 1\nfrom a import (b,\n  c)\nx\n", "from a import (b,\n  c)\nx = 1\nx\n"),
}
NOT_ONLY_ANOTHER_PLACE = {
    "another module": ("import os\nx\n", "import re\nx\n"),
    "imported twice": ("import os\nimport os\nx\n", "import os\nx\n"),
    "inside of a function": ("def f():\n    import os\n    x\n", "import os\ndef f():\n    x\n"),
    "other code moved": ("import os\nx\ny\n", "y\nimport os\nx\n"),
}


@pytest.mark.parametrize(("text", "fixed"), SAME.values(), ids=SAME)
def test_same_tokens_are_exact(text: str, fixed: str) -> None:
    assert is_exact("syntax", text, fixed)


@pytest.mark.parametrize(("text", "fixed"), DIFFERENT.values(), ids=DIFFERENT)
def test_other_tokens_are_not(text: str, fixed: str) -> None:
    assert not is_exact("syntax", text, fixed)
    assert not is_exact("name", text, fixed)


@pytest.mark.parametrize(("text", "fixed"), ANOTHER_PLACE.values(), ids=ANOTHER_PLACE)
def test_the_place_of_an_import_counts_for_syntax_alone(text: str, fixed: str) -> None:
    assert is_exact("name", text, fixed)
    assert not is_exact("syntax", text, fixed)


@pytest.mark.parametrize(("text", "fixed"), NOT_ONLY_ANOTHER_PLACE.values(), ids=NOT_ONLY_ANOTHER_PLACE)
def test_nothing_but_the_place_may_differ(text: str, fixed: str) -> None:
    assert not is_exact("name", text, fixed)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("x = 1\n", True),
        ("", True),
        ("x =\n", False),
        ("return 1\n", False),
        ("\x00", False),
        ("(" * 300, False),
    ],
)
def test_well_formed_is_what_the_compiler_says(text: str, expected: bool) -> None:
    assert is_well_formed(text) is expected
