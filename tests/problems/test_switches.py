"""`# quickfix: off`: which problems are found at all."""

from __future__ import annotations

import asyncio

import pytest

from quickfix_ls.documents.snapshot import Snapshot
from quickfix_ls.fix_all import fix_all
from quickfix_ls.pipeline import Budget, Pipeline
from quickfix_ls.problems import find_all, find_at
from quickfix_ls.values import Reported, Span
from tests.kit_python import PYTHON, python_index

BROKEN = "print(lenn(x1))"


def names(text: str) -> list[str]:
    return [problem.name for problem in find_all(python_index(Snapshot.of(text)))]


@pytest.mark.parametrize(
    ("text", "left"),
    [
        (f"{BROKEN}\n", ["lenn", "x1"]),
        (f"{BROKEN}  # quickfix: off\n", []),
        (f"{BROKEN}  #quickfix:off  \n", []),
        (f"{BROKEN}  # noqa  # quickfix: off", []),
        (f"{BROKEN}  # quickfix: off\r\nother(1)\r\n", ["other"]),
        (f"{BROKEN}  # quickfix: official\n", ["lenn", "x1"]),
        (f"{BROKEN}  # quickfix: off for now\n", ["lenn", "x1"]),
        (f"# quickfix: off\n{BROKEN}\n", []),
        (f"\ufeff# quickfix: off\n{BROKEN}\n", []),
        ("#!/usr/bin/python\n" + "\n" * 8 + f"    # Quickfix: off\n{BROKEN}\n", []),
        ("\n" * 10 + f"# quickfix: off\n{BROKEN}\n", ["lenn", "x1"]),
        (f"x1 = 1  # quickfix: off\n{BROKEN}\n", ["lenn"]),
    ],
)
def test_what_is_found(text: str, left: list[str]) -> None:
    assert names(text) == left


def test_a_syntax_error_is_switched_off_where_it_is_reported() -> None:
    text = "values = [1, 2  # quickfix: off\nprint 'a'\n"
    found = find_all(python_index(Snapshot.of(text)))
    assert [problem for problem in found if problem.span.start < text.index("\n")] == []


def test_what_a_tool_reports_is_switched_off_too() -> None:
    text = f"{BROKEN}  # quickfix: off\n"
    index, place = python_index(Snapshot.of(text)), Span(6, 10)
    assert find_at(index, place, (Reported("name 'lenn' is not defined", place, "Pyright"),)) == []
    index = python_index(Snapshot.of(f"{BROKEN}\n"))
    assert find_at(index, place, (Reported("name 'lenn' is not defined", place, "Pyright"),)) != []


def test_no_offer_for_another_line_changes_one_that_is_switched_off() -> None:
    pipeline = Pipeline.load(PYTHON)
    for mark in ("", "  # quickfix: off"):
        text = f"def f(x):\n    print 'a'{mark}\n    if x\n        return 1\n"
        index = python_index(Snapshot.of(text))
        mended = asyncio.run(fix_all(pipeline, index, Budget(seconds=30), only_preferred=False))
        assert ("print 'a'" in mended.snapshot.text) == bool(mark)
