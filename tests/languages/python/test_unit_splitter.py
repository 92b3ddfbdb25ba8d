"""Where a file is cut, and that a valid file's units are valid by themselves."""

from __future__ import annotations

import sysconfig
from pathlib import Path

import pytest

from quickfix_ls.documents.snapshot import Snapshot
from quickfix_ls.languages.python.unit_splitter import UnitSplitter
from quickfix_ls.problems.syntax_errors import syntax_problems
from tests.kit_python import python_index


def units(text: str) -> list[str]:
    starts = [one.start for one in UnitSplitter(text)]
    return [text[a:b] for a, b in zip(starts, [*starts[1:], len(text)], strict=True)]


@pytest.mark.parametrize(
    "expected",
    [
        ["import os\n\n\n", "def f():\n    return 1\n\n", "x = f()\n"],
        ["if a:\n    b\nelse:\n    c\n", "for x in y:\n    pass\n"],
        ["@one\n@two\ndef f():\n    pass\n", "class A:\n    x = 1\n\n", "    def g(self):\n        pass\n"],
        ["x = [\n1,\n2\n]\n", "def f(): pass\n"],
        ["s = '''\ndef not_a_unit():\n'''\n", "def f(): pass\n"],
        ["x = foo(1,\n", "def f():\n    pass\n"],
        ['x = """never closed\n', "def f():\n    pass\n"],
        [
            "class A:\n    x = 1\n\n",
            "    def f(self):\n<<<<<<< a\n        x = 1\n=======\n        x = 2\n>>>>>>> b\n\n",
            "    def g(self):\n        pass\n",
        ],
        ["def f():\n    x = 1\n<<<<<<< a\n    y = 1\n=======\n    y = 2\n", ">>>>>>> b\n"],
    ],
)
def test_cuts(expected: list[str]) -> None:
    assert units("".join(expected)) == expected


@pytest.mark.parametrize(
    "expected",
    [
        ["x = (1,\n", "y = 2\n"],
        ["x = '''never closed\n", "y = '''a\nb'''\n"],
        ["class A:\n", "    x = 1\n"],
        ["x = 1 \\\n", "y\n"],
        ["@one\n", "def f():\n    pass\n"],
        ["# a comment\n", "\n\n", "x"],
        ["if a:\n    b\n", "else:\n    c\n"],
    ],
)
def test_a_seam_is_a_cut(expected: list[str]) -> None:
    text = "".join(expected)
    seams = [sum(map(len, expected[:index])) for index in range(1, len(expected))]
    cuts = list(UnitSplitter(text, seams=seams))
    assert [text[a.start : b] for a, b in zip(cuts, [*seams, len(text)], strict=True)] == expected
    assert all(not one.stack for one in cuts)


@pytest.mark.parametrize("name", ["argparse", "ast", "typing", "dataclasses", "turtle", "enum", "inspect"])
def test_units_of_valid_files_are_valid_alone(name: str) -> None:
    text = (Path(sysconfig.get_path("stdlib")) / f"{name}.py").read_text(encoding="utf-8")
    index = python_index(Snapshot.of(text))
    assert len(index.cuts) > 20
    assert list(syntax_problems(index)) == []
