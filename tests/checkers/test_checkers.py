"""What holds for the tables of all checkers, and for diagnostics of which a client drops a part."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from quickfix_ls.checkers import all_checkers, hints_of
from quickfix_ls.checkers.checker import Reading
from quickfix_ls.languages.python import checkers
from quickfix_ls.languages.python.checkers import is_known
from tests.checkers.kit import reading_of
from tests.kit_python import PYTHON

OURS = {"__init__", "table_rows"}


def test_checkers_are_found_by_their_place() -> None:
    files = {path.stem for path in Path(checkers.__file__).parent.glob("*.py")} - OURS
    assert {"ruff", "ty", "pyright", "mypy", "pylint"} == files
    assert set(all_checkers(PYTHON.checkers)) == files | {"basedpyright"}


@pytest.mark.parametrize("name", all_checkers(PYTHON.checkers))
def test_a_table_names_codes_or_words_and_is_of_one_source_alone(name: str) -> None:
    checker = all_checkers(PYTHON.checkers)[name]
    assert checker.rows
    assert all(re.compile(one.message) and one.codes for one in checker.rows)
    others = [one.sources for one in all_checkers(PYTHON.checkers).values() if one is not checker]
    assert checker.sources.isdisjoint(frozenset().union(*others))


@pytest.mark.parametrize(
    ("message", "reading"),
    [
        ("Undefined name `lenght`", Reading("NameError", "lenght")),
        ("Undefined variable 'lenght'", Reading("NameError", "lenght")),
        ('"squrt" is not a known attribute of module "math"', Reading("AttributeError", "squrt")),
        ('"Room" has no attribute "widht"; maybe "width"?', Reading("AttributeError", "widht", ("width",))),
        # Without a source, what names nothing could be anybody's.
        ("Method 'area' has no argument", None),
        ("invalid syntax", None),
    ],
)
def test_without_a_source_the_words_decide(message: str, reading: Reading | None) -> None:
    assert reading_of(message) == reading


def test_sources_are_known_in_any_case() -> None:
    assert is_known("Pylance")
    assert not is_known("cspell")
    assert not is_known("")


def test_hints() -> None:
    assert hints_of('Name "prnt" is not defined; did you mean "print"?') == ("print",)
    assert hints_of('Module has no attribute "a"; maybe "b", "c", or "d"?') == ("b", "c", "d")
    assert hints_of("Did you mean `sub.member`?") == ("sub.member",)
    assert hints_of('Name "lenght" is not defined') == ()
