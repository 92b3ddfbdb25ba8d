"""Typos that only who reads other files can know of."""

from __future__ import annotations

from random import Random

import pytest

from quickfix_ls.training.member_typos import imported_keyword, imported_member
from quickfix_ls.training.typos import File, Way


@pytest.mark.parametrize(
    ("way", "text", "right"),
    [
        (imported_member, "from .shapes import area\n\nprint(area(1))\n", "area"),
        (imported_keyword, "import shapes\n\nprint(shapes.area(1, width=2))\n", "width"),
        (imported_keyword, "from shapes import area\n\nprint(area(1, width=2), len(a, width=2))\n", "width"),
    ],
)
def test_the_first_such_name_is_mistyped(way: Way, text: str, right: str) -> None:
    file = File.of(text)
    assert file is not None
    typos = [typo for seed in range(10) if (typo := way(file, Random(seed)))]
    assert {text[typo.start : typo.end] for typo in typos} == {right}
    assert {typo.start for typo in typos} == {text.index(right)}


@pytest.mark.parametrize(
    "text", ["from __future__ import annotations\n", "from shapes import *\n", "def f(a): ...\nf(a=1)\n"]
)
def test_what_is_not_imported_stays(text: str) -> None:
    file = File.of(text)
    assert file is not None
    assert imported_member(file, Random(0)) is None
    assert imported_keyword(file, Random(0)) is None
